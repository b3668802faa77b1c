"""Requests for support: sent, accepted by a named receiver, decided, told to whoever asked."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import Identifier, Reason, Reply, Request, Time, WorkerId
from sync.contract.messages.reading_back import FlatRecord

Outcome = Literal["accepted", "early_help", "information", "more", "declined"]
"""As the request's own form has it (domain.md u.outcome): what is decided is written there too."""
Withdrawn = Literal["taken_out", "amended", "agreement", "person"]


class SendRequest(Request):
    """Sends a record, written on the form for it, to the hub. Safe to repeat.

    Sent again after the hub wanted to know more, it is before the hub once more. It has told nobody
    at Level 4: telephone first. ``urgent`` only puts it first in the list.
    """

    record: Identifier
    urgent: bool = False


class DecideRequest(Request):
    """The hub's decision, and why: it is told to whoever asked."""

    outcome: Outcome
    words: Reason


class SupportRequest(Reply):
    """A request and what became of it. ``responsible``: who is, at this moment.

    Whoever sent it stays responsible until a named receiver has accepted it, and is again if the
    decision is any other than ``accepted``. ``withdrawn``: it is not before the hub, because its
    words were taken out, it is being written on again, those who agreed do not agree any more, or
    somebody it is about said no.
    """

    record: Identifier
    family: Identifier
    number: str
    urgent: bool
    sent_by: Worker
    sent: Time
    accepted_by: Worker | None = None
    accepted: Time | None = None
    outcome: Outcome | None = None
    words: str = ""
    decided: Time | None = None
    told: Time | None = Field(default=None, description="When the sender was shown the decision.")
    withdrawn: Withdrawn | None = None
    responsible: Worker


class SupportRequests(Reply):
    """Urgent ones first, then the oldest."""

    requests: tuple[SupportRequest, ...]


class AcceptedRequest(Reply):
    """The request, and what it says: whoever accepts it has the family from now on."""

    request: SupportRequest
    said: FlatRecord


class HandOver(Request):
    """Gives a family from one worker to another in one step: never nobody in between."""

    giver: WorkerId
    receiver: WorkerId
    reason: Reason


class HeldDevice(Reply):
    """A device, whose it is, when it was last heard of, and which families it holds."""

    device: Identifier
    name: str
    worker: Worker
    client: str
    enrolled: Time
    last_contact: Time | None = None
    revoked: Time | None = None
    locked: bool = False
    families: tuple[str, ...] = Field(default=(), description="The centre's numbers.")


class HeldDevices(Reply):
    """Those not heard of for longest first."""

    devices: tuple[HeldDevice, ...]
