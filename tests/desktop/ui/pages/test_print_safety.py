"""A worker at the print page with a real family: whatever the printer does, nothing is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.clock import Clock
from desktop.services.packs import Packs
from desktop.ui.lanes import InlineLane
from desktop.ui.moments import Moments
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.printers import Printers, PrinterTrouble, QtPrinters
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.services.test_paper import NOW, write_family
from tests.desktop.ui.pages.pictures import Paper
from tests.desktop.ui.pages.walk import click, said_on
from tests.desktop.vault.making import make_vault, open_vault
from tests.resources import shipped

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    vault = open_vault(make_vault(tmp_path / "vault"))
    desk = desk_with(vault, Packs(shipped.pack()), Clock(SteadyClock(NOW)))
    write_family(desk)
    yield desk
    vault.close()


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
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    family, lane = desk.vault.families()[0].id, InlineLane()
    before = set(tmp_path.rglob("*"))
    troubles: tuple[tuple[Printers, str], ...] = (
        (Gone(), "That printer is not there any more"),
        (OnlyAFile(), "That printer only makes a file"),
        (HALF, "The printer stopped half way"),
    )
    for number, (printers, said) in enumerate(troubles, 1):
        page = PrintPage(desk.paper.plan_desk(family), printers, lane, lane, Moments(desk.clock))
        qtbot.addWidget(page)
        page.load()
        page.show()
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
    kinds = [entry.event.kind for entry in desk.vault.audit()]
    assert [kind for kind in kinds if "copy" in kind or "print" in kind] == [
        "print requested",
        "copy nothing came out",
    ] * 3
    assert {file.suffix for file in set(tmp_path.rglob("*")) - before} <= {"", ".db", ".db-wal"}


def made(desk: Desk, family: str) -> list[str]:
    """What became of each copy, in the order in which they were asked for."""
    copies = desk.paper.copies.of_family(family)
    return [copy.said("became") for copy in sorted(copies, key=lambda copy: copy.said("number"))]
