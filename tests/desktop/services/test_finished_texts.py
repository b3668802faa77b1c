"""What somebody signed stays as they signed it, on paper and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.printing.story import reading_text
from desktop.services.clock import Clock
from desktop.services.packs import Packs
from forms.pack import Pack
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.vault.making import make_vault, open_vault

NOW = datetime(2026, 3, 10, 14, 2, tzinfo=UTC)
BEFORE, SINCE = "I agree that Demo Council", "I am glad that Demo Council"
CHECKED_BEFORE, CHECKED_SINCE = "Zgadzam się.", "Zgadzam się chętnie."


def worded(pack: Pack, english: str, polish: str) -> Pack:
    """The pack with the council's agreement worded so, and checked in Polish."""
    texts = pack.lists["wording.csv"].decode().replace(BEFORE, english)
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
    """Dana at home, where paper is safe: the family, and her key."""
    family = desk.families.begin()
    people = desk.open(desk.records.begin(family, "household"))
    row, _ = people.add_row("/household/people/person")
    said = {"role": "parent", "given_name": "Dana", "lives": "here", "included": "yes"}
    for question, value in said.items():
        people.answer(f"{row}/{question}", value)
    desk.records.seal(people.freeze())
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    return family, desk.families.overview(family).people[0].person


def on_screen(desk: Desk, record: str) -> str:
    nodes = desk.open(record).session.root.walk()
    return next(node.label for node in nodes if node.name == "agreement_text")


def test_what_was_signed_reads_as_it_was_signed(desks: tuple[Desk, Desk]) -> None:
    before, since = desks
    family, dana = family_of(before)
    record = before.records.begin(family, "agreement")
    writing = before.open(record)
    row, _ = writing.add_row("/agreement/people/decision")
    writing.answer(f"{row}/who", dana)
    writing.answer(f"{row}/decision_language", "polish")
    writing.answer(f"{row}/answer", "yes")
    before.records.seal(writing.freeze())
    assert SINCE in on_screen(since, record)  # a draft is about the words of today
    worked_out = before.open(record).session.calculated()
    before.records.finish(before.records.open(record), worked_out, "for the test")
    assert BEFORE in on_screen(since, record)
    counter = since.paper.desk(family, f"record:{record}")
    paper = reading_text(counter.gather(dana, "standard").story())
    assert BEFORE in paper
    assert CHECKED_BEFORE in paper
    assert SINCE not in paper
    assert CHECKED_SINCE not in paper
    since.records.amend(since.records.open(record), "Dad wants to say something too.")
    assert SINCE in on_screen(since, record)
