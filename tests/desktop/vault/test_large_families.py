"""A large family is shown whole, in a moment, and a worker's save comes between its parts."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest

from desktop.vault import Vault
from desktop.vault.laying_out import AT_ONCE
from forms.records.answer import Absent, Answer
from forms.records.change import Change
from sync.contract.changes import to_wire
from sync.contract.messages import ChangeItem, GoneItem, LeftItem
from tests.desktop.vault.making import Pen, an_id
from tests.sync.replica_contract import page

Done = TypeVar("Done")
RECORDS, ANSWERS = 40, 60
FULL = 2
LONGEST = 0.15
"""Seconds of a processor for one call: three times the budget, for a slow machine."""


def arriving(family: str) -> list[Change]:
    said = {f"/q{n}": f"Gran said {n} times that the kitchen is warm." for n in range(ANSWERS)}
    others: dict[str, str | Answer] = {
        "/name": "Quill",
        '/row["1"]/what': 'Nan\'s \\ "tea" \0 ☕\n',
        "/school": Answer(absent=Absent.DECLINED, reason="Not while Dad is in the room."),
    }
    seen = {"/name": (an_id(), an_id()), '/row["1"]/what': (an_id(),)}
    pens = [Pen(family=family, author="tom") for _ in range(RECORDS)]
    return [pen.change({**said, **others}, seen) for pen in pens]


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
        seconds, more = timed(partial(vault.replica.prepare_next, time.thread_time))
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
    assert parts > 1
    assert vault._store.value("PRAGMA synchronous") == FULL
    seconds, (shown,) = timed(partial(vault.replica.show_next_families, time.thread_time))
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
    _prepare(vault)
    (shown,) = vault.replica.show_next_families(time.thread_time)
    assert shown.changes == RECORDS
    assert vault.replica.outbox(10, 10**6) == []
    assert len(vault.records(mine.family)) == RECORDS + 1
    assert vault.replica.staged() == (0, 0)


def test_words_that_were_replaced_before_they_came_are_not_found(vault: Vault) -> None:
    mine = Pen().begin(vault)
    theirs = Pen(record=mine.record, family=mine.family, author="tom").change({"/name": "Wren"})
    vault.write(mine.change({"/name": "Larch"}, {"/name": (theirs.id,)}))
    vault.seal_all()
    listed = [theirs, *arriving(mine.family)[:AT_ONCE]]
    vault.replica.stage(page(2, *(ChangeItem(change=to_wire(change)) for change in listed)))
    _prepare(vault)
    assert vault.replica.show_next_families(time.thread_time)
    assert vault.search("Larch Quill") == [mine.family]
    assert vault.search("Wren") == []


def test_what_was_made_ready_leaves_no_trace_if_the_family_leaves(vault: Vault) -> None:
    family = an_id()
    items = [ChangeItem(change=to_wire(change)) for change in arriving(family)[: AT_ONCE + 1]]
    vault.replica.stage(page(2, *items))
    assert vault.replica.prepare_next(time.thread_time)
    vault.replica.stage(page(3, LeftItem(family=family)))
    assert not vault.replica.prepare_next(time.thread_time)
    assert [shown.left for shown in vault.replica.show_next_families(time.thread_time)] == [True]
    for table in ("family", "record", "written", "answer", "found", "laid_out"):
        assert vault._store.value(f"SELECT count(*) FROM {table}") == 0, table


def test_no_word_is_written_of_what_comes_and_goes_again(vault: Vault) -> None:
    family = an_id()
    words = {f"/q{n}": f"Quoll{n}xyzzy was in the garden." for n in range(82)}
    coming = [ChangeItem(change=to_wire(Pen(family=family).change(words))) for _ in range(2)]
    once, again = ((item, LeftItem(family=family)) for item in coming)
    vault.replica.stage(page(2, *once, *again))
    _prepare(vault)
    assert vault.replica.show_next_families(time.thread_time)
    assert not _is_in_the_index(vault, b"xyzzy")


def test_a_large_family_leaves_in_a_moment_and_then_its_words_are_nowhere(vault: Vault) -> None:
    family, others = an_id(), arriving(an_id())[: AT_ONCE + 1]
    words = {f"/q{n}": f"Quoll{n}xyzzy was in the garden." for n in range(82)}
    leaving = [Pen(family=family).change(words) for _ in range(AT_ONCE + 1)]
    vault.replica.stage(page(2, *(ChangeItem(change=to_wire(c)) for c in [*leaving, *others])))
    _prepare(vault)
    while vault.replica.show_next_families(time.thread_time):
        pass
    assert vault.search("quoll7xyzzy") == [family]
    vault.replica.stage(page(3, LeftItem(family=family)))
    seconds, (shown,) = timed(partial(vault.replica.show_next_families, time.thread_time))
    assert shown.left
    assert seconds < LONGEST
    assert vault.search("quoll7xyzzy") == []
    assert _is_in_the_index(vault, b"xyzzy")
    parts = 0
    while vault.replica.prepare_next(time.thread_time):
        parts += 1
    assert parts
    assert not _is_in_the_index(vault, b"xyzzy")
    assert vault.search("Quill kitchen") == [others[0].family]
    assert ("secure-delete", 1) in vault._store.rows("SELECT k, v FROM found_config")


@pytest.mark.parametrize("is_laid_out_before", [False, True])
def test_of_a_large_family_a_record_goes_and_comes_again(
    vault: Vault, is_laid_out_before: bool
) -> None:
    family = an_id()
    first, *others = arriving(family)
    again = Pen(record=first.record, family=family, author="tom").change({"/name": "Wren"})
    vault.replica.stage(page(2, *(ChangeItem(change=to_wire(c)) for c in [first, *others])))
    if is_laid_out_before:
        _prepare(vault)
    gone = GoneItem(family=family, record=first.record)
    vault.replica.stage(page(3, gone, ChangeItem(change=to_wire(again))))
    _prepare(vault)
    seconds, (shown,) = timed(partial(vault.replica.show_next_families, time.thread_time))
    assert seconds < LONGEST
    assert (shown.changes, shown.is_new) == (RECORDS, True)
    assert vault.changes(first.record) == [again]
    assert [vault.changes(change.record) for change in others] == [[each] for each in others]
    assert vault.replica.staged() == (0, 0)


def _prepare(vault: Vault) -> None:
    while vault.replica.prepare_next(time.thread_time):
        pass


def _is_in_the_index(vault: Vault, word: bytes) -> bool:
    kept = vault._store.rows("SELECT block FROM found_data UNION ALL SELECT c0 FROM found_content")
    return any(word in (each if isinstance(each, bytes) else each.encode()) for (each,) in kept)
