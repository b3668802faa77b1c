"""On PostgreSQL the feed's order is the order of commits; a plain sequence would lose rows."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, insert, text

from sync.contract.messages import FeedRequest
from sync.ehm import changes, families, feed, history, people, schema
from sync.ehm.app import open_store
from sync.ehm.changes import Sender
from sync.ehm.feed import Reader
from sync.ehm.store import Store
from tests.sync.databases import POSTGRESQL, database
from tests.sync.running_ehm import NOON
from tests.sync.writing import Pen


@contextmanager
def _without_the_lock(self: Store) -> Iterator[Connection]:
    options = {"isolation_level": "READ COMMITTED"}
    with self.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def _by_a_plain_sequence(connection: Connection, happenings: Any) -> list[int]:
    rows = [
        {
            "seq": connection.execute(text("SELECT nextval('plain')")).scalar_one(),
            "hash": uuid.uuid4().hex,
            **asdict(each),
        }
        for each in happenings
    ]
    if rows:
        connection.execute(insert(schema.entry), rows)
    return [row["seq"] for row in rows]


class Feed:
    """One worker's, followed while two of their families are written in at once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.pen = Pen()
        self.cursor = ""
        self.came: list[str] = []
        with store.writing() as connection:
            people.add(connection, "Priya Shah", worker=self.pen.worker)
            self.families = [self._begin(connection), self._begin(connection)]
            connection.execute(text("CREATE SEQUENCE plain START 1000"))

    def _begin(self, connection: Connection) -> str:
        self.pen.number += 1
        new = self.pen.family()
        families.begin(connection, self.pen.worker, new)
        families.give(connection, self.pen.worker, new.id)
        return new.id

    def write(self, connection: Connection, family: str) -> str:
        change = self.pen.change(family, self.pen.id(), {"/note/what": "We met."})
        sender = Sender(self.pen.worker, "another laptop", is_revoked=False, at=NOON)
        changes.hand_in(connection, sender, [change])
        return change.id

    def follow(self) -> None:
        asked = FeedRequest(seen=None, cursor=self.cursor)
        with self.store.reading() as connection:
            page = feed.page(connection, Reader(self.pen.worker, "laptop"), asked, None, ())
        told = json.loads(page)
        self.cursor = told["cursor"]
        self.came += [each["change"]["id"] for each in told["items"] if each["kind"] == "change"]

    def one_commits_before_the_other(self, wait: float) -> set[str]:
        """What was written: the one that took its place first is committed last, if it can be."""
        written: list[str] = []

        def write_the_other() -> None:
            with self.store.writing() as connection:
                written.append(self.write(connection, self.families[1]))

        other = threading.Thread(target=write_the_other)
        with self.store.writing() as connection:
            written.append(self.write(connection, self.families[0]))
            other.start()
            other.join(wait)
            self.follow()
        other.join(60)
        self.follow()
        return set(written)


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Feed]:
    with (
        database("postgresql", tmp_path) as url,
        closing(open_store(url, council_name="Demo", is_demo=True)) as store,
    ):
        followed = Feed(store)
        followed.follow()
        yield followed
        with store.writing() as connection:
            connection.execute(text("DROP SEQUENCE plain"))


needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="no PostgreSQL")


@needs_postgresql
def test_who_takes_a_place_in_the_feed_commits_before_the_next(followed: Feed) -> None:
    written = followed.one_commits_before_the_other(wait=0.2)
    assert set(followed.came) == written


@needs_postgresql
def test_a_plain_sequence_would_lose_a_row(followed: Feed) -> None:
    with ExitStack() as mutant:
        mutant.enter_context(patch.object(Store, "writing", _without_the_lock))
        mutant.enter_context(patch.object(history, "append", _by_a_plain_sequence))
        written = followed.one_commits_before_the_other(wait=60)
    assert len(written) == 2
    assert len(written - set(followed.came)) == 1
