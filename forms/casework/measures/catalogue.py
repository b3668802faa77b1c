"""The measures of ``measures.toml``, each with the function that gives its units."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from forms.casework.measures import asking, open_help, quality, timely
from forms.casework.measures.measure import Measure, Units

_ROOMS = {"open_help": open_help, "asking": asking, "timely": timely, "quality": quality}
_SAYS = "says:"
WORDS_TABLE, CUTS_TABLE = "measures", "measure_cuts"


def _units(named: str) -> Units:
    """The function that a definition names: ``room.function``, or ``says:`` and a statement."""
    if named.startswith(_SAYS):
        return quality.says(named.removeprefix(_SAYS))
    room, _, function = named.partition(".")
    found: Units = getattr(_ROOMS[room], function)
    return found


def _measure(said: dict[str, Any]) -> Measure:
    return Measure(
        key=said["key"],
        title=said["title"],
        numerator=said["numerator"],
        denominator=said.get("denominator", ""),
        unit=said["unit"],
        period=said["period"],
        units=_units(said["units"]),
        cuts=tuple(said.get("cuts", ())),
        caveats=tuple(said.get("caveats", ())),
        source=said["source"],
        version=said["version"],
        smallest=said.get("smallest", 0),
        subject=re.split("[.:]", said["units"])[0],
    )


MEASURES: tuple[Measure, ...] = tuple(
    _measure(said)
    for said in tomllib.loads(
        files("forms.casework.measures").joinpath("measures.toml").read_text("utf-8")
    )["measure"]
)
BY_KEY = {measure.key: measure for measure in MEASURES}


def in_words_of(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[Measure, ...]:
    """Every measure in the words of a council's pack; what each counts is defined here alone.

    A row for another version speaks of something else: then our own words stand.
    """
    rows = {(row["measure"], row["version"]): row for row in tables.get(WORDS_TABLE, ())}
    return tuple(
        _in_words(measure, rows.get((measure.key, str(measure.version)))) for measure in MEASURES
    )


def _in_words(measure: Measure, row: Mapping[str, str] | None) -> Measure:
    if row is None:
        return measure
    return replace(measure, title=row["title"], caveats=(row["caveats"],) if row["caveats"] else ())


def names_of_cuts(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, str]:
    """What the council calls the groups that figures are cut by, by their key."""
    return {row["cut"]: row["label"] for row in tables.get(CUTS_TABLE, ())}
