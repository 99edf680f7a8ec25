"""The rapport relatif aux mutualisations, its letters, and the pages that prepare a conseil municipal."""
