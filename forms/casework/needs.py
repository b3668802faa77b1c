"""Needs of the ten outcomes: which, whose, since when, and what became of them (domain.md 1.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date
from forms.casework.scores import DOMAINS

PROGRAMME_NEEDS = 3
"""So many needs may make a family eligible for a programme (domain.md 1.26)."""


@dataclass(frozen=True, slots=True, repr=False)
class Need:
    """One need of the framework, as one assessment found it. ``code`` is such as ``SF01_1``."""

    code: str
    domain: str
    people: tuple[str, ...]
    identified: date
    record: str


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of a domain at closure: ``achieved``, ``partly`` or ``no``, and how we know."""

    domain: str
    achieved: str
    evidence: str
    on: date
    record: str


def needs(records: Iterable[KnownRecord]) -> tuple[Need, ...]:
    """Every need, each once: as the first assessment that found it says it."""
    found: dict[str, Need] = {}
    for record in sorted(records, key=lambda r: (r.begun, r.id)):
        for domain in DOMAINS:
            for entity in entities([record], domain.lower()):
                for code in entity.chosen("needs"):
                    day = record.finalised_on or record.begun_on
                    need = Need(code, domain, entity.chosen("people"), day, record.id)
                    found.setdefault(code, need)
    return tuple(found.values())


def outcomes(records: Iterable[KnownRecord]) -> tuple[Outcome, ...]:
    """What finished closures say of each domain."""
    return tuple(
        Outcome(
            result.said("domain"),
            result.said("achieved"),
            result.said("evidence"),
            read_date(closure.said("on")) or record.begun_on,
            record.id,
        )
        for record in records
        if record.finalised
        for closure in entities([record], "closure")
        for result in entities([record], "result")
        if result.said("domain")
    )
