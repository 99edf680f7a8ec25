"""Pages of people: one's own account and hats, the persons of a démarche, codes, démarches opened and confirmed."""
