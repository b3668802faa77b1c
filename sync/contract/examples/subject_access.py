"""Examples of a request for one's own data."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import AT, FAMILY, HEAD, RECORD
from sync.contract.messages import (
    AccessDraft,
    AccessLine,
    AskAccess,
    FindSubject,
    Subject,
    Subjects,
    Worker,
)

_PERSON = "0195802c-0000-7000-8000-00000000000a"
_GRACE = Subject(id=_PERSON, name="Grace Okafor", born="1988-11-02")
_WHY = "Request 2026-014, identity checked on 2 March."

EXAMPLES: tuple[BaseModel, ...] = (
    FindSubject(number="EH-000123", reason=_WHY),
    Subjects(family=FAMILY, number="EH-000123", people=(_GRACE,)),
    AskAccess(family=FAMILY, person=_PERSON, reason=_WHY),
    AccessDraft(
        head=HEAD,
        family=FAMILY,
        number="EH-000123",
        subject=_GRACE,
        made=AT,
        reason=_WHY,
        lines=(
            AccessLine(
                record=RECORD,
                form="visit_note",
                title="Visit note",
                question="What happened?",
                value="Grace and Daniel Bell talked about mornings.",
                by=Worker(id="priya.shah", name="Priya Shah", role="worker"),
                at=AT,
                marks=("third_party",),
            ),
        ),
        left_out=12,
        unread=0,
        held=0,
        last_heard=(("Laptop 12", AT),),
    ),
)
