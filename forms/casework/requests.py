"""Requests for support, their answers, and social care's step down (domain.md 1.21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from forms.casework.agreement import agreements, all_withdrawn_on
from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

REQUEST = "request"
LEVEL_4, MORE_WANTED = "level_4", "more"
NOT_FOR_THE_HUB = frozenset({"step_down", "step_down_out"})
"""Kinds that name their own receiver, or come to us."""
TAKEN_OUT, AMENDED, AGREEMENT, PERSON = "taken_out", "amended", "agreement", "person"


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One request. ``made`` is the day it was finished, or begun while it is a draft.

    A request that waits has told nobody: ``rung`` is when somebody was telephoned, if anybody was.
    ``agreed`` is the family's answer, or blank if they were not told. ``hub_answered``: the answer
    is the hub's own (`hub_has_answered`), and not what somebody wrote down of it.
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
    agreed: str = ""
    decided_by: str = ""
    why: str = ""
    hub_answered: bool = False

    @property
    def is_for_the_hub(self) -> bool:
        """True if it is finished, and asks the hub for something that the hub has not answered."""
        return self.is_final and not self.hub_answered and self.kind not in NOT_FOR_THE_HUB


def requests(records: Iterable[KnownRecord]) -> tuple[Request, ...]:
    """Every request of a family, in the order in which they were made."""
    found = [
        _request(record, entity)
        for record in records
        for entity in entities([record], REQUEST)
        if entity.said("kind")
    ]
    return tuple(sorted(found, key=lambda r: (r.made, r.record)))


def why_withdrawn(record: str, records: Sequence[KnownRecord]) -> str:
    """Why a request that was sent is not before the hub any more; blank while it is.

    Its words were taken out, it is being written on again, those who agreed to it do not agree to
    early help any more, or somebody it is about has withdrawn since, or is a child who has said
    since that nothing of what they said may be shared. A Level 4 request does not need anybody's
    agreement. A record that cannot be read here stands.
    """
    written = next((one for one in records if one.id == record), None)
    if written is None:
        return ""
    request = next(iter(requests([written])), None)
    if request is None:
        return TAKEN_OUT
    if not written.finalised:
        return AMENDED
    if request.kind == LEVEL_4:
        return ""
    ended = all_withdrawn_on(agreements(records))
    if request.agreed == "yes" and ended is not None and ended >= request.made:
        return AGREEMENT
    said_no = {*_withdrew(records, request.made), *_keep_silent(records, _said_at(written))}
    return PERSON if said_no.intersection(request.people) else ""


def hub_has_answered(record: KnownRecord) -> bool:
    """True if the hub itself has said what becomes of a request, signed in at the centre.

    What its worker writes down of an answer is not the answer.
    """
    return any(
        one.said("decision") not in ("", MORE_WANTED)
        and record.is_second_word(one.paths["decision"])
        for one in entities([record], REQUEST)
    )


def _withdrew(records: Iterable[KnownRecord], since: date) -> Iterator[str]:
    for entity in entities(records, "withdrawal"):
        on = read_date(entity.said("on"))
        if on is not None and on >= since:
            yield entity.said("person")


def _keep_silent(records: Iterable[KnownRecord], since: datetime) -> Iterator[str]:
    later = [record for record in records if _said_at(record) > since]
    for voice in entities(later, "voice"):
        if voice.said("share_ok") == "no":
            yield voice.said("child")


def _said_at(record: KnownRecord) -> datetime:
    return record.finalised_at or record.begun


def _request(record: KnownRecord, entity: Entity) -> Request:
    return Request(
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
        entity.said("agreed"),
        entity.said("decided_by"),
        entity.said("decided_why"),
        hub_has_answered(record),
    )
