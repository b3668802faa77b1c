"""Reading a family back, flat."""

from __future__ import annotations

from sync.contract.messages.devices import Worker
from sync.contract.messages.head import Head
from sync.contract.messages.kinds import Identifier, Reply, Time


class FlatAnswer(Reply):
    """What stands at a path: one value if agreed, more than one in an open conflict."""

    path: str
    values: tuple[str, ...]
    absent: str = ""
    reason: str = ""
    changes: tuple[Identifier, ...]


class FlatRecord(Reply):
    """One filled form of a family, as an EHM imports it."""

    id: Identifier
    form: str
    version: str
    authors: tuple[Worker, ...]
    answers: tuple[FlatAnswer, ...]


class FlatFamily(Reply):
    """The flat export of a family: every answer that the reader may see."""

    id: Identifier
    reference: str
    number: str
    head: Head
    records: tuple[FlatRecord, ...]


class FamilyLine(Reply):
    """One line of a worker's list of families."""

    id: Identifier
    reference: str
    number: str
    begun: Time


class FamilyList(Reply):
    """The families of this worker."""

    head: Head
    families: tuple[FamilyLine, ...]
