"""Forms of dossiers: what was typed is checked and given back whole; nothing is saved here."""
