"""A change as the wire carries it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from sync.contract.messages.kinds import PRINTABLE, Identifier, Path, Request, Time, Word, WorkerId
from sync.contract.messages.limits import MAX_ANSWERS, MAX_VALUE


class WireAnswer(Request):
    """One answer of a change and the changes whose answers its author had on the screen."""

    value: str = Field(default="", max_length=MAX_VALUE)
    absent: Literal["not_known", "declined", "not_asked"] | None = None
    reason: str = Field(default="", max_length=MAX_VALUE)
    base: tuple[Identifier, ...] = Field(default=(), max_length=1_000)


class WireChange(Request):
    """One save of some answers of one record. Never edited after it was sealed."""

    id: Identifier
    record: Identifier
    family: Identifier
    form: Word
    version: str = Field(max_length=100, pattern=PRINTABLE)
    author: WorkerId
    device: Word
    number: int = Field(ge=0, lt=2**63)
    at: Time
    zone: str = Field(max_length=100, pattern=PRINTABLE)
    answers: Mapping[Path, WireAnswer] = Field(min_length=1, max_length=MAX_ANSWERS)
