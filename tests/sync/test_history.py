"""The one history: everybody reads every entry, in order, however many write at once."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forms.records.heads import Heads
from sync.contract import digest
from sync.contract.changes import from_wire
from sync.contract.messages import ChangeItem, FeedPage, FeedRequest, WireAnswer, WireChange
from sync.ehm import changes, families, feed, heads, history, people, schema
from sync.ehm.app import open_store
from sync.ehm.changes import Sender
from sync.ehm.feed import Reader
from sync.ehm.store import Store
from tests.sync.databases import DATABASES, database
from tests.sync.writing import Pen

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WRITERS = 4
EACH = 8


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with database(request.param, tmp_path) as url:
        store = open_store(url, council_name="Test Council", is_demo=True)
        yield store
        store.close()


def test_nobody_misses_an_entry_while_many_write(store: Store) -> None:
    pen = Pen()
    family, record = pen.family(), pen.id()
    with store.writing() as connection:
        people.add(connection, "Priya", worker=pen.worker)
        families.register(
            connection, Sender(pen.worker, pen.device, is_revoked=False, at=NOW), [family]
        )
    done = threading.Barrier(WRITERS + 1)

    def write(number: int) -> None:
        writer = Pen(device=f"device-{number}", seed=number)
        sender = Sender(pen.worker, writer.device, is_revoked=False, at=NOW)
        for n in range(EACH):
            change = writer.change(family.id, record, {f"/note/q{number}-{n}": "yes"})
            with store.writing() as connection:
                changes.hand_in(connection, sender, [change])
        done.wait(60)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    read: list[str] = []
    cursor = ""
    while any(thread.is_alive() for thread in threads) and done.n_waiting != WRITERS:
        cursor = _read_on(store, pen.worker, cursor, read)
    done.wait(60)
    for thread in threads:
        thread.join()
    _read_on(store, pen.worker, cursor, read)

    assert len(read) == len(set(read)) == WRITERS * EACH
    with store.reading() as connection:
        entries = connection.execute(select(schema.entry.c.seq).order_by(schema.entry.c.seq))
        assert list(entries.scalars()) == list(range(1, history.current_head(connection).seq + 1))


def _read_on(store: Store, worker: str, cursor: str, read: list[str]) -> str:
    with store.reading() as connection:
        request = FeedRequest(seen=None, cursor=cursor)
        body = feed.page(connection, Reader(worker, "another device"), request, None, ())
    page = FeedPage.model_validate_json(body)
    read.extend(item.change.id for item in page.items if isinstance(item, ChangeItem))
    return page.cursor


PATHS = st.sampled_from(["/a", "/b", "/plan/action[0195a1f0-7777-7000-8000-0000000000a1]"])


@st.composite
def histories(draw: st.DrawFn) -> list[list[WireChange]]:
    """Changes of one record, each on top of any earlier ones; shuffled, cut into batches."""
    pen, record, family = Pen(), Pen(seed=2).id(), Pen(seed=3).id()
    written: list[WireChange] = []
    for _ in range(draw(st.integers(1, 8))):
        answers = {}
        for path in draw(st.sets(PATHS, min_size=1)):
            earlier = [change.id for change in written if path in change.answers]
            base = draw(st.sets(st.sampled_from(earlier))) if earlier else set()
            value = draw(st.sampled_from(["yes", "no", ""]))
            answers[path] = WireAnswer(value=value, base=tuple(sorted(base)))
        plain = pen.change(family, record, {"/x": ""})
        written.append(plain.model_copy(update={"answers": answers}))
    shuffled = draw(st.permutations(written))
    cuts = draw(st.sets(st.integers(1, len(shuffled))))
    edges = [0, *sorted(cuts), len(shuffled)]
    return [shuffled[a:b] for a, b in itertools.pairwise(edges) if a < b]


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Store]:
    store = open_store("sqlite://", council_name="Test Council", is_demo=True)
    yield store
    store.close()


@given(batches=histories())
@settings(max_examples=40, deadline=None)
def test_heads_in_sql_are_the_heads_of_the_records(
    batches: list[list[WireChange]], in_memory: Store
) -> None:
    pure = Heads()
    with in_memory.writing() as connection:
        for table in (schema.head, schema.early_base, schema.change):
            connection.execute(table.delete())
        for batch in batches:
            sender = Sender("priya", "device", is_revoked=False, at=NOW)
            stored = changes._Batch(
                kept={change.id: change for change in batch},
                bodies={change.id: digest.canonical(change).decode() for change in batch},
                marks={change.id: digest.fingerprint(change) for change in batch},
            )
            changes._store(connection, sender, stored)
            conflicting = heads.advance(connection, batch)
            for change in batch:
                pure.add(from_wire(change))
            in_conflict = {c for path in pure.conflicts() for c in pure.of(path)}
            assert conflicting == in_conflict & {change.id for change in batch}
        found = connection.execute(select(schema.head)).all()
    meant = {(path, change) for path in pure.paths() for change in pure.of(path)}
    assert {(path, row.change) for row in found for path in json.loads(row.paths)} == meant
