"""The audit: what a device noted of who looked at what, and what the EHM did; and its readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from sync.contract.messages.head import Head
from sync.contract.messages.kinds import (
    PRINTABLE,
    WITHOUT_NUL,
    Digest,
    Identifier,
    Reason,
    Reply,
    Request,
    Time,
)
from sync.contract.messages.limits import MAX_REASON
from sync.contract.messages.reading_back import FlatFamily

MAX_AUDIT = 500


class DeviceAuditLine(Request):
    """A line of a device's own audit, as it was hashed.

    ``hash`` is the SHA-256 of the hash of the line before (64 zeros before the first), a line feed
    and ``entry``: nothing can be edited, left out or put in another order unnoticed. ``entry`` is a
    JSON object with ``at`` and ``event``: ``kind``, ``family``, ``record``, ``reason``, ``count``,
    ``detail``; never an answer, a name or a word that was searched for.
    """

    number: int = Field(ge=1, lt=2**63)
    entry: str = Field(min_length=2, max_length=10_000, pattern=WITHOUT_NUL)
    hash: Digest


class HandInAudit(Request):
    """Lines of a device's audit, in order. Safe to repeat."""

    lines: tuple[DeviceAuditLine, ...] = Field(min_length=1, max_length=MAX_AUDIT)


class AuditTaken(Reply):
    """The number of the last line that is here: go on after it. ``is_whole``: the chain holds."""

    upto: int
    is_whole: bool


class AuditLine(Reply):
    """Who did what, when, as what; ``device``: as their own laptop noted it."""

    n: int
    at: Time
    worker: str
    role: str
    act: str
    family: str = ""
    record: str = ""
    reason: str = ""
    device: str = ""
    detail: str = ""


class ReadAudit(Request):
    """Asks for lines of the audit after ``after``; of a role, a worker or a family alone."""

    after: int = Field(default=0, ge=0, lt=2**63)
    role: str = Field(default="", max_length=100, pattern=PRINTABLE)
    worker: str = Field(default="", max_length=100, pattern=PRINTABLE)
    family: Identifier | None = None
    reason: Reason


class AuditPage(Reply):
    """A page, oldest first. ``is_whole``: no line before its end was edited or taken out.

    ``words``: what the ids that its lines mention stand for: a worker's name, a family's number or
    reference, the title of a record's form. Nobody of a family is named. An id that is not in it
    is shown as it is.
    """

    head: Head
    lines: tuple[AuditLine, ...]
    more: bool
    is_whole: bool
    words: Mapping[str, str] = {}


class Look(Request):
    """Looks into a family that is not theirs: online, once, with a reason."""

    reason: Reason


class LookedInto(Reply):
    """What this role may see of the family, now; it is not kept on the device."""

    head: Head
    family: FlatFamily


class KnowsFamily(Request):
    """Says that a worker knows a family as a person: it is hidden from them, in everything.

    ``hide`` is for oneself; ``show`` again is for those who give families, to another.
    """

    what: Literal["hide", "show"]
    worker: str = Field(default="", max_length=100, pattern=PRINTABLE)
    reason: str = Field(default="", max_length=MAX_REASON, pattern=WITHOUT_NUL)
