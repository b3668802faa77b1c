"""The threshold scheme: its levels in order, each with indicators, and no form with its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack import next_scheme_of, scheme_of
from forms.authoring.pack_checks.placeholders import PLACEHOLDER
from forms.authoring.pack_checks.rows import numbered, read_day
from forms.authoring.sources import read_council

LEVELS, INDICATORS = "thresholds.csv", "indicators.csv"
_LEVEL_COLUMNS = ("scheme", "version", "level", "rank", "asks", "label")
_INDICATOR_COLUMNS = ("scheme", "version", "level", "code", "label", "checked", "retired")
_ASKS = ("", "plan", "team", "refer")
"""What follows from a level in the forms: nothing, a plan, a team with its lead, a referral."""
Rows = Sequence[tuple[int, Mapping[str, str]]]


def thresholds(sources: Path) -> Iterator[Mistake]:
    """Levels and indicators of the scheme that ``council.json`` names are whole."""
    levels = list(numbered(sources / LEVELS, _LEVEL_COLUMNS))
    indicators = list(numbered(sources / INDICATORS, _INDICATOR_COLUMNS))
    yield from _each_once(LEVELS, levels, "level")
    yield from _each_once(INDICATORS, indicators, "code")
    council = read_council(sources)
    scheme, version, begins = next_scheme_of(council)
    schemes = [scheme_of(council, {"thresholds": [row for _, row in levels]})]
    schemes += [(scheme, version)] if scheme or begins else []
    for named in schemes:
        of_it = [
            (number, row) for number, row in levels if (row["scheme"], row["version"]) == named
        ]
        if not of_it:
            says = f"There is no scheme {' '.join(named)}, which council.json names."
            yield Mistake(says, "Add its levels, or name another.", LEVELS)
        yield from _ranks(of_it)
        yield from _indicators(indicators, of_it, named)
    if (scheme or begins) and read_day(begins) is None:
        says = "The scheme that comes next does not say from when."
        yield Mistake(says, "Write thresholds_from, as 2027-04-01.", "council.json")


def _ranks(levels: Rows) -> Iterator[Mistake]:
    before = 0
    for number, row in levels:
        rank = int(row["rank"]) if row["rank"].isdigit() else 0
        if rank <= before:
            says = "The rank is not higher than the one before."
            yield Mistake(says, "Number the levels upwards.", LEVELS, number, "rank")
        before = max(rank, before)
        if row["asks"] not in _ASKS:
            asks = f"Write one of: {', '.join(filter(None, _ASKS))}; or nothing."
            yield Mistake(f"“{row['asks']}” asks for nothing.", asks, LEVELS, number, "asks")
    if levels and not any(row["asks"] == "refer" for _, row in levels):
        yield Mistake("No level asks for a referral.", "Say at which one.", LEVELS, None, "asks")


def _indicators(indicators: Rows, levels: Rows, named: tuple[str, str]) -> Iterator[Mistake]:
    known = {row["level"] for _, row in levels}
    shown: set[str] = set()
    for number, row in indicators:
        if (row["scheme"], row["version"]) != named:
            continue
        shown.add(row["level"])
        if row["level"] not in known:
            says = f"The scheme has no level {row['level']}."
            yield Mistake(says, "Correct the level.", INDICATORS, number, "level")
        if PLACEHOLDER.search(row["checked"]):
            yield Mistake(
                "The indicator is a draft.", "Put the council's own in its place.",
                INDICATORS, number, "label", "placeholder",
            )  # fmt: skip
    for number, row in levels:
        if row["level"] not in shown:
            says = f"Level {row['level']} has no indicator to choose."
            yield Mistake(says, "Write some.", LEVELS, number, "level", "warning")


def _each_once(file: str, rows: Rows, column: str) -> Iterator[Mistake]:
    seen: dict[tuple[str, str, str], int] = {}
    for number, row in rows:
        code = row["scheme"], row["version"], row[column]
        if code in seen:
            says = f"“{row[column]}” is already in row {seen[code]}."
            yield Mistake(says, "Retire it; never use it again.", file, number, column)
        seen.setdefault(code, number)
