"""What is new in a record: colleagues' changes that this worker has not seen, by id."""

from __future__ import annotations

from dataclasses import replace

from desktop.services.filling import Filling
from desktop.services.news import News, new_answers
from forms.records.answer import Answer
from forms.records.change import Change, Written
from tests.desktop.services.making import Desk
from tests.desktop.vault.making import an_id

NAME = "/household/family/family_name"


def theirs(desk: Desk, record: str, value: str) -> Change:
    mine = desk.vault.changes(record)[0]
    return replace(
        mine, id=an_id(), author=an_id(), device=an_id(), number=0,
        answers={NAME: Written(Answer(value), (mine.id,))},
    )  # fmt: skip


def arrive(desk: Desk, change: Change) -> None:
    desk.vault.write(change)
    desk.vault.seal(change.record)


def test_a_colleagues_answer_is_new_until_it_is_seen(desk: Desk) -> None:
    news = News(desk.vault)
    record = desk.fill(desk.families.begin(), "household", family__family_name="Rowan")
    assert not news.with_news(desk.records.open(record)).news
    arrived = theirs(desk, record, "Rowan-Hale")
    arrive(desk, arrived)
    opened = news.with_news(desk.records.open(record))
    assert opened.news == {arrived.id}
    (new,) = new_answers(Filling(opened, desk.clock))
    assert (new.path, new.said.answer.value) == (NAME, "Rowan-Hale")
    assert new.before is not None
    assert new.before.answer.value == "Rowan"
    assert news.with_news(desk.records.open(record)).news  # leaving it unread loses nothing
    news.seen(record)
    assert not news.with_news(desk.records.open(record)).news


def test_what_the_worker_wrote_is_no_news_to_them(desk: Desk) -> None:
    news = News(desk.vault)
    record = desk.fill(desk.families.begin(), "household", family__family_name="Rowan")
    news.with_news(desk.records.open(record))
    filling = desk.open(record)
    filling.answer(NAME, "Hale")
    desk.records.seal(filling.freeze())
    assert not news.with_news(desk.records.open(record)).news
