"""The projet de territoire on paper."""
