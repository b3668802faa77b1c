"""How long each step may take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered, read_day
from forms.casework.drift import LONG_OPEN, QUIET, SAME_REVIEWS
from forms.casework.timescales import REVIEWS

_UNITS = frozenset({"calendar days", "working days", "weeks", "school weeks", "hours", REVIEWS})
_STEPS = (
    "assessment_complete", "first_meeting", "first_review", "review",
    LONG_OPEN, SAME_REVIEWS, QUIET,
)  # fmt: skip
"""The steps that the program asks for: without a row nothing is ever due, or the usual holds."""


def timescales(sources: Path) -> Iterator[Mistake]:
    """Each is a number of a known unit, from a day on, and confirmed by the council."""
    file = "timescales.csv"
    columns = ("step", "applies_to", "value", "unit", "valid_from", "placeholder")
    seen: set[tuple[str, str, str]] = set()
    for number, row in numbered(sources / file, columns):
        rule = row["step"], row["applies_to"], row["valid_from"]
        if rule in seen:
            says = f"{row['step']} has a value from that day already."
            yield Mistake(says, "A new value has a day of its own.", file, number, "valid_from")
        seen.add(rule)
        if not row["value"].isdigit():
            yield Mistake("The value is no number.", "Write digits.", file, number, "value")
        if row["unit"] not in _UNITS or (row["unit"] == REVIEWS) != (row["step"] == SAME_REVIEWS):
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
    for step in sorted(set(_STEPS) - {rule[0] for rule in seen}):
        yield Mistake(f"Nothing says how long {step} may take.", "Add a row for it.", file)


def calendar(sources: Path, today: date) -> Iterator[Mistake]:
    """Days without work are dates, each once, and reach to the end of next year."""
    file = "calendar.csv"
    days: dict[date, int] = {}
    for number, row in numbered(sources / file, ("day", "name", "kind")):
        day = read_day(row["day"])
        if day is None:
            yield Mistake("This is no date.", "Write it as 2026-12-25.", file, number, "day")
        elif day in days:
            says = f"That day is already in row {days[day]}."
            yield Mistake(says, "Keep one of them.", file, number, "day")
        else:
            days[day] = number
    if max(days, default=date.min).year <= today.year:
        says = "The calendar has no days of next year."
        yield Mistake(says, "Add its bank holidays and closure days.", file, None, "", "warning")
