"""Pages and acts of the dossiers."""
