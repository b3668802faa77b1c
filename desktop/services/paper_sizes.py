"""The sizes that paper comes in (domain.md 8.4), by key."""

from __future__ import annotations

from desktop.printing.setting import PrintSize
from desktop.services.print_views import Choice

SIZES = {
    "standard": (PrintSize.STANDARD, "Standard", "14 point; most people"),
    "large": (PrintSize.LARGE_18, "Large print", "18 point"),
    "large-16": (PrintSize.LARGE_16, "Large print, smaller", "16 point"),
    "large-20": (PrintSize.LARGE_20, "Large print, larger", "20 point"),
    "large-24": (PrintSize.LARGE_24, "Very large print", "24 point"),
    "large-28": (PrintSize.LARGE_28, "Largest print", "28 point"),
}
OF_PERSON = {
    "standard": "standard",
    "16": "large-16",
    "18": "large",
    "20": "large-20",
    "24": "large-24",
    "28": "large-28",
}
"""The size that a person asks for in the household form, to the key of a size."""


def size_choices() -> tuple[Choice, ...]:
    """Every size, to choose from."""
    return tuple(Choice(key, words, hint) for key, (_, words, hint) in SIZES.items())
