"""Contributors: people beside the council who are asked in to one family, and what they get."""

from __future__ import annotations

from typing import Literal

from sync.contract.messages.devices import Worker
from sync.contract.messages.head import Head
from sync.contract.messages.kinds import Digest, Identifier, Reason, Reply, Request, WorkerId


class AskIn(Request):
    """Asks a contributor in to a family, or ends that.

    It opens nothing by itself: what they get is what the family chose, worked out by the EHM.
    """

    what: Literal["ask_in", "end"]
    worker: WorkerId
    reason: Reason


class Clear(Request):
    """Says that “somebody who must not see this” is not this contributor.

    ``says``: what ``Contributors.must_not_see`` was when a person looked; one more word stops them.
    """

    worker: WorkerId
    says: Digest
    reason: Reason


class Grant(Request):
    """Lets a contributor have what a recorded decision to share (form ``share_decision``) names.

    In force while that record says so.
    """

    worker: WorkerId
    record: Identifier
    level: Literal["basic", "more"]
    reason: Reason


class Contributor(Reply):
    """A contributor and what they get now: nothing, ``basic``, or ``more``."""

    worker: Worker
    agency: str
    gets: Literal["", "basic", "more"]
    cleared: bool


class Contributors(Reply):
    """Everybody who was asked in to a family.

    ``must_not_see`` is in the family's own words; ``says`` names exactly these words.
    """

    head: Head
    contributors: tuple[Contributor, ...]
    must_not_see: tuple[str, ...] = ()
    says: str = ""
