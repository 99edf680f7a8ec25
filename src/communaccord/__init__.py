"""Commun Accord: the table around which mayors prepare, negotiate and decide the pooling of their services."""

__version__ = "0.1.0"
