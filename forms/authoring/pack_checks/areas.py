"""The council's neighbourhoods: which postcodes are in each, and which family hub is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sources import read_rows
from forms.casework.directory import EVERYWHERE

AREAS, DIRECTORY = "areas.csv", "directory.csv"
_STARTS = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{0,2})?")


def areas(sources: Path) -> Iterator[Mistake]:
    """Postcodes are in one area each, hubs are in the directory, and services in known areas."""
    services = {row["key"]: row for row in read_rows(sources / DIRECTORY, ("key", "kind", "area"))}
    named: set[str] = set()
    for number, row in numbered(sources / AREAS, ("postcode_starts", "area", "hub", "placeholder")):
        named.add(row["area"])
        if not _STARTS.fullmatch(row["postcode_starts"]):
            says = f"“{row['postcode_starts']}” is no beginning of a postcode."
            yield Mistake(says, "Write it as WN7 or WN7 1.", AREAS, number, "postcode_starts")
        if not row["area"]:
            yield Mistake("The area has no name.", "Write it.", AREAS, number, "area")
        hub = services.get(row["hub"])
        if row["hub"] and (hub is None or hub["kind"] != "family_hub"):
            says = f"The directory has no family hub {row['hub']}."
            yield Mistake(says, "Write its key, or nothing.", AREAS, number, "hub")
        if row["placeholder"] == "yes":
            yield Mistake(
                "The council has not confirmed which postcodes are in this area.",
                "Confirm it, and write no.", AREAS, number, "placeholder", "placeholder",
            )  # fmt: skip
    for number, row in numbered(sources / DIRECTORY, ("area",)):
        if row["area"].casefold() not in {EVERYWHERE, "", *(name.casefold() for name in named)}:
            says = f"There is no area “{row['area']}” in {AREAS}."
            yield Mistake(says, "Write one of them, or “whole borough”.", DIRECTORY, number, "area")
