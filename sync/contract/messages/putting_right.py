"""Putting right: words taken out of a record, or moved to the right family."""

from __future__ import annotations

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import Identifier, Path, Reason, Reply, Request
from sync.contract.messages.limits import MAX_ANSWERS


class PutRight(Request):
    """Takes the words of these paths (none: of all) out of a record, on every device.

    With ``to`` they stand in that family from now on, as a record of their own.
    """

    paths: tuple[Path, ...] = Field(default=(), max_length=MAX_ANSWERS)
    to: Identifier | None = None
    reason: Reason


class SeenBy(Reply):
    """Everybody who could have seen the words: they were in their feed."""

    workers: tuple[Worker, ...]
