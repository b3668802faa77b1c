"""What waits for a second person, and what they say to it; a manager's note on a family."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import Identifier, Path, Reason, Reply, Request, Time

ApprovalKind = Literal["closure", "level_4", "override", "loosened"]
Occasion = Literal[
    "supervision", "assessment", "plan", "taf", "review", "declined", "step_up", "step_down",
    "closure", "drift", "not_engaging", "sharing", "safety", "other",
]  # fmt: skip
NoteDecision = Literal["agreed", "changes", "not_agreed", "noted"]


class Waiting(Reply):
    """One thing that waits. ``seen``: the change to be agreed to; ``path``: a loosened answer's.

    ``moved``: it was written for another family and moved to this one, and waits anew.
    """

    kind: ApprovalKind
    record: Identifier
    seen: Identifier
    path: str = ""
    family: Identifier
    number: str
    asked_by: Worker
    since: Time
    moved: bool = False


class AllWaiting(Reply):
    """What waits for longest first. Nothing that anybody wrote.

    ``unread``: families that must be read again first, and were not yet; asked again, it goes on.
    """

    waiting: tuple[Waiting, ...]
    unread: int = 0


class ReadWaiting(Request):
    """Asks to read what waits. Audited."""

    record: Identifier
    seen: Identifier


class Line(Reply):
    """A question and its answer, as the form words them."""

    question: str
    answer: str


class WaitingRead(Reply):
    """What a record says, for whoever is to agree to it; ``reason``: of a loosened answer."""

    title: str
    lines: tuple[Line, ...]


class Approve(Request):
    """The second person's word. Whoever finished it, or gave the answer, is not one.

    ``approve`` or ``return``, with words for whoever asked. A closure that is sent back is open
    again; sharing that is sent back is not to be shared; a loosened answer is what it was before.
    """

    kind: ApprovalKind
    seen: Identifier
    path: Path | None = None
    decision: Literal["approve", "return"]
    words: Reason


class OversightNote(Request):
    """What a manager thinks of a family's help, as a record of the family (domain.md 1.17)."""

    occasion: Occasion
    decision: NoteDecision = "noted"
    words: Reason
    next_on: date | None = Field(default=None, strict=False)


class Noted(Reply):
    """The record that holds it."""

    record: Identifier
