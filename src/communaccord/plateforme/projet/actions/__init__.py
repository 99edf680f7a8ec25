"""What people do with the projet de territoire, one module a subject."""
