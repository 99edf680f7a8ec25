"""What is typed about people, cleaned: nothing is written here."""
