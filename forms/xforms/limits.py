"""How much a form may ask of the program. A form is untrusted input."""

from __future__ import annotations

from forms.xforms.errors import FormTooLarge

FORM_BYTES = 10_000_000
FILE_BYTES = 50_000_000
NODES = 200_000
"""Elements in a form, and separately in each of its lists."""
RECORD_NODES = 100_000
"""Nodes that one session makes, rows that were removed again among them."""
DEPTH = 100
"""Elements inside elements."""
EXPRESSION_CHARACTERS = 20_000
EXPRESSION_DEPTH = 100
ROWS = 1_000
"""Instances of one repeat inside one parent."""
STEPS = 1_000_000
"""Nodes looked at, and functions called, to follow one answer."""
STEPS_A_NODE = 200
"""As many more for each node of a record that is opened."""
NODE_STEPS = 40
"""What making, adding or taking out a node of a counted row counts for."""
QUOTED_TEXTS = 8
"""Texts of a form that quote one another."""
TEXT_CHARACTERS = 1_000_000
"""Of a value that an expression makes."""
DEPENDENCIES = 500_000
"""Places of the form that its expressions read, all together."""
PATTERN_SECONDS = 0.1
"""For one pattern on one answer."""
PATTERNS_SECONDS = 1.0
"""For all patterns that follow from one answer."""


def at_most(amount: int, limit: int, what: str) -> None:
    """FormTooLarge, naming ``what``, if ``amount`` is past ``limit``."""
    if amount > limit:
        raise FormTooLarge(f"The form has too much: {what} ({amount:,}; the limit is {limit:,}).")
