"""A change as the wire carries it. Fields are in order of name: ``digest.canonical`` needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sync.contract.messages.kinds import PRINTABLE, Identifier, Path, Request, Time, Word, WorkerId
from sync.contract.messages.limits import ENDING, MAX_ANSWERS, MAX_VALUE


class WireAnswer(Request):
    """One answer of a change and the changes whose answers its author had on the screen."""

    absent: Literal["not_known", "declined", "not_asked"] | None = None
    base: tuple[Identifier, ...] = Field(default=(), max_length=1_000)
    reason: str = Field(default="", max_length=MAX_VALUE)
    value: str = Field(default="", max_length=MAX_VALUE)


class WireChange(Request):
    """One save of some answers of one record. Never edited after it was sealed."""

    answers: Mapping[Path, WireAnswer] = Field(min_length=1, max_length=MAX_ANSWERS)
    at: Time
    author: WorkerId
    device: Word
    family: Identifier
    form: Word
    id: Identifier
    number: int = Field(ge=0, lt=2**63)
    record: Identifier
    version: str = Field(max_length=100, pattern=PRINTABLE)
    zone: str = Field(max_length=100, pattern=PRINTABLE)


_Ending = Annotated[str, Field(pattern=rf"^[0-9a-f]{{{ENDING}}}$")]


class ShortAnswer(WireAnswer):
    """An answer of a ``ShortChange``: each base by the end of its id."""

    base: tuple[_Ending, ...] = Field(default=(), max_length=1_000)


class ShortChange(WireChange):
    """A change that follows others which the reader was given; its record is theirs, and not said.

    Whole again, it is the ``WireChange`` of which both sides keep the fingerprint.
    """

    answers: Mapping[Path, ShortAnswer] = Field(min_length=1, max_length=MAX_ANSWERS)
    record: Literal[""] = ""
