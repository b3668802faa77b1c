"""Somebody who is not written down yet is added and chosen in one step, at the question."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.ui.pages.form import FormPage
from forms.casework.people import household
from tests.desktop.services.making import Desk, desk_of
from tests.desktop.test_bad_days import folder, made_once, start, unlock  # noqa: F401  fixtures
from tests.desktop.ui.pages.walk import click

PERSON = "/relationships/family/relationship"


@pytest.fixture
def program(start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    return program


def opened(program: Program, qtbot: QtBot, record: str) -> FormPage:
    assert program.unlocked is not None
    program.unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    page = program.window.page
    assert isinstance(page, FormPage)
    return page


def people(here: Desk, family: str) -> list[tuple[str, str]]:
    return [(one.name, one.role) for one in household(here.known.of_family(family).known)]


def test_somebody_new_is_written_down_and_chosen_and_undo_takes_back_both(program, qtbot):
    assert program.unlocked is not None
    here = desk_of(program.unlocked.services)
    family = here.families.begin()
    here.fill(family, "household", family__family_name="Rowan")
    before = len(people(here, family))
    page = opened(program, qtbot, here.records.begin(family, "relationships"))
    row = page.filling.session.node(PERSON).children[0].path
    path = f"{row}/person"
    page.jump_to(path)
    block = page.block(path)
    assert block is not None
    assert block._new_person is not None
    click(page, "Somebody else…")
    QTest.keyClicks(block._new_person.name, "Ada Rowan")
    block._new_person.add.click()
    qtbot.waitUntil(lambda: bool(page.filling.session.node(path).value))
    assert people(here, family)[-1] == ("Ada Rowan", "parent")
    node = page.filling.session.node(path)
    assert [c.label for c in node.choices if c.name == node.value] == ["Ada Rowan"]
    page.header.undo.click()
    qtbot.waitUntil(lambda: len(people(here, family)) == before)
    assert page.filling.session.node(path).value == ""
    page.header.redo.click()
    qtbot.waitUntil(lambda: ("Ada Rowan", "parent") in people(here, family))
    assert page.filling.session.node(path).value == node.value


def test_with_the_family_looking_on_nobody_new_is_offered(program, qtbot):
    assert program.unlocked is not None
    here = desk_of(program.unlocked.services)
    family = here.families.begin()
    page = opened(program, qtbot, here.records.begin(family, "visit_note"))
    blocks = {block.path: block for block in page.blocks()}
    assert any(block._new_person is not None for block in blocks.values())
    assert blocks["/visit_note/when/purpose"]._new_person is None
