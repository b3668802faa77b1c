"""Casework: what the records of a family mean."""
