"""The law room: dated rules and what they compute. Import from its modules; rules by name from `regles`."""
