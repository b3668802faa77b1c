"""Authoring: from a spreadsheet to a pack."""
