"""What a scenario says in depth: one form a part."""
