"""Whoever writes while a sync seals loses nothing, and is not told that they disagree."""

from __future__ import annotations

from desktop.services.filling import Filling
from forms.records.heads import Heads
from tests.desktop.services.making import Desk

WORDS, OPINION = "/visit_note/what/facts", "/visit_note/what/opinion"


def save(desk: Desk, filling: Filling) -> None:
    """As the page does at each pause."""
    change = filling.take_unsaved()
    assert change is not None
    desk.records.write(change)


def said(desk: Desk, record: str) -> Heads:
    heads = Heads(desk.vault.changes(record))
    assert heads.conflicts() == (), "somebody disagrees with themselves"
    return heads


def test_words_typed_on_after_a_sync_sealed_the_first_half_are_kept(desk: Desk) -> None:
    record = desk.records.begin(desk.families.begin(), "visit_note")
    filling = desk.open(record)
    whole = "The kettle was on and Sam showed me his drawing."
    for end in (10, 20, 30):
        filling.answer(WORDS, whole[:end])
        save(desk, filling)
        desk.vault.replica.seal_all()  # a sync, in the middle of the sentence
    filling.answer(WORDS, whole)
    save(desk, filling)
    assert said(desk, record).current(WORDS).value == whole
    filling.answer(OPINION, "They are proud of him.")
    desk.records.seal(filling.freeze())
    assert said(desk, record).current(OPINION).value == "They are proud of him."

    filling.answer(WORDS, whole + " And his dog.")
    desk.records.seal(filling.freeze())
    assert said(desk, record).current(WORDS).value == whole + " And his dog."
    again = desk.open(record)
    assert again.standing(WORDS).answer.value == whole + " And his dog."


def test_what_was_typed_and_taken_back_over_a_sync_is_taken_back(desk: Desk) -> None:
    record = desk.records.begin(desk.families.begin(), "visit_note")
    filling = desk.open(record)
    for words in ("One", "One two", "One"):
        filling.answer(WORDS, words)
        save(desk, filling)
        desk.vault.replica.seal_all()
    desk.records.seal(filling.freeze())
    assert said(desk, record).current(WORDS).value == "One"


def test_sealing_again_after_an_error_says_nothing_twice(desk: Desk) -> None:
    record = desk.records.begin(desk.families.begin(), "visit_note")
    filling = desk.open(record)
    filling.answer(WORDS, "All of it.")
    frozen = filling.freeze()
    for _ in range(2):
        desk.records.seal(frozen)
    assert len([c for c in desk.vault.changes(record) if WORDS in c.answers]) == 1
    assert said(desk, record).current(WORDS).value == "All of it."
