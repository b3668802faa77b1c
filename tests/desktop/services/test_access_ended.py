"""Access that ended: what was made before is handed in whole, and then leaves the laptop."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.vault import STROKES
from sync.ehm import schema
from tests.desktop.services.making import Desk, desk_of, synced
from tests.sync.running_ehm import RunningEhm

DRAWING = b'{"width": 1000, "height": 640, "strokes": []}'


def drawn(desk: Desk, family: str) -> str:
    """A child's drawing of today, in a record of a family; its name."""
    name = desk.vault.keep(DRAWING, STROKES)
    desk.fill(family, "child_voice", houses__good_drawing=name)
    return name


def at_the_centre(ehm: RunningEhm, name: str) -> list[bytes]:
    table = schema.attachment.c
    with ehm.store.reading() as connection:
        return list(connection.execute(select(table.content).where(table.name == name)).scalars())


@pytest.mark.parametrize("words_went_before", [False, True])
def test_a_drawing_made_before_access_ended_is_handed_in_and_then_leaves(
    laptop, ehm, words_went_before
):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    family = desk_of(priya).families.begin()
    synced(priya)
    ehm.give("Sam Okoro", family)
    synced(sam)
    name = drawn(desk_of(sam), family)
    if words_went_before:
        synced(sam, largest_file=0)
    ehm.take_away("Sam Okoro", family)

    synced(sam, largest_file=0)  # a metered line
    assert sam.families.list() == []
    assert sam.vault.attachment(name) == DRAWING
    assert at_the_centre(ehm, name) == []
    assert synced(sam).trouble is None

    assert at_the_centre(ehm, name) == [DRAWING]
    assert sam.vault.replica.waiting().attachments == 0
    assert (sam.vault.families(), sam.vault.inventory.held().attachments) == ([], 0)
    if not words_went_before:
        assert synced(priya).received == 0
        ehm.give("Sam Okoro", family)  # a coordinator says that it was theirs to write
    synced(priya)
    assert priya.vault.attachment(name) == DRAWING


def test_a_drawing_too_large_for_a_metered_line_goes_where_its_record_was_moved(laptop, ehm):
    priya = laptop("Priya Shah")
    desk = desk_of(priya)
    wrong, right = desk.families.begin(), desk.families.begin()
    name = drawn(desk, wrong)
    synced(priya, largest_file=0)
    (record,) = priya.vault.records(wrong)
    ehm.move(record.id, right)
    synced(priya, largest_file=0)
    assert at_the_centre(ehm, name) == []
    left = [c.answers.values() for c in priya.vault.changes(record.id)]
    assert not any(said.answer.value for answers in left for said in answers)
    synced(priya)
    assert at_the_centre(ehm, name) == [DRAWING]
    (moved,) = priya.vault.records(right)
    assert name in {
        said.answer.value
        for change in priya.vault.changes(moved.id)
        for said in change.answers.values()
    }
    assert priya.vault.attachment(name) == DRAWING


def test_words_that_the_centre_will_not_take_are_told_and_outlive_the_family(laptop, ehm):
    priya = laptop("Priya Shah")
    desk = desk_of(priya)
    family = desk.families.begin()
    synced(priya)
    too_long = "She said it all, word for word. " * 7_000
    record = desk.fill(family, "child_voice", houses__good=too_long)
    (told,) = synced(priya).state.set_aside
    assert told.family == family
    assert "Shorten the answer" in told.lines[0]
    ehm.take_away("Priya Shah", family)
    outcome = synced(priya)
    assert outcome.news[0].lines == (
        "This family is with somebody else now. What you had written was sent first.",
    )
    assert (priya.families.list(), priya.vault.record(record)) == ([], None)
    (told,) = outcome.state.set_aside
    assert (told.family, told.name) == ("", "A family that is not yours any more")
    assert "kept sealed on this laptop" in told.lines[0]
    ehm.give("Priya Shah", family)
    synced(priya)
    said = [c.answers.values() for c in priya.vault.changes(record)]
    assert any(each.answer.value == too_long for answers in said for each in answers)
