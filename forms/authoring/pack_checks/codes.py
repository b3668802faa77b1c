"""Code lists: every code once, needs under their outcomes, as the assessment asks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.authoring.mistakes import Mistake, Weight
from forms.authoring.pack_checks.rows import numbered, read_day
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import read_rows
from forms.casework.measures.asking import COUNTED_REASONS

_CODED = {
    "outcomes.csv": "code",
    "needs.csv": "code",
    "vulnerable_groups.csv": "code",
    "agencies.csv": "code",
    "contacts.csv": "key",
    "forms.csv": "form",
    "closure_reasons.csv": "code",
    "directory.csv": "key",
    "surveys.csv": "code",
    "policy.csv": "rule",
    "areas.csv": "postcode_starts",
}


def codes(sources: Path) -> Iterator[Mistake]:
    """Every code is used once, is retired on a day, and what is counted is there."""
    for file, column in _CODED.items():
        seen: dict[str, int] = {}
        for number, row in numbered(sources / file, (column,)):
            code = row[column]
            if not code:
                yield Mistake("The code is blank.", "Write one.", file, number, column)
            elif code in seen:
                says = f"“{code}” is already in row {seen[code]}."
                yield Mistake(says, "Retire a code; never use it again.", file, number, column)
            seen.setdefault(code, number)
            retired = row.get("retired", "")
            if retired and read_day(retired) is None:
                says = "Write the day as 2026-11-01, or nothing: it is in use."
                yield Mistake(f"“{retired}” is no day.", says, file, number, "retired")
    yield from _counted(sources / "closure_reasons.csv")


def _counted(file: Path) -> Iterator[Mistake]:
    """The reasons that measures count are there: without them a figure would be wrong."""
    there = {row["code"] for row in read_rows(file, ("code",))}
    for code in sorted(COUNTED_REASONS - there):
        says = f"There is no “{code}”, which measures count."
        yield Mistake(says, "Put it back. Retire it, if nobody is to choose it.", file.name)


def outcomes(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Needs belong to outcomes, and the assessment offers exactly the needs of the list."""
    outcomes = {row["code"] for row in read_rows(sources / "outcomes.csv", ("code",))}
    needs: dict[str, set[str]] = {}
    unverified = 0
    for number, row in numbered(sources / "needs.csv", ("code", "headline", "checked")):
        needs.setdefault(row["headline"], set()).add(row["code"].replace(".", "_"))
        unverified += "unverified" in row["checked"]
        if row["headline"] not in outcomes:
            says = f"There is no outcome {row['headline']}."
            yield Mistake(says, "Write one of outcomes.csv.", "needs.csv", number, "headline")
    if unverified:
        weight: Weight = "placeholder"
        says = f"{unverified} needs are not checked against the national framework."
        yield Mistake(says, "Check each, and say so in its row.", "needs.csv", None, "", weight)
    assessment = forms.get("assessment")
    for headline, codes in sorted(needs.items()) if assessment else ():
        lines = assessment.lists.get(f"need_{headline.lower()}", ()) if assessment else ()
        offered = {line.get("name") for line in lines}
        if offered != codes:
            differ = ", ".join(sorted(offered ^ codes))
            says = f"The assessment and the list differ about needs of {headline}: {differ}."
            yield Mistake(says, "Make them the same.", "needs.csv", None, "code")
