"""What is said in one sitting: written, undone, found again."""

from __future__ import annotations

import pytest

from forms.records.answer import Absent
from forms.records.heads import Heads
from tests.desktop.services.making import Desk


@pytest.fixture
def family(desk: Desk) -> str:
    return desk.families.begin()


def test_what_was_said_is_found_again_in_the_next_sitting(desk, family):
    record = desk.records.begin(family, "household")
    filling = desk.open(record)
    filling.answer("/household/family/family_name", "The Sandersons")
    row, _ = filling.add_row("/household/people/person")
    filling.answer(f"{row}/given_name", "Maya")
    change = filling.take_unsaved()
    assert change is not None
    desk.records.write(change)  # and then the laptop goes dark: nothing was sealed

    again = desk.open(record)
    assert again.session.node("/household/family/family_name").value == "The Sandersons"
    assert again.session.node(f"{row}/given_name").value == "Maya"


def test_typing_on_is_one_step_of_undo(desk, family):
    filling = desk.open(desk.records.begin(family, "household"))
    for so_far in ("T", "Th", "The Sandersons"):
        filling.answer("/household/family/family_name", so_far)
    filling.undo()
    assert filling.session.node("/household/family/family_name").value == ""
    filling.redo()
    assert filling.session.node("/household/family/family_name").value == "The Sandersons"


def test_undoing_words_typed_after_an_undo_leaves_the_answer_before_them(desk, family):
    first, second = "/plan/start/strengths", "/plan/worried/contingency"
    filling = desk.open(desk.records.begin(family, "plan"))
    filling.answer(first, "They laugh a lot")
    filling.freeze()
    for words in ("Ring Dana", "Ring Priya"):
        filling.answer(second, words)
        filling.undo()
    assert filling.session.node(first).value == "They laugh a lot"
    assert filling.session.node(second).value == ""


def test_an_undo_of_an_earlier_sitting_is_unsaved_until_it_is_taken(desk, family):
    record = desk.records.begin(family, "household")
    path = "/household/family/family_name"
    desk.fill(family, "household", family__family_name="The Sandersons")
    later = desk.open(record)
    assert not later.is_unsaved
    later.undo()
    assert later.is_unsaved
    later.answer(path, "Okafor")
    desk.records.seal(later.take_closed())
    open_change = later.take_unsaved()
    assert open_change is not None
    desk.records.write(open_change)
    assert not later.is_unsaved
    said = [change.answers[path].answer.value for change in desk.vault.changes(record)]
    assert said == ["The Sandersons", "", "Okafor"]


def test_a_removed_row_comes_back_with_all_that_was_said_in_it(desk, family):
    record = desk.records.begin(family, "household")
    filling = desk.open(record)
    row, _ = filling.add_row("/household/people/person")
    filling.answer(f"{row}/given_name", "Leo")
    before = filling.session.answers()
    filling.remove_row(row)
    assert f"{row}/given_name" not in filling.session.answers()
    filling.undo()
    assert filling.session.answers() == before
    desk.records.seal(filling.freeze())
    assert desk.open(record).session.answers() == before


def test_undo_goes_on_into_earlier_sittings(desk, family):
    record = desk.records.begin(family, "household")
    filling = desk.open(record)
    filling.answer("/household/family/family_name", "The Sandersons")
    desk.records.seal(filling.freeze())
    filling.answer("/household/family/family_name", "Sanderson and Okafor")
    desk.records.seal(filling.freeze())

    later = desk.open(record)
    later.undo()
    assert later.session.node("/household/family/family_name").value == "The Sandersons"
    desk.records.seal(later.freeze())
    heads = Heads(desk.vault.changes(record))
    assert heads.current("/household/family/family_name").value == "The Sandersons"
    assert not heads.conflicts()


def test_a_change_back_and_forth_makes_no_conflict(desk, family):
    record = desk.records.begin(family, "household")
    filling = desk.open(record)
    path = "/household/family/family_name"
    filling.answer(path, "Sanderson")
    desk.records.seal(filling.freeze())
    filling.answer(path, "Okafor")
    filling.answer(path, "Sanderson")
    desk.records.seal(filling.freeze())
    filling.answer(path, "Sanderson-Okafor")
    desk.records.seal(filling.freeze())
    heads = Heads(desk.vault.changes(record))
    assert not heads.conflicts()
    assert heads.current(path).value == "Sanderson-Okafor"


def test_an_absence_counts_as_answered_and_an_answer_ends_it(desk, family):
    filling = desk.open(desk.records.begin(family, "safety_check"))
    path = "/safety_check/talking/safe_talk"
    assert path in {missing.path for missing in filling.outline.missing()}
    filling.set_absent(path, Absent.NOT_ASKED, "Everybody was in the room")
    assert path not in {missing.path for missing in filling.outline.missing()}
    assert filling.standing(path).answer.reason == "Everybody was in the room"
    filling.answer(path, "yes")
    assert filling.standing(path).answer.absent is None
    filling.undo()
    assert filling.standing(path).answer.absent is Absent.NOT_ASKED


def test_pages_without_anything_to_see_are_not_pages(desk, family):
    filling = desk.open(desk.records.begin(family, "safety_check"))
    assert [section.title for section in filling.outline.sections()] == [
        "Right now",
        "Talking and paper",
        "Getting in touch safely",
        "Visiting safely",
    ]
    outline, missing = filling.outline, filling.outline.missing()
    assert {outline.section_of(one.path) for one in missing} == {one.section for one in missing}


def test_loosening_a_protective_answer_asks_for_a_reason(desk, family):
    record = desk.records.begin(family, "safety_check")
    filling = desk.open(record)
    path = "/safety_check/talking/safe_paper"
    filling.answer(path, "no")
    assert not filling.needs_reason(path, "yes")  # nobody has relied on it yet
    desk.records.seal(filling.freeze())
    assert filling.needs_reason(path, "yes")
    assert filling.needs_reason(path, "unsure")
    assert not filling.needs_reason("/safety_check/talking/safe_paper_detail", "x")


def test_a_name_that_must_not_see_is_taken_out_only_with_a_reason(desk, family):
    filling = desk.open(desk.records.begin(family, "sharing"))
    row, _ = filling.add_row("/sharing/not/not_share")
    who = f"{row}/not_share_who"
    filling.answer(who, "Ray Sandersn")
    assert not filling.needs_reason_to_remove(row)  # nobody has relied on it yet
    desk.records.seal(filling.freeze())
    assert filling.needs_reason_to_remove(row)
    for words, lacks in (("Ray", True), ("my Ray", True), ("Ray Sandersn, next door", False)):
        filling.answer(who, words)
        assert filling.standing(who).lacks_reason == lacks, words
    filling.answer(who, "Ray Sanderson")
    assert filling.standing(who).lacks_reason
    desk.records.seal(filling.freeze())
    assert filling.standing(who).lacks_reason, "saved all the same, and still asked"
    assert filling.careful(who) == "Ray Sanderson, Ray Sandersn"
    filling.answer(who, "Ray Sanderson", "Dana: it was written wrongly")
    assert not filling.standing(who).lacks_reason
    desk.records.seal(filling.freeze())
    assert not filling.standing(who).lacks_reason
    filling.remove_row(row, "Dana says that he may see it now")
    filling.undo()
    assert filling.session.node(who).value == "Ray Sanderson"
    filling.redo()
    (change,) = filling.freeze()
    assert change.answers[who].answer.reason == "Dana says that he may see it now"


def test_a_save_that_failed_is_unsaved_again(desk, family):
    filling = desk.open(desk.records.begin(family, "household"))
    filling.answer("/household/family/family_name", "The Sandersons")
    first = filling.take_unsaved()
    assert filling.take_unsaved() is None
    filling.not_saved()
    assert filling.take_unsaved() == first
