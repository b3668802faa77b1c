"""The names that papers are asked for by, where more than the shelf of papers knows them."""

NOTES = "notes:"
"""The notes of a meeting: followed by its record."""
