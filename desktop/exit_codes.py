"""With what the program ends, for the parent that started it."""

LOCKED = 64
"""It has locked: show the unlock page again."""

NO_TURN = 1
"""It was to lock and did not get to say so (`desktop.last_moment`); Python's own for a failure."""
