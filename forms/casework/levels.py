"""Levels of need through time, each with its reason (domain.md 1.16, 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date


@dataclass(frozen=True, slots=True, repr=False)
class LevelDecision:
    """That the level of need was decided: by an assessment or a review, on a day, and why.

    A level of a draft is no decision yet: ``is_final`` says which it is.
    """

    level: int
    since: date
    why: str
    record: str
    is_final: bool


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


def _decision(record: KnownRecord, level: str, day: str, why: str) -> LevelDecision | None:
    if not level.isdigit():
        return None
    since = read_date(day) or record.finalised_on or record.begun_on
    return LevelDecision(int(level), since, why, record.id, record.finalised)
