"""The ledger: what a database that is put back must not forget, in a file outside its backups.

What was taken out, moved or held back; which devices came, went and were opened by custodians. A
restored database is brought up to it before any device can give back what was erased. It holds ids,
reasons and the names of workers and custodians, never an answer.
Every line has an id of its own and is applied once.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Erasure(BaseModel):
    """Words taken out of a record. ``paths``: none means all of it. ``changes``: whose words went.

    ``moved_to``: the family in which they stand now. Then ``move`` is what the ids of the record
    and changes there are made from, so that a restored database moves to the same ids.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["erasure"] = "erasure"
    id: str
    family: str
    record: str
    paths: tuple[str, ...]
    changes: tuple[str, ...]
    moved_to: str = ""
    move: str = ""


class Hold(BaseModel):
    """A legal hold on a family, or with ``ends`` the end of one."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["hold"] = "hold"
    id: str
    family: str
    reason: str
    ends: str = ""


class Forgotten(BaseModel):
    """A family that was erased whole: its time was over."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["forgotten"] = "forgotten"
    id: str
    family: str


class Registered(BaseModel):
    """A device that was enrolled: a backup from before does not know it, and it has work."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["registered"] = "registered"
    id: str
    device: str
    worker: str
    worker_name: str
    name: str
    public_key: str
    client: str
    enrolled: datetime


class Revoked(BaseModel):
    """A device whose registration ended: no backup from before makes it trusted again."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["revoked"] = "revoked"
    id: str
    device: str
    at: datetime


class Opened(BaseModel):
    """A laptop that custodians opened with the recovery key: once, and its worker is told."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["opened"] = "opened"
    id: str
    request: str
    device: str
    at: datetime
    by: tuple[str, ...]
    reason: str


Line = Erasure | Hold | Forgotten | Registered | Revoked | Opened
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


class Ledger:
    """Every line ever written, one JSON object each. Without a file, nothing survives a restore."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._read = 0
        self._known: list[Line] = []

    def add(self, line: Line) -> None:
        """Durable when it returns."""
        if self._file is None:
            return
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(line.model_dump_json() + "\n")
            lines.flush()
            os.fsync(lines.fileno())

    def all(self) -> list[Line]:
        """Oldest first."""
        if self._file is None or not self._file.exists():
            return []
        size = self._file.stat().st_size
        if size != self._read:
            lines = self._file.read_text(encoding="utf-8").splitlines()
            self._known = [_LINE.validate_python(_with_kind(line)) for line in lines]
            self._read = size
        return self._known


def _with_kind(line: str) -> object:
    """The first ledgers held erasures alone and did not say so."""
    found = TypeAdapter(dict[str, object]).validate_json(line)
    return {"kind": "erasure", **found}
