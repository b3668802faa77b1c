"""A change: one save of some answers of one record, naming what its author was looking at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forms.records.answer import Answer

CENTRE = "centre"
"""The device of what somebody writes at the centre itself, signed in there."""
MOVED = "moved"
"""The device of the copies that are made when a record is moved to the right family."""


@dataclass(frozen=True, slots=True)
class Written:
    """One answer of a change, and the changes whose answers its author had on the screen."""

    answer: Answer
    base: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One save. Immutable once sealed: it is history, undo, audit and what sync carries.

    ``id`` and ``record`` are UUIDv7 texts made on the device; ``number`` counts the changes of
    the device; ``at`` is aware UTC and is for display only: nothing is ordered by it.
    ``form`` and ``version`` name the definition that the record was begun with.
    """

    id: str
    record: str
    family: str
    form: str
    version: str
    author: str
    device: str
    number: int
    at: datetime
    zone: str
    answers: Mapping[str, Written]
