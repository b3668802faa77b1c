"""What a worker must know before a visit, and what may not be shown to whom (domain.md 1.3).

The cautious answer governs: where two people answered differently, the more careful one is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person

_NOT_STANDARD = frozenset({"16", "18", "20", "24", "28"})
_NONE = "none"


@dataclass(frozen=True, slots=True, repr=False)
class BeforeTheDoor:
    """What must be known before somebody knocks.

    ``risks`` are the form's codes, ``detail`` a colleague's words; ``call_first`` how to get in
    touch safely. None of it is ever printed. ``harm`` is true while anybody's answer says that a
    child may be at risk now. ``talk`` is the form's code: ``yes`` only if nobody said otherwise.
    """

    risks: tuple[str, ...]
    detail: tuple[str, ...]
    call_first: tuple[str, ...]
    talk: str
    talk_detail: tuple[str, ...]
    harm: bool
    interpreters: tuple[str, ...]
    formats: tuple[str, ...]


def before_the_door(records: Iterable[KnownRecord], people: Iterable[Person]) -> BeforeTheDoor:
    """What every safety check of the family says, and what people need to follow."""
    known = list(records)
    checks = entities(known, "safety")
    by_id = {record.id: record for record in known}
    here = [p for p in people if p.moved_out is None and p.died is None]
    risks = dict.fromkeys(
        risk for said in _all(checks, by_id, "worker_safety") for risk in said.split()
    )
    talk = set(_all(checks, by_id, "safe_talk"))
    return BeforeTheDoor(
        risks=tuple(risk for risk in risks if risk != _NONE),
        detail=_all(checks, by_id, "worker_safety_detail"),
        call_first=_all(checks, by_id, "safe_contact"),
        talk=next((said for said in ("no", "not_all", "yes") if said in talk), ""),
        talk_detail=_all(checks, by_id, "safe_talk_detail"),
        harm=not {"yes", "unsure"}.isdisjoint(_all(checks, by_id, "harm_now")),
        interpreters=tuple(p.id for p in here if p.interpreter == "yes"),
        formats=tuple(p.id for p in here if p.print_needs or p.print_size in _NOT_STANDARD),
    )


def _all(checks: Iterable[Entity], by_id: dict[str, KnownRecord], name: str) -> tuple[str, ...]:
    """Everything that stands under any head: in a conflict both answers are told."""
    found: dict[str, None] = {}
    for check in checks:
        path = check.paths.get(name)
        record = by_id[check.record]
        if path is None or path in record.hidden:
            continue
        for answer in record.heads.of(path).values():
            if answer.value.strip():
                found[answer.value] = None
    return tuple(found)
