"""A large family is shown whole, in a moment, and a worker's save comes between its parts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from desktop.vault import Vault
from desktop.vault.laying_out import AT_ONCE
from forms.records.change import Change
from sync.contract.changes import to_wire
from sync.contract.messages import ChangeItem, LeftItem
from tests.desktop.vault.making import Pen, an_id
from tests.sync.replica_contract import page

Done = TypeVar("Done")
RECORDS, ANSWERS = 40, 60
LONGEST = 0.15
"""Seconds of a processor for one call: three times the budget, for a slow machine."""


def arriving(family: str) -> list[Change]:
    said = {f"/q{n}": f"Gran said {n} times that the kitchen is warm." for n in range(ANSWERS)}
    pens = [Pen(family=family, author="tom") for _ in range(RECORDS)]
    return [pen.change({**said, "/name": "Quill"}) for pen in pens]


def timed(call: Callable[[], Done]) -> tuple[float, Done]:
    began = time.thread_time()
    done = call()
    return time.thread_time() - began, done


def test_saves_come_between_the_parts_of_a_family_that_is_shown_whole(vault: Vault) -> None:
    mine = Pen().begin(vault)
    vault.write(mine.change({"/name": "Larch"}))
    vault.seal_all()
    changes = arriving(mine.family)
    vault.replica.stage(page(2, *(ChangeItem(change=to_wire(change)) for change in changes)))
    took, parts = [], 0
    while True:
        seconds, more = timed(vault.replica.prepare_next)
        took.append(seconds)
        if not more:
            break
        parts += 1
        vault.write(mine.change({"/note": f"Saved while part {parts} came."}))
        vault.seal(mine.record)
        assert [row.id for row in vault.records(mine.family)] == [mine.record]
        assert vault.record(changes[0].record) is None
        assert len(vault.changes(mine.record)) == parts + 1
        assert vault.changes(changes[0].record) == []
        assert vault.search("Quill") == []
        assert vault.search("Larch Saved") == [mine.family]
    assert parts >= RECORDS / AT_ONCE
    seconds, (shown,) = timed(vault.replica.show_next_families)
    assert (shown.changes, shown.is_new) == (RECORDS, False)
    assert max(*took, seconds) < LONGEST
    assert len(vault.records(mine.family)) == RECORDS + 1
    assert [vault.changes(change.record) for change in changes] == [[each] for each in changes]
    assert vault.search("Quill kitchen") == [mine.family]
    assert vault.replica.staged() == (0, 0)


def test_what_is_here_already_becomes_what_the_ehm_lists(vault: Vault) -> None:
    mine = Pen().begin(vault)
    vault.write(mine.change({"/name": "Larch"}))
    vault.seal_all()
    changes = arriving(mine.family)
    listed = [*changes[:3], *vault.changes(mine.record), *changes, changes[4]]
    vault.replica.stage(page(2, *(ChangeItem(change=to_wire(change)) for change in listed)))
    while vault.replica.prepare_next():
        pass
    (shown,) = vault.replica.show_next_families()
    assert shown.changes == RECORDS
    assert vault.replica.outbox(10, 10**6) == []
    assert len(vault.records(mine.family)) == RECORDS + 1
    assert vault.replica.staged() == (0, 0)


def test_what_was_made_ready_leaves_no_trace_if_the_family_leaves(vault: Vault) -> None:
    family = an_id()
    items = [ChangeItem(change=to_wire(change)) for change in arriving(family)[: AT_ONCE + 1]]
    vault.replica.stage(page(2, *items))
    assert vault.replica.prepare_next()
    vault.replica.stage(page(3, LeftItem(family=family)))
    assert not vault.replica.prepare_next()
    assert [shown.left for shown in vault.replica.show_next_families()] == [True]
    for table in ("family", "record", "written", "answer", "found", "laid_out"):
        assert vault._store.value(f"SELECT count(*) FROM {table}") == 0, table
