"""Rules that share the cost of a game: one function a rule, each with its source."""
