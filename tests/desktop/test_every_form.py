"""Every form of the folder prints, is saved, opened again and synced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.printing.blank_form import blank_story
from desktop.printing.document import print_story
from desktop.printing.filled_form import FilledForm, filled_story
from desktop.printing.setting import PrintSize
from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import Services, open_services
from desktop.vault.passphrase_cost import FLOOR
from forms.xforms import Session
from sync.ehm import council, packs
from tests.desktop.every_form import EACH, FORMS, NOW, answer_for, asked, definition_of, fill
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import FOOT
from tests.desktop.services.making import Desk, desk_of
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import running_ehm

A_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} 20\d\d\b")
PASSPHRASE = b"lantern otter maple drum"


@pytest.mark.parametrize("form", EACH)
def test_it_prints_blank_and_filled(form: str) -> None:
    definition = definition_of(form)
    session = Session(definition, clock=lambda: NOW)
    for _ in range(3):
        for node in asked(session):
            if not node.value and (value := answer_for(node)):
                session.set(node.path, value)
    filled = filled_story(FilledForm(definition.title(), session.root, "Ada Osei"))
    blank = blank_story(definition)
    for story in (blank, filled):
        printed = sound(print_story(story, PrintSize.STANDARD, FOOT).pdf)
        assert printed.text() == meant(story, large=False)
    assert not A_DAY.search(meant(blank, large=False)), "nobody knows on which day it is filled"


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Services, Services]]:
    """Two laptops of one worker, enrolled with a real EHM that has published the pack."""
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as ehm:
        with ehm.store.writing() as connection:
            packs.publish(connection, council.read(connection), pack_bytes(), ehm.clock())
        opened = []
        for name in ("first", "second"):
            clock = Clock(ehm.clock)
            code = ehm.code("Priya Shah")
            enrol(tmp_path / name, bytearray(PASSPHRASE), ehm.url, code, clock, cost=FLOOR)
            opened.append(open_services(tmp_path / name, bytearray(PASSPHRASE), clock))
        with closing(opened[0].vault), closing(opened[1].vault):
            yield opened[0], opened[1]


def test_every_form_is_saved_opened_again_and_synced(laptops: tuple[Services, Services]) -> None:
    first, second = laptops
    desk = desk_of(first)
    family = desk.families.begin()
    filled: dict[str, dict[str, str]] = {}
    records: dict[str, str] = {}
    for form in FORMS:
        records[form] = desk.records.begin(family, form)
        filling = desk.open(records[form])
        fill(filling)
        filled[form] = filling.session.answers()
        desk.records.seal(filling.freeze())
    assert all(len(answers) >= 3 for answers in filled.values())
    assert _answers(desk, records) == filled
    outcome = first.syncing.run(lambda job: job(), lambda progress: None, lambda: False)
    assert (outcome.trouble, outcome.state.waiting) == (None, 0)
    assert (
        second.syncing.run(lambda job: job(), lambda progress: None, lambda: False).trouble is None
    )
    assert _answers(desk_of(second), records) == filled


def _answers(desk: Desk, records: dict[str, str]) -> dict[str, dict[str, str]]:
    return {form: desk.open(record).session.answers() for form, record in records.items()}
