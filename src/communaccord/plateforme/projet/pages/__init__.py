"""What the pages of the projet de territoire show, one module a subject."""
