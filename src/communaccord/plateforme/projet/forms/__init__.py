"""What is typed of the projet de territoire, one module a subject."""
