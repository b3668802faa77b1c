"""Requests for support, their answers, and social care's step down (domain.md 1.21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

LEVEL_4 = "level_4"


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One request. ``made`` is the day it was finished, or begun while it is a draft.

    A request that waits has told nobody: ``rung`` is when somebody was telephoned, if anybody was.
    """

    record: str
    family: str
    kind: str
    made: date
    people: tuple[str, ...]
    rung: date | None
    decision: str
    decided: date | None
    accepted_by: str
    family_knows: bool
    is_final: bool


def requests(records: Iterable[KnownRecord]) -> tuple[Request, ...]:
    """Every request of a family, in the order in which they were made."""
    found = [
        Request(
            record.id,
            record.family,
            entity.said("kind"),
            record.finalised_on or record.begun_on,
            entity.chosen("people"),
            read_date(entity.said("rung_at")),
            entity.said("decision"),
            read_date(entity.said("decided_on")),
            entity.said("accepted_by"),
            entity.said("fed_back") == "yes",
            record.finalised,
        )
        for record in records
        for entity in entities([record], "request")
        if entity.said("kind")
    ]
    return tuple(sorted(found, key=lambda r: (r.made, r.record)))
