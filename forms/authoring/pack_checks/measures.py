"""Measures: worded, each for what the program counts now, and every group with a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.casework.measures.catalogue import BY_KEY, CUTS_TABLE, MEASURES, WORDS_TABLE

_COLUMNS = ("measure", "version", "title", "caveats")


def measures(sources: Path) -> Iterator[Mistake]:
    """What a council says of measures is of those that there are, as they are counted now."""
    file, said = f"{WORDS_TABLE}.csv", set()
    for number, row in numbered(sources / file, _COLUMNS):
        measure = BY_KEY.get(row["measure"])
        said.add(row["measure"])
        if measure is None:
            says = f"There is no measure {row['measure']}."
            yield Mistake(says, "Take the row out.", file, number, "measure")
        elif row["version"] != str(measure.version):
            says = f"{measure.key} is counted by version {measure.version}: {measure.numerator}."
            yield Mistake(says, "Word what is counted now.", file, number, "version")
        if not row["title"]:
            yield Mistake("There is no title.", "Write one.", file, number, "title")
    for measure in MEASURES:
        if measure.key not in said:
            yield Mistake(f"{measure.key} has no words.", "Add a row for it.", file)
    named = {row["cut"] for _, row in numbered(sources / f"{CUTS_TABLE}.csv", ("cut", "label"))}
    for cut in sorted({cut for measure in MEASURES for cut in measure.cuts} - named):
        yield Mistake(f"The group “{cut}” has no name.", "Add a row for it.", f"{CUTS_TABLE}.csv")
