"""Choices, states and the moves allowed between them, by subject. Leaves."""
