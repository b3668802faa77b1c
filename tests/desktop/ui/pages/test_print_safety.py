"""A worker at the print page with a real family: whatever the printer does, nothing is given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services.clock import Clock
from desktop.services.packs import Packs
from desktop.services.print_views import PrintDesk
from desktop.ui.lanes import InlineLane
from desktop.ui.moments import Moments
from desktop.ui.pages.page_picture import PageView
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.printers import Printers, PrinterTrouble, QtPrinters
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.services.test_paper import NOW, disagree, record_of, write_family
from tests.desktop.ui.pages.pictures import Paper
from tests.desktop.ui.pages.walk import click, controls, find, name_of, said_on
from tests.desktop.vault.making import make_vault, open_vault
from tests.resources import shipped

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture(scope="module")
def packs() -> Packs:
    return Packs(shipped.pack())


@pytest.fixture(scope="module")
def written(packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with a family in it; each test has its own copy."""
    folder = make_vault(tmp_path_factory.mktemp("written") / "vault")
    vault = open_vault(folder)
    write_family(desk_with(vault, packs, Clock(SteadyClock(NOW))))
    vault.close()
    return folder


@pytest.fixture
def desk(written: Path, packs: Packs, tmp_path: Path) -> Iterator[Desk]:
    vault = open_vault(Path(shutil.copytree(written, tmp_path / "vault")))
    yield desk_with(vault, packs, Clock(SteadyClock(NOW)))
    vault.close()


@pytest.fixture
def family(desk: Desk) -> str:
    return desk.vault.families()[0].id


def opened(desk: Desk, counter: PrintDesk, printers: Printers, qtbot: QtBot) -> PrintPage:
    lane = InlineLane()
    page = PrintPage(counter, printers, lane, lane, Moments(desk.clock))
    qtbot.addWidget(page)
    page.load()
    page.show()
    return page


class Gone(QtPrinters):
    """A printer that is switched off while it is looked at."""

    def __init__(self) -> None:
        self._known = ["Hall"]

    def names(self) -> tuple[str, ...]:
        return (self._known.pop(),) if self._known else ()


class OnlyAFile(QtPrinters):
    """A queue that turns out to write a file, as Qt has it of every queue that it does not know."""

    def names(self) -> tuple[str, ...]:
        return ("Hall",)


HALF = Paper("Hall", error=PrinterTrouble("The printer stopped half way", "Look.", 1))


def test_a_printer_that_lets_the_worker_down_is_said_and_nothing_counts_as_given(
    desk: Desk, family: str, qtbot: QtBot, tmp_path: Path
) -> None:
    before = set(tmp_path.rglob("*"))
    troubles: tuple[tuple[Printers, str], ...] = (
        (Gone(), "That printer is not there any more"),
        (OnlyAFile(), "That printer only makes a file"),
        (HALF, "The printer stopped half way"),
    )
    for number, (printers, said) in enumerate(troubles, 1):
        page = opened(desk, desk.paper.plan_desk(family), printers, qtbot)
        for words in ("The whole family", "I have checked this", "Print…"):
            click(page, words)
        assert made(desk, family) == ["nothing"] * (number - 1)
        click(page, "Print 1 page")
        assert said in said_on(page)
        assert made(desk, family)[-1:] == ["requested"]
        click(page, "Nothing came out")
        click(page, "Record this")
        assert made(desk, family) == ["nothing"] * number
        page.close()
    assert noted(desk) == ["print requested", "copy nothing came out"] * 3
    assert {file.suffix for file in set(tmp_path.rglob("*")) - before} <= {"", ".db", ".db-wal"}


def made(desk: Desk, family: str) -> list[str]:
    """What became of each copy, in the order in which they were asked for."""
    copies = desk.paper.copies.of_family(family)
    return [copy.said("became") for copy in sorted(copies, key=lambda copy: copy.said("number"))]


def noted(desk: Desk) -> list[str]:
    """What the audit says of copies."""
    kinds = [entry.event.kind for entry in desk.vault.audit()]
    return [kind for kind in kinds if "copy" in kind or "print" in kind]


def test_what_became_of_a_copy_is_the_worker_s_word(desk: Desk, family: str, qtbot: QtBot) -> None:
    page = opened(desk, desk.paper.plan_desk(family), Paper("Hall"), qtbot)
    for pressed in ("The whole family", "I have checked this"):
        click(page, pressed)
    said = {"I destroyed it": "destroyed", "It was left in the printer": "left"}
    for number, words in enumerate(said):
        click(page, "Print…")
        click(page, "Print 1 page")
        assert made(desk, family)[number:] == ["requested"]
        click(page, words)
        click(page, "Record this")
    assert made(desk, family) == [*said.values()]
    assert noted(desk)[1::2] == ["copy destroyed", "copy left in the printer"]


def test_without_a_printer_a_copy_is_saved_after_a_warning_or_owed(
    desk: Desk, family: str, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desk, desk.paper.plan_desk(family), Paper(), qtbot)
    for pressed in ("The whole family", "I have checked this", "Print…"):
        click(page, pressed)
    assert "This laptop knows no printer" in said_on(page)
    click(page, "Not now")
    click(page, "Save a copy…")
    assert "A saved copy is not locked." in said_on(page)
    assert made(desk, family) == []
    place = find(page, "Where to save the copy")
    assert isinstance(place, QLineEdit)
    place.setText(str(tmp_path / "plan.pdf"))
    assert list(tmp_path.glob("*.pdf")) == []
    click(page, "Save this copy")
    assert made(desk, family) == ["saved"]
    assert [file.name for file in tmp_path.rglob("*.pdf")] == ["plan.pdf"]
    click(page, "It cannot be printed here…")
    how = find(page, "How does it reach them safely?")
    assert isinstance(how, QLineEdit)
    how.setText("At the school gate, into her hand")
    click(page, "Write this down")
    assert [line.reaches for line in desk.paper.owed(family)] == [how.text()]


def test_a_disagreement_is_marked_on_the_page_and_a_protective_one_stops_it(
    desk: Desk, family: str, qtbot: QtBot
) -> None:
    path, record = "/assessment/start/hope", record_of(desk, family, "assessment")
    writing = desk.open(record)
    writing.answer(path, "We laugh every day")
    desk.records.seal(writing.freeze())
    disagree(desk, record, path, "We sleep")
    sharing = desk.fill(family, "sharing", agencies__share_police="no")
    page = opened(desk, desk.paper.desk(family, f"record:{record}"), Paper("Hall"), qtbot)
    click(page, "The whole family")
    shown = [view.accessibleDescription() for view in page.findChildren(PageView)]
    assert "This has two answers." in "".join(shown)
    assert find(page, "I have checked this")
    disagree(desk, sharing, "/sharing/agencies/share_police", "yes")
    page = opened(desk, desk.paper.plan_desk(family), Paper("Hall"), qtbot)
    assert "Settle that answer first" in said_on(page)
    assert not any(name_of(control).startswith("The whole family") for control in controls(page))
    assert made(desk, family) == []
