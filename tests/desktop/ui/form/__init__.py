"""The form page, saving, and checking answers."""
