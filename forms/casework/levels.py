"""Levels of need through time, each with its reason (domain.md 1.16, 3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date
from forms.records.finalising import finalised_state

_RUNGS = {"plan": 2, "team": 3, "refer": 4}
"""What a level of a council's scheme asks for, on the common ladder of four (domain.md 3.1)."""
_LEADING = re.compile(r"[1-9]")


@dataclass(frozen=True, slots=True, repr=False)
class LevelDecision:
    """That the level of need was decided: by an assessment or a review, on a day, and why.

    A level of a draft is no decision yet: ``is_final`` says which it is. ``level`` is its rung of
    four, by what it asks for; ``code`` and ``words`` are those of the scheme that it was decided
    on, as they were then (``words`` is blank for a draft).
    """

    level: int
    since: date
    why: str
    record: str
    is_final: bool
    code: str = ""
    words: str = ""


def level_history(records: Iterable[KnownRecord]) -> tuple[LevelDecision, ...]:
    """Every decision about the level, in the order of their days."""
    found = [
        decision
        for record in records
        for dataset, day in (("assessment", "completed"), ("review", "on"))
        for entity in entities([record], dataset)
        if (
            decision := _decision(
                record, entity.said("level"), entity.said(day), entity.said("rationale")
            )
        )
        is not None
    ]
    return tuple(sorted(found, key=lambda d: (d.since, d.record)))


def level_on(history: Iterable[LevelDecision], day: date) -> int | None:
    """The level that was in force on that day; None before any was decided."""
    decided = [one.level for one in history if one.is_final and one.since <= day]
    return decided[-1] if decided else None


def _decision(record: KnownRecord, code: str, day: str, why: str) -> LevelDecision | None:
    told = _calculated(record)
    level = _rung(code, told)
    if level is None:
        return None
    since = read_date(day) or record.finalised_on or record.begun_on
    return LevelDecision(
        level, since, why, record.id, record.finalised, code, told.get("level_words", "")
    )


def _rung(code: str, told: Mapping[str, str]) -> int | None:
    """By what its scheme asks for; where the record does not say, by the figure it begins with."""
    if code and (asks := told.get("level_asks")) in _RUNGS:
        return _RUNGS[asks]
    begins = _LEADING.match(code)
    if begins is not None:
        return int(begins[0])
    return 1 if code and told.get("level_scheme") else None


def _calculated(record: KnownRecord) -> dict[str, str]:
    """What a finished record keeps of the scheme that was in force, by the question's name."""
    state = finalised_state(record.heads) if record.finalised else None
    return (
        {path.rpartition("/")[2]: value for path, value in state.calculated.items()}
        if state
        else {}
    )
