"""What is not the council's own yet: words given away as a placeholder, or never checked."""

from __future__ import annotations

import re

from forms.authoring.mistakes import Mistake

PLACEHOLDER = re.compile(r"placeholder|demonstration|\bdemo\b|\bdraft list\b", re.IGNORECASE)


def drafted(file: str, row: int, column: str) -> Mistake:
    """A translation that nobody has checked."""
    return Mistake(
        "Drafted, not checked.", "Name who checked it.", file, row, column, "placeholder"
    )


def changed_since(mark: str, file: str, row: int, column: str) -> Mistake:
    """A translation that was checked in other words; ``mark`` is that of today's."""
    says = "The words are not those that were checked: they count as drafted."
    instead = f"Once they are checked as they stand, write {mark}."
    return Mistake(says, instead, file, row, column, "placeholder")
