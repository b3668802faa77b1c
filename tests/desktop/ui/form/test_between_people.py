"""Two people and one form: what is new, who wrote it, and what happens where they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.conflict import Conflict
from forms.records.answer import Answer
from forms.records.change import Change, Written
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_form_page import OUR_WEEK, change, shown

ELSE = "/data/last/else"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def said_of(author: str, number: int, value: str, *base: Change, path: str = ELSE) -> Change:
    whole = change(number, author, value)
    answer = Answer(value)
    return replace(whole, answers={path: Written(answer, tuple(one.id for one in base))})


def with_news(desk: Desk, *changes: Change, new: tuple[Change, ...]) -> Filling:
    filling = desk.filling(definition_of(OUR_WEEK), changes)
    opened = replace(filling.opened, news=frozenset(one.id for one in new))
    return Filling(opened, desk.clock)


def test_what_colleagues_wrote_meanwhile_is_listed_with_what_stood_before(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    first = said_of("kim", 1, "A tent")
    later = said_of("ash", 2, "A tent and a boat", first)
    page = shown(desk.page(with_news(desk, first, later, new=(later,))), qtbot)
    assert page.news.strip.text == "1 answer from Ash"
    page.news.show_them.click()
    (link,) = page.news.links
    assert link.accessibleName() == ("What else? A tent and a boat (Ash, 14:02). Before: A tent")
    link.click()
    assert page.shown_section == "/data/last"
    with qtbot.waitSignal(page.news.seen):
        page.news.read.click()
    assert not page.news.isVisible()


def test_nothing_new_takes_no_room(desk: Desk, qtbot: QtBot, look: None) -> None:
    page = shown(desk.page(with_news(desk, said_of("ash", 1, "A tent"), new=())), qtbot)
    assert not page.news.isVisible()


def test_what_is_not_asked_any_more_is_no_news(desk: Desk, qtbot: QtBot, look: None) -> None:
    hidden = said_of("ash", 1, "Rex", path="/data/home/pet_name")
    page = shown(desk.page(with_news(desk, hidden, new=(hidden,))), qtbot)
    assert not page.news.isVisible()


def two_texts(desk: Desk, qtbot: QtBot) -> tuple[FormPage, Conflict, tuple[Change, ...]]:
    first = said_of("kim", 1, "A tent")
    mine, theirs = said_of("kim", 2, "A boat", first), said_of("ash", 3, "A bike", first)
    filling = desk.filling(definition_of(OUR_WEEK), (first, mine, theirs))
    page = shown(desk.page(filling), qtbot)
    page.jump_to(ELSE)
    conflict = page.findChild(Conflict)
    assert conflict is not None
    return page, conflict, (mine, theirs)


def test_both_texts_who_when_and_the_text_before_are_shown(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    _, conflict, _ = two_texts(desk, qtbot)
    assert conflict.notice.text.splitlines() == [
        "Kim, 14:02: A boat",
        "Ash, 14:02: A bike",
        "Before, by Kim: A tent",
    ]


def test_two_texts_can_be_put_together(desk: Desk, qtbot: QtBot, look: None) -> None:
    page, conflict, both = two_texts(desk, qtbot)
    next(b for b in conflict.notice.buttons if b.words == "Put them together").click()
    page.leave()
    written = desk.sealed[-1].answers[ELSE]
    assert written.answer.value == "A boat; A bike"
    assert set(written.base) == {one.id for one in both}


def test_whoever_asks_first_leaves_both_as_they_are(desk: Desk, qtbot: QtBot, look: None) -> None:
    page, conflict, _ = two_texts(desk, qtbot)
    conflict.ask.click()
    page.leave()
    assert page.filling.standing(ELSE).in_conflict
    assert all(ELSE not in sealed.answers for sealed in desk.sealed)
    assert "waits on the family" in conflict.notice.accessibleName()


def test_answers_that_cannot_be_one_offer_no_putting_together(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    both = (change(1, "kim", "yes"), change(2, "ash", "no"))
    page = shown(desk.page(desk.filling(definition_of(OUR_WEEK), both)), qtbot)
    conflict = page.findChild(Conflict)
    assert conflict is not None
    assert [b for b in conflict.notice.buttons if "together" in b.words] == []
