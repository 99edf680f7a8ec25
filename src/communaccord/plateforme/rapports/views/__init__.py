"""The pages of the rapport."""
