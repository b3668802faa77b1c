"""What somebody signed stays as they signed it, on paper and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.printing.story import reading_text
from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.services.packs import Packs
from desktop.services.papers.manners import EASY
from forms.pack import Pack
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.vault.making import make_vault, open_vault

NOW = datetime(2026, 3, 10, 14, 2, tzinfo=UTC)
BEFORE, SINCE = "I agree that Demo Council", "I am glad that Demo Council"
WORKERS = "/agreement/worker/worker_signature"
CHANGED, SIGNED_EARLIER = "These words have changed since", "This was signed on the earlier words"
SIGNED = b'{"width": 1000, "height": 400, "strokes": [{"points": [[1, 1, 1], [9, 9, 1]]}]}'
CHECKED_BEFORE, CHECKED_SINCE = "Zgadzam się.", "Zgadzam się chętnie."


def worded(pack: Pack, english: str, polish: str) -> Pack:
    """The pack with the council's agreement worded so, and checked in Polish."""
    texts = pack.lists["wording.csv"].decode().replace(BEFORE, english)
    texts = texts.replace(",2026.11 demo,", f",2026.{len(english)},")
    lists = {**pack.lists, "wording.csv": f"{texts}agreement.polish,{polish},2,pl\n".encode()}
    assert english in texts
    return Pack(pack._manifest, pack._forms, lists, pack._glossary)


@pytest.fixture
def desks(tmp_path: Path, pack: Pack) -> Iterator[tuple[Desk, Desk]]:
    """One laptop, before and after the council words its agreement anew."""
    vault = open_vault(make_vault(tmp_path / "vault"))
    clock = Clock(SteadyClock(NOW))
    before, since = worded(pack, BEFORE, CHECKED_BEFORE), worded(pack, SINCE, CHECKED_SINCE)
    yield desk_with(vault, Packs(before), clock), desk_with(vault, Packs(since), clock)
    vault.close()


def family_of(desk: Desk) -> tuple[str, str]:
    """Dana and Lee at home, where paper is safe: the family, and her key."""
    family = desk.families.begin()
    people = desk.open(desk.records.begin(family, "household"))
    for name in ("Dana", "Lee"):
        row, _ = people.add_row("/household/people/person")
        said = {"role": "parent", "given_name": name, "lives": "here", "included": "yes"}
        for question, value in said.items():
            people.answer(f"{row}/{question}", value)
    desk.records.seal(people.freeze())
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    return family, desk.families.overview(family).people[0].person


def on_screen(desk: Desk, record: str) -> str:
    nodes = desk.open(record).session.root.walk()
    return next(node.label for node in nodes if node.name == "agreement_text")


def agreement_of(desk: Desk, family: str, dana: str) -> str:
    """Dana has agreed, reading Polish, and signed; the record is finished."""
    record = desk.records.begin(family, "agreement")
    writing = desk.open(record)
    row, _ = writing.add_row("/agreement/people/decision")
    signed = desk.records.keep(SIGNED, "strokes.json")
    said = {
        "who": dana,
        "decision_language": "polish",
        "answer": "agrees",
        "method": "signed",
        "signature": signed,
    }
    for question, value in said.items():
        writing.answer(f"{row}/{question}", value)
    writing.answer(WORKERS, "typed: Sam Okoro")
    desk.records.seal(writing.freeze())
    finish(desk, record)
    return record


def finish(desk: Desk, record: str) -> None:
    worked_out = desk.open(record).calculated()
    desk.records.finish(desk.records.open(record), worked_out, "for the test")


def on_paper(desk: Desk, family: str, record: str, reader: str, manner: str = "plain") -> str:
    counter = desk.paper.desk(family, f"record:{record}")
    return reading_text(counter.gather(reader, "standard", manner).story())


def test_what_was_signed_reads_as_it_was_signed(desks: tuple[Desk, Desk], pack: Pack) -> None:
    before, since = desks
    family, dana = family_of(before)
    draft = before.records.begin(family, "agreement")
    assert SINCE in on_screen(since, draft)  # a draft is about the words of today
    record = agreement_of(before, family, dana)
    assert BEFORE in on_screen(since, record)
    paper = on_paper(since, family, record, dana)
    easy = on_paper(since, family, record, dana, EASY)
    for words in (BEFORE, CHECKED_BEFORE):
        assert words in paper
        assert words in easy  # the easy words of today are about another text
    for words in (SINCE, CHECKED_SINCE, CHANGED):
        assert words not in paper
    assert not since.open(record).earlier_words()
    lee = next(p.person for p in since.families.overview(family).people if p.name == "Lee")
    paper = on_paper(since, family, record, lee)
    assert BEFORE in paper
    assert CHECKED_BEFORE not in paper  # in which language she reads is her own
    dropped = desk_with(since.vault, Packs(pack), since.clock)  # nobody has checked the Polish
    assert CHECKED_BEFORE in on_paper(dropped, family, record, dana)
    notes = {n.name: n.label for n in dropped.open(record).session.root.walk() if n.relevant}
    assert notes["text_in_theirs"] == CHECKED_BEFORE


def test_a_signature_belongs_to_the_words_it_was_put_under(desks: tuple[Desk, Desk]) -> None:
    before, since = desks
    family, dana = family_of(before)
    record = agreement_of(before, family, dana)
    since.records.amend(since.records.open(record), "Dad wants to say something too.")
    for step in ("amended", "finished again"):
        assert SINCE in on_screen(since, record), step
        (earlier,) = since.open(record).earlier_words()  # and no version, which changed as well
        assert [BEFORE in one for one in earlier.words] == [True, False]
        assert earlier.words[1] == CHECKED_BEFORE
        assert WORKERS in earlier.signed
        (hers,) = earlier.signed - {WORKERS}
        paper = on_paper(since, family, record, dana)
        assert SINCE in paper
        assert paper.index(CHANGED) < paper.index(SINCE) < paper.index(BEFORE)
        assert paper.count(SIGNED_EARLIER) == 2
        assert "Sam Okoro (typed)" in paper
        assert paper.rindex(SIGNED_EARLIER) < paper.index(BEFORE)
        finish(since, record)
    since.records.amend(since.records.open(record), "Mum signs again.")
    writing = since.open(record)
    writing.answer(hers, since.records.keep(SIGNED.replace(b"1000", b"999"), "strokes.json"))
    since.records.seal(writing.freeze())
    finish(since, record)
    (earlier,) = since.open(record).earlier_words()
    assert earlier.signed == {WORKERS}
    paper = on_paper(since, family, record, dana)
    assert BEFORE in paper
    assert paper.count(SIGNED_EARLIER) == 1


def test_what_came_after_finishing_leaves_the_words_that_were_signed(
    desks: tuple[Desk, Desk],
) -> None:
    before, since = desks
    family, dana = family_of(before)
    record = agreement_of(before, family, dana)
    late = Filling(before.records.open(record), before.clock)
    late.answer("/agreement/worker/worker_signed_on", "2026-03-09")
    before.records.seal(late.freeze())
    opened = since.records.open(record)
    assert opened.finalised
    assert opened.arrived_from == (opened.names[opened.author],)
    assert BEFORE in on_screen(since, record)
    paper = on_paper(since, family, record, dana)
    assert BEFORE in paper
    assert CHECKED_BEFORE in paper
    assert SINCE not in paper
    finish(since, record)  # as it stands: nobody has read others
    assert BEFORE in on_screen(since, record)
    assert BEFORE in on_paper(since, family, record, dana)
