"""The heads that SQL finds are those of ``forms.records.heads``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.vault.changes import Changes
from desktop.vault.store import Store
from forms.records.answer import Absent, Answer
from forms.records.change import Change, Written
from forms.records.heads import Heads
from tests.desktop.vault.making import BEGUN, DEVICE, BareStore, an_id, changes_of

_IDS = [f"0192f3c0-0000-7000-8000-00000000000{n}" for n in range(8)]
_answers = st.builds(
    Answer, st.sampled_from(["", "Mum", "Gran"]), st.sampled_from([None, Absent.NOT_KNOWN])
)
_written = st.builds(
    Written, _answers, st.lists(st.sampled_from(_IDS), max_size=3, unique=True).map(tuple)
)
_bodies = st.dictionaries(st.sampled_from(["/a", "/b", "/r[x]/c"]), _written, min_size=1)
_histories = st.dictionaries(st.sampled_from(_IDS), _bodies, min_size=1, max_size=8)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = BareStore(tmp_path_factory.mktemp("heads") / "vault.db").make()
    yield store
    store.close()


def _told_by_sql(store: Store) -> dict[str, dict[str, Answer]]:
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for path, change, value, absent, reason in store.rows(
        "SELECT path, change, value, absent, reason FROM head"
    ):
        found[path][change] = Answer(value, Absent(absent) if absent else None, reason)
    return dict(found)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(_histories, st.randoms(), st.booleans())
def test_sql_heads_are_heads_whatever_the_order(
    store: Store, history: dict[str, dict[str, Written]], chance: object, one_by_one: bool
) -> None:
    changes, record, family = changes_of(store), an_id(), an_id()
    written = [
        Change(i, record, family, "f", "1", "a", DEVICE, n, BEGUN, "UTC", said)
        for n, (i, said) in enumerate(history.items())
    ]
    chance.shuffle(written)  # type: ignore[attr-defined]
    for batch in [[c] for c in written] if one_by_one else [written]:
        changes.receive([(change, "") for change in batch])
    truth = Heads(written)
    assert _told_by_sql(store) == {p: dict(truth.of(p)) for p in truth.paths() if truth.of(p)}
    _indexed_are_the_heads(store)
    _and_again_without_one(store, changes, written)
    store.run("DELETE FROM family")
    store.run("DELETE FROM found")
    store.run("DELETE FROM replaced")


def _indexed_are_the_heads(store: Store) -> None:
    statement = "SELECT rowid FROM found WHERE rowid NOT IN (SELECT place FROM replaced)"
    indexed = {row & (1 << 32) - 1 for (row,) in store.rows(statement)}
    assert indexed == {p for (p,) in store.rows("SELECT place FROM head WHERE value <> ''")}


def _and_again_without_one(store: Store, changes: Changes, written: list[Change]) -> None:
    """Taking a change out leaves what would be there had it never come."""
    gone, *left = written
    changes.remove([store.value("SELECT place FROM change WHERE id = ?", (gone.id,))])
    truth = Heads(left)
    assert _told_by_sql(store) == {p: dict(truth.of(p)) for p in truth.paths() if truth.of(p)}
    _indexed_are_the_heads(store)


def test_an_open_change_is_no_head_yet(store: Store) -> None:
    changes, record, family = changes_of(store), an_id(), an_id()
    first = Change(
        an_id(),
        record,
        family,
        "f",
        "1",
        "a",
        DEVICE,
        1,
        BEGUN,
        "UTC",
        {"/a": Written(Answer("1"))},
    )
    changes.receive([(first, "")])
    changes.write(
        Change(
            *(an_id(), record, family, "f", "1", "a", DEVICE, 0, BEGUN, "UTC"),
            {"/a": Written(Answer("2"), (first.id,))},
        )
    )
    assert _told_by_sql(store) == {"/a": {first.id: Answer("1")}}
    store.run("DELETE FROM family")
