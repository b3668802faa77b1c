"""Measures: what a council counts of its early help, each defined once (domain.md 3.6)."""
