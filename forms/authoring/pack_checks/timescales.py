"""How long each step may take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered, read_day

_UNITS = frozenset({"calendar days", "working days", "weeks", "school weeks", "hours"})


def timescales(sources: Path) -> Iterator[Mistake]:
    """Each is a number of a known unit, from a day on, and confirmed by the council."""
    file = "timescales.csv"
    columns = ("value", "unit", "valid_from", "placeholder")
    for number, row in numbered(sources / file, columns):
        if not row["value"].isdigit():
            yield Mistake("The value is no number.", "Write digits.", file, number, "value")
        if row["unit"] not in _UNITS:
            units = f"Write one of: {', '.join(sorted(_UNITS))}."
            yield Mistake(f"“{row['unit']}” is no unit.", units, file, number, "unit")
        if read_day(row["valid_from"]) is None:
            yield Mistake(
                "It does not say from when.", "Write a date, as 2026-11-01.", file, number,
                "valid_from",
            )  # fmt: skip
        if row["placeholder"] == "yes":
            yield Mistake(
                "The council has not confirmed it.", "Confirm it, and write no.", file, number,
                "placeholder", "placeholder",
            )  # fmt: skip
