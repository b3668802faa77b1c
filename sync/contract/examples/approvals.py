"""Examples of what waits for a second person, and of a manager's note."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import AT, FAMILY, FIRST, RECORD
from sync.contract.messages import (
    AllWaiting,
    Approve,
    Line,
    Noted,
    OversightNote,
    ReadWaiting,
    Waiting,
    WaitingRead,
    Worker,
)

_PRIYA = Worker(id="priya.shah", name="Priya Shah", role="worker", team="Early Help North")

EXAMPLES: tuple[BaseModel, ...] = (
    AllWaiting(
        waiting=(
            Waiting(
                kind="closure",
                record=RECORD,
                seen=FIRST,
                family=FAMILY,
                number="EH-000123",
                asked_by=_PRIYA,
                since=AT,
            ),
        )
    ),
    ReadWaiting(record=RECORD, seen=FIRST),
    WaitingRead(title="Closing", lines=(Line(question="Why does it end?", answer="Needs met"),)),
    Approve(
        kind="closure",
        seen=FIRST,
        decision="return",
        words="What does Sam say? Ask him before you close.",
    ),
    OversightNote(
        occasion="drift", words="Two reviews, and the same level. Bring it to supervision."
    ),
    Noted(record=RECORD),
)
