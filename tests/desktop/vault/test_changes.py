"""Writing, sealing and reading back changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.vault import Vault
from desktop.vault.errors import AlreadySealed
from forms.records.answer import Absent, Answer
from forms.records.change import Change, Written
from tests.desktop.vault.making import BEGUN, CLOCK, DEVICE, BareStore, Pen, an_id, changes_of
from tests.desktop.vault.making import open_vault as unlock_again


def test_what_was_written_is_there_after_the_vault_was_opened_again(folder: Path) -> None:
    vault = unlock_again(folder)
    pen = Pen().begin(vault)
    change = pen.change(
        {
            "/note/what": "Sam said: “it’s too loud at night”.",
            "/note/who": Answer("", Absent.DECLINED, "Did not want to say."),
        }
    )
    vault.write(change)
    vault.close()
    again = unlock_again(folder)
    assert again.changes(pen.record) == [change]
    assert [family.id for family in again.families()] == [pen.family]
    assert [(r.id, r.form, r.version) for r in again.records(pen.family)] == [
        (pen.record, "visit_note", "1")
    ]
    again.close()


def test_an_open_change_is_rewritten_not_added_to(vault: Vault) -> None:
    pen = Pen().begin(vault)
    first = pen.change({"/note/what": "We", "/note/who": "Mum"})
    vault.write(first)
    longer = pen.change({"/note/what": "We met"}, change_id=first.id)
    vault.write(longer)
    assert vault.changes(pen.record) == [longer]


_SAID = st.builds(
    Written,
    st.one_of(
        st.builds(Answer, st.sampled_from(["", "We", "We met"])),
        st.just(Answer("", Absent.NOT_KNOWN, "Nobody asked")),
    ),
    st.sampled_from([(), ("018f3c00-0000-7000-8000-00000000aaaa",)]),
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["/note/what", "/note/who"]), _SAID, min_size=1),
        min_size=2,
        max_size=5,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_written_again_and_again_it_says_what_it_said_last(
    vault: Vault, sayings: list[dict[str, Written]]
) -> None:
    pen, change = Pen().begin(vault), an_id()
    for number, said in enumerate(sayings):
        at = CLOCK() + timedelta(minutes=number)
        last = replace(pen.change({}, change_id=change), at=at, answers=said)
        vault.write(last)
        assert vault.changes(pen.record) == [last]


def test_typing_on_writes_few_pages(vault: Vault, folder: Path) -> None:
    """At every pause, for hours, on the battery: a third of what putting it in anew would write."""
    pen = Pen().begin(vault)
    first = pen.change({"/note/what": "We"})
    vault.write(first)
    (log,) = folder.glob("*-wal")
    before = log.stat().st_size
    vault.write(pen.change({"/note/what": "We met"}, change_id=first.id))
    assert log.stat().st_size - before <= 4 * 4_200


def test_sealing_numbers_changes_one_after_the_other(vault: Vault) -> None:
    pens = [Pen().begin(vault) for _ in range(3)]
    for pen in pens:
        vault.write(pen.change({"/note/what": "We met."}))
    numbers = [change.number for change in vault.seal_all()]
    assert numbers == [1, 2, 3]
    assert vault.replica.waiting().changes == 3
    assert vault.seal_all() == ()


def test_a_seal_that_says_nothing_new_leaves_nothing(vault: Vault) -> None:
    pen = Pen().begin(vault)
    first = pen.change({"/note/what": "We met.", "/note/who": ""})
    vault.write(first)
    (sealed,) = vault.seal(pen.record)
    assert set(sealed.answers) == {"/note/what"}
    vault.write(pen.change({"/note/what": "We met."}, {"/note/what": (sealed.id,)}))
    assert vault.seal(pen.record) == ()
    assert vault.changes(pen.record) == [sealed]
    assert vault.replica.waiting().changes == 1


def test_settling_a_conflict_with_one_of_its_sides_is_kept(vault: Vault) -> None:
    pen = Pen().begin(vault)
    sides: list[Change] = []
    for said in ("Gran", "Mum"):
        vault.write(pen.change({"/note/who": said}))
        sides.extend(vault.seal(pen.record))
    settled = pen.change({"/note/who": "Mum"}, {"/note/who": tuple(c.id for c in sides)})
    vault.write(settled)
    assert [change.id for change in vault.seal(pen.record)] == [settled.id]


def test_a_second_open_change_seals_the_first(vault: Vault) -> None:
    pen = Pen().begin(vault)
    first, second = pen.change({"/note/what": "One."}), pen.change({"/note/who": "Mum"})
    vault.write(first)
    vault.write(second)
    assert [c.id for c in vault.changes(pen.record)] == [first.id, second.id]
    assert vault.changes(pen.record)[0].number == 1
    assert [c.id for c in vault.replica.outbox(10, 10_000)] == [first.id]


def test_the_open_change_comes_last(vault: Vault) -> None:
    pen, theirs = Pen().begin(vault), Pen(author="tom")
    opened = pen.change({"/note/what": "One."})
    vault.write(opened)
    late = replace(theirs.change({"/note/who": "Gran"}), record=pen.record, family=pen.family)
    vault.write(late)
    vault._changes._seal_where("WHERE change.id = ?", (late.id,))
    assert [c.id for c in vault.changes(pen.record)] == [late.id, opened.id]


def test_a_family_is_read_at_once_as_its_records_are_one_by_one(vault: Vault) -> None:
    first = Pen().begin(vault)
    second = Pen(family=first.family).begin(vault)
    Pen().begin(vault)
    for pen in (first, second, first):
        vault.write(pen.change({"/note/what": an_id(), "/note/who": "Mum"}))
    assert vault.changes_of_family(first.family) == {
        pen.record: vault.changes(pen.record) for pen in (first, second)
    }


def test_history_cannot_be_rewritten(vault: Vault) -> None:
    pen = Pen().begin(vault)
    change = pen.change({"/note/what": "We met."})
    vault.write(change)
    sealed = vault.seal(pen.record)
    with pytest.raises(AlreadySealed):
        vault.write(pen.change({"/note/what": "We did not meet."}, change_id=change.id))
    assert vault.changes(pen.record) == list(sealed)


def test_a_broken_character_from_a_paste_does_not_lose_the_answer(vault: Vault) -> None:
    pen = Pen().begin(vault)
    vault.write(pen.change({"/note/what": "half a smile \ud83d and words"}))
    (kept,) = vault.changes(pen.record)
    assert kept.answers["/note/what"].answer.value == "half a smile ? and words"


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_answers = st.builds(Answer, _texts, st.none() | st.sampled_from(Absent), _texts)
_written = st.builds(Written, _answers, st.lists(st.uuids().map(str), max_size=3).map(tuple))
_bodies = st.dictionaries(_texts.filter(bool), _written, min_size=1, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_bodies)
def test_whatever_is_written_reads_the_same_after_a_restart(
    tmp_path_factory: pytest.TempPathFactory, said: dict[str, Written]
) -> None:
    bare = BareStore(tmp_path_factory.mktemp("bare") / "vault.db")
    record = an_id()
    change = Change(
        an_id(),
        record,
        an_id(),
        "visit_note",
        "1",
        "priya",
        DEVICE,
        0,
        CLOCK(),
        "Asia/Kolkata",
        said,
    )
    store = bare.make()
    changes_of(store).write(change)
    store.connection.close()
    store = bare.open()
    assert changes_of(store).of_record(record) == [change]
    sealed = changes_of(store).seal(record)
    store.close()
    store = bare.open()
    assert changes_of(store).of_record(record) == list(sealed)
    kept = {path: w for path, w in said.items() if w.base or not w.answer.is_blank}
    assert dict(sealed[0].answers) == kept if sealed else kept == {}
    store.close()


def test_times_without_a_zone_are_refused(vault: Vault) -> None:
    pen = Pen()
    with pytest.raises(ValueError, match="zone"):
        vault.begin_family(pen.family, BEGUN.replace(tzinfo=None))
    assert vault.families() == []
