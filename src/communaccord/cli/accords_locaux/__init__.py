"""What the communes may agree on for their seats: the study behind ``communaccord sieges --accords``."""
