"""Forms of the rapport: what was typed is checked and given back whole; nothing is saved here."""
