"""With what the program ends, for the parent that started it."""

LOCKED = 64
"""It has locked: show the unlock page again."""
