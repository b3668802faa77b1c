"""How a paper's fixed words are written down, so that a council can give its own."""

ROWS = {"rows": True}
"""Of a field of fixed words: it has a word for each of several things, as pairs of key and word."""
