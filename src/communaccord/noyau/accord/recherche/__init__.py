"""The search for an agreement: red lines, conflicts, concessions, keys, packages of services."""
