"""Pages and acts of the projet de territoire, one module a subject."""
