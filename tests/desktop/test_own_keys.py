"""Another passphrase and PIN at the real window: for who fears that the old ones were seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.own_keys import OwnKeysPage
from desktop.ui.pages.this_laptop import ThisLaptopPage
from desktop.vault import Vault
from desktop.vault.errors import DiskFull, WrongPassphrase
from tests.desktop.test_bad_days import folder, made_once, start, unlock  # noqa: F401
from tests.desktop.ui.pages.walk import click, said_on
from tests.desktop.vault.making import PASSPHRASE, open_vault

NEW = "harbour violet cinder oak"


@pytest.fixture
def program(start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    assert isinstance(program.window.page, FamiliesPage)
    return program


def open_laptop(program, qtbot):
    click(program.window.page, "This laptop")
    page = program.window.page
    qtbot.waitUntil(lambda: "What keeps it safe" in said_on(page))
    return page


def test_they_are_changed_and_nothing_else_is(program, folder, start, qtbot):  # noqa: F811
    click(open_laptop(program, qtbot), "Change passphrase or PIN")
    page = program.window.page
    assert isinstance(page, OwnKeysPage)

    def ask(old: str, new: str, pin: str = "") -> None:
        for field, words in ((page.old, old), (page.new, new), (page.pin, pin)):
            field.setText(words)
        click(page, "Change")
        qtbot.waitUntil(lambda: program.window.page is not page or page.old.isEnabled())

    for old, new, pin, why in (
        ("", NEW, "", "Type your passphrase now"),
        ("not this one at all", NEW, "", WrongPassphrase.title),
        (PASSPHRASE.decode(), "password", "", "too easy to guess"),
        (PASSPHRASE.decode(), NEW, "1234", "Choose another PIN"),
    ):
        ask(old, new, pin)
        assert why in said_on(page)
    ask(PASSPHRASE.decode(), NEW, "2580")
    assert isinstance(program.window.page, ThisLaptopPage)
    assert "It is changed" in said_on(program.window.page)
    services = program.unlocked.services
    assert services.hiding.check_pin("2580").right
    kinds = [entry.event.kind for entry in services.vault.audit()][-2:]
    assert kinds == ["passphrase changed", "pin chosen"]
    program.end()
    with pytest.raises(WrongPassphrase):
        open_vault(folder)
    again = start()
    unlock(again, qtbot, NEW.encode())
    assert isinstance(again.window.page, FamiliesPage)


def test_a_disk_that_keeps_no_pin_does_not_say_that_nothing_has_changed(
    program,
    folder,  # noqa: F811
    qtbot,
    monkeypatch,
):
    def refuse(*_: object) -> None:
        raise DiskFull

    click(open_laptop(program, qtbot), "Change passphrase or PIN")
    page = program.window.page
    monkeypatch.setattr(Vault, "remember", refuse)
    for field, words in ((page.old, PASSPHRASE.decode()), (page.new, NEW), (page.pin, "2580")):
        field.setText(words)
    click(page, "Change")
    qtbot.waitUntil(page.old.isEnabled)
    assert "The new passphrase counts from now on" in said_on(page)
    assert not program.unlocked.services.hiding.has_pin
    program.end()
    with pytest.raises(WrongPassphrase):
        open_vault(folder)


def test_a_visit_that_begins_conceals_them(program, qtbot):
    click(open_laptop(program, qtbot), "Change passphrase or PIN")
    page = program.window.page
    click(page, "Use these words")
    assert page.new.text() in said_on(page)
    program.window.bar.visit_asked.emit()
    assert page.new.text() not in said_on(page)
    assert page.pin.echoMode() is page.new.echoMode() is QLineEdit.EchoMode.Password


def test_not_on_a_page_that_a_visit_finds_open(program, qtbot):
    page = open_laptop(program, qtbot)
    program.window.bar.visit_asked.emit()
    qtbot.waitUntil(lambda: "when the visit has ended" in said_on(page))
    assert "Change passphrase or PIN" not in said_on(page)


def test_not_during_a_visit(program, qtbot):
    program.unlocked.services.visiting.begin()
    page = open_laptop(program, qtbot)
    assert "when the visit has ended" in said_on(page)
    assert "Change passphrase or PIN" not in said_on(page)
