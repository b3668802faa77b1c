"""EHMs in memory, whose processes can die and whose disk can fill at any statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from sync.ehm import erasure
from sync.ehm.access import Ehm
from sync.ehm.app import open_store
from sync.ehm.ledger import Ledger
from sync.ehm.store import Store


class ProcessEnded(Exception):
    """The EHM's process was killed here: what it had not committed is not there."""


class Ehms:
    """Makes EHMs, each a copy of one that was migrated once. One at a time is in use.

    ``folder`` is for the ledger of erasures.
    """

    def __init__(self, folder: Path) -> None:
        self.store = open_store("sqlite://", council_name="Simulated Council", is_demo=True)
        self._ledger = folder / "erasures"
        self._empty = serialized(self.store)
        self._left = 0
        self._blow: type[Exception] = ProcessEnded
        self._ends_at_commit = False
        event.listen(self.store.engine, "before_cursor_execute", self._statement)
        event.listen(self.store.engine, "commit", self._commit)

    def fresh(self) -> Store:
        """An empty one; nothing is left of the one before."""
        put_back(self.store, self._empty)
        self._ledger.unlink(missing_ok=True)
        self._left = 0
        return self.store

    def process(self, clock: Callable[[], datetime]) -> Ehm:
        """A process that serves this EHM, started as the real one is."""
        ehm = Ehm(self.store, clock, Ledger(self._ledger))
        with self.store.writing() as connection:
            erasure.keep_up(connection, ehm.ledger)
        return ehm

    @contextmanager
    def struck(self, statements: int, *, by_full_disk: bool = False) -> Iterator[None]:
        """Ends the process, or fills its disk, before the so-manyth statement from now on."""
        self._left = statements
        self._blow = sqlite3.OperationalError if by_full_disk else ProcessEnded
        try:
            yield
        finally:
            self._left = 0

    @contextmanager
    def ended_at_commit(self) -> Iterator[None]:
        """Ends the process when all of a writer's transaction is done but its commit."""
        self._ends_at_commit = True
        try:
            yield
        finally:
            self._ends_at_commit = False

    def _commit(self, connection: Connection) -> None:
        if self._ends_at_commit and connection.get_execution_options().get("is_writer"):
            self._ends_at_commit = False
            raise ProcessEnded
        self._statement()

    def _statement(self, *_given: Any) -> None:
        if self._left:
            self._left -= 1
            if self._left == 0:
                raise self._blow


def serialized(store: Store) -> bytes:
    raw = store.engine.raw_connection()
    try:
        copy: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    finally:
        raw.close()
    return copy


def put_back(store: Store, copy: bytes) -> None:
    raw = store.engine.raw_connection()
    try:
        raw.driver_connection.deserialize(copy)  # type: ignore[union-attr]
    finally:
        raw.close()
