"""Telephone numbers: there, real, and the urgent ones checked by two people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.placeholders import PLACEHOLDER
from forms.authoring.pack_checks.rows import numbered, read_day
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import CONTACT_COLUMNS

_SAFETY_NUMBERS = ("emergency", "level4_day", "level4_out_of_hours")
_CHECKED_FOR = timedelta(days=183)
_FICTION = re.compile(r"^(01632 ?960|07700 ?900|0161 ?496 ?0|020 ?7946 ?0|08081 ?570)")
_LOOKED_UP = re.compile(r"pulldata\('contacts', *'[^']*', *'name', *'([^']*)'\)")


def contacts(sources: Path, forms: Mapping[str, SheetForm], today: date) -> Iterator[Mistake]:
    """Safety numbers are there, urgent, real, and checked by two people within half a year."""
    file = "contacts.csv"
    checked = (*CONTACT_COLUMNS, "checked_by", "second_checked_by", "checked_on")
    rows = {row["key"]: (number, row) for number, row in numbered(sources / file, checked)}
    for key in _SAFETY_NUMBERS:
        if key not in rows:
            yield Mistake(f"The number {key} is missing.", "Add a row for it.", file)
        elif rows[key][1]["urgent"] != "yes":
            yield Mistake("A safety number is urgent.", "Write yes.", file, rows[key][0], "urgent")
    for number, row in rows.values():
        yield from _contact(file, number, row, today)
    for name, form in forms.items():
        for line in form.sheet("survey").lines:
            for key in _LOOKED_UP.findall(line.get("calculation")):
                if key not in rows:
                    says = f"{name}.xlsx looks up the number {key}, which is not there."
                    yield Mistake(says, "Add a row for it.", file)


def _contact(file: str, number: int, row: Mapping[str, str], today: date) -> Iterator[Mistake]:
    if not re.fullmatch(r"[0-9 +()]{3,20}", row["number"]):
        yield Mistake("This is no telephone number.", "Write its digits.", file, number, "number")
    if _FICTION.match(row["number"]) or PLACEHOLDER.search(row["name"]):
        yield Mistake(
            "The number is made up.", "Write the real one.", file, number, "number", "placeholder"
        )
    if row["urgent"] != "yes":
        return
    people = {row[who].casefold() for who in ("checked_by", "second_checked_by")} - {""}
    if len(people) < 2 and row["key"] != "emergency":
        yield Mistake(
            "A safety number needs two people.", "Let a second person ring it and sign.",
            file, number, "second_checked_by", "placeholder",
        )  # fmt: skip
    if (day := read_day(row["checked_on"])) is None:
        yield Mistake(
            "Nobody said when the number was checked.", "Write the date, as 2026-11-01.",
            file, number, "checked_on", "placeholder",
        )  # fmt: skip
    elif day < today - _CHECKED_FOR:
        yield Mistake(
            f"The number was last checked on {day.isoformat()}.", "Ring it again.",
            file, number, "checked_on", "warning",
        )  # fmt: skip
