"""A monkey at the real program: ``python -m tests.desktop.ui.monkey --events 100000 --seed S``.

Seeded events go to whatever is on the screen, over every page that they lead to. Afterwards, and
every hundred events, the invariants: the process is alive, Qt has warned of nothing, nothing
that nobody expected was raised, what a form shows is what is saved, and the store is sound.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QPointF,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QFileDialog,
    QLayoutItem,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from desktop.app import Program
from desktop.ui.look.flow import Flow
from desktop.ui.pages.beside import BesidePage
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.drawing import Drawing
from forms.records.answer_path import is_row
from forms.records.heads import Heads
from tests.desktop.ui.laptop import open_program, unlock, wait_for
from tests.desktop.ui.pages.walk import controls, name_of
from tests.desktop.vault.making import PASSPHRASE

K = Qt.Key
KEYS = [
    *(K.Key_Tab, K.Key_Backtab, K.Key_Space, K.Key_Return, K.Key_Up, K.Key_Down, K.Key_Left),
    *(K.Key_Backspace, K.Key_Delete, K.Key_Escape, K.Key_7, K.Key_A, K.Key_Z, K.Key_Home),
    *(K.Key_PageDown, K.Key_F6, K.Key_F8, K.Key_F1, K.Key_Ampersand, K.Key_End),
]
LEAVE_ALONE = ("Lock", "Hide", "Choose a place", "Open the camera", "Start visit", "End visit")
"""They end the process, show nothing, open a window of the system's, or are the clock's affair."""
LOOK_EVERY = 100
LONGEST_STAY = {True: 400, False: 20}
"""Events on one page, by whether a record is open on it, before the monkey goes back: or it would
spend two thirds of them on the sizes of text, each of which styles every page there is anew."""
IGNORED = ("propagateSizeHints", "JPEG", "This plugin does not support")


class Broken(Exception):
    """An invariant does not hold."""


class Monkey:
    """One monkey at one program."""

    def __init__(self, app: QApplication, folder: Path, seed: int) -> None:
        self._app = app
        self._chance = random.Random(seed)
        self.visited: Counter[str] = Counter()
        self.warned: list[str] = []
        self.raised: list[BaseException] = []
        self._stayed: tuple[QWidget | None, int] = None, 0
        qInstallMessageHandler(self._hear)
        sys.excepthook = self._raise
        QFileDialog.open = lambda dialog, *_: dialog.deleteLater()  # type: ignore[method-assign]
        self.program: Program = open_program(app, folder)
        self.program.window.lock_asked.disconnect(self.program.lock)
        unlock(app, self.program)

    def go(self, events: int) -> None:
        """So many events. Raises Broken."""
        for number in range(1, events + 1):
            self._go_on_from_where_it_stays()
            self._one()
            self._app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as exec does
            self.visited[type(self.program.window.page).__name__] += 1
            if number % LOOK_EVERY == 0 or number == events:
                self.look()

    def look(self) -> None:
        """The invariants, at this moment."""
        _close_popups()
        window = self.program.window
        if window.is_hidden_from_view:
            window.show_again()
        page = window.page
        if isinstance(page, FormPage | BesidePage):
            page.leave()
            wait_for(self._app, lambda: page.saving.unsaved is None)
            self._compare(page)
        wait_for(self._app, lambda: not self.program.vault_lane.busy)
        assert self.program.unlocked is not None
        self.program.unlocked.services.vault.check()
        if self.warned or self.raised or page is None:
            raise Broken(f"{self.warned} {self.raised!r} {page}")
        if any(not isValid(item) for row in window.findChildren(Flow) for item in _items(row)):
            raise Broken("a row of buttons has lost one that is there")
        if isinstance(page, BesidePage) and self._chance.random() < 0.3:
            page.taken_back.emit(bytearray(PASSPHRASE))
            wait_for(self._app, lambda: window.page is not page)

    def end(self) -> None:
        """Leave nothing behind."""
        self.program.end()
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__

    # --- inside ------------------------------------------------------------------------------

    def _go_on_from_where_it_stays(self) -> None:
        page = self.program.window.page
        on_it, so_long = self._stayed
        self._stayed = page, so_long + 1 if page is on_it else 0
        if page is not None and self._stayed[1] > LONGEST_STAY[page.holds_a_record]:
            _close_popups()
            if not isinstance(page, BesidePage):
                self.program.window.back()

    def _one(self) -> None:
        chance = self._chance
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.keyClick(_grid_of(popup) or popup, chance.choice(KEYS[:12]))
            if chance.random() < 0.15:
                _close_popups()
            return
        window, what = self.program.window, chance.random()
        if what < 0.45:
            seen = [w for w in controls(window) if not w.visibleRegion().isEmpty()]
            seen = [w for w in seen if w.isEnabled() and not name_of(w).startswith(LEAVE_ALONE)]
            bar = [w for w in seen if window.bar.isAncestorOf(w)]
            seen = [w for w in seen if w not in bar] or bar
            if bar and chance.random() < 0.04:  # it is everywhere, and leads away from every page
                seen = bar
            if seen:
                target = chance.choice(seen)
                where = target.visibleRegion().boundingRect().center()
                QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=where)
        elif what < 0.52:
            self._wheel(window)
        elif what < 0.54:
            window.resize(chance.randint(800, 1400), chance.randint(600, 1100))
        elif what < 0.56 and not isinstance(window.page, BesidePage):
            window.back()
        else:
            QTest.keyClick(QApplication.focusWidget() or window, chance.choice(KEYS))

    def _wheel(self, window: QWidget) -> None:
        place = QPointF(
            self._chance.randrange(window.width()), self._chance.randrange(window.height())
        )
        at = window.childAt(place.toPoint()) or window
        turn = QWheelEvent(
            QPointF(at.mapFrom(window, place.toPoint())),
            QPointF(window.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, self._chance.choice([-120, 120])),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(at, turn)

    def _compare(self, page: FormPage | BesidePage) -> None:
        """What is on the screen is what the vault has."""
        wait_for(self._app, lambda: not self.program.vault_lane.busy)
        assert self.program.unlocked is not None
        kept = self.program.unlocked.services.records.open(page.filling.opened.record)
        here = _said(page.filling.session.answers())
        there = _said({p: a.value for p, a in Heads(kept.changes).answers().items()})
        if here != there:
            differing = {p: (here.get(p), there.get(p)) for p in {*here, *there}}
            told = {p: both for p, both in differing.items() if both[0] != both[1]}
            raise Broken(f"shown and saved are not the same: {told}")
        for block in page.section.built_blocks():
            if isinstance(block.field, Drawing) or not block.field.isVisible():
                continue
            stands = page.filling.session.node(block.path).value
            if block.field.value() != stands and not block._loosening:
                raise Broken(f"{block.path} shows something else than what stands")

    def _raise(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not self.raised:
            traceback.print_exception(kind, error, trace, limit=-12)
        self.raised.append(error)

    def _hear(self, kind: QtMsgType, _: object, words: str) -> None:
        is_warning = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
        if is_warning and not any(one in words for one in IGNORED):
            self.warned.append(words)


def _said(answers: Mapping[str, str]) -> dict[str, str]:
    return {p: v for p, v in answers.items() if v and not is_row(p) and not p.startswith("@")}


def _grid_of(popup: QWidget) -> QWidget | None:
    return popup.findChild(QTableView) if isinstance(popup, QCalendarWidget) else None


def _items(row: Flow) -> list[QLayoutItem]:
    return [item for at in range(row.count()) if (item := row.itemAt(at)) is not None]


def _close_popups() -> None:
    for _ in range(5):
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        popup.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.ui.monkey", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.desktop.ui.laptop import make_laptop

    faulthandler.enable()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        monkey = Monkey(app, make_laptop(Path(folder) / "vault"), asked.seed)
        begun, done = time.monotonic(), 0
        try:
            while done < asked.events:
                monkey.go(min(1_000, asked.events - done))
                done += min(1_000, asked.events - done)
                sys.stdout.write(f"{done} events, {time.monotonic() - begun:.0f} s\n")
                sys.stdout.flush()
        except Broken as error:
            sys.stdout.write(f"after {done} and more events (seed {asked.seed}): {error}\n")
            return 1
        finally:
            monkey.end()
    pages = ", ".join(f"{page} {count}" for page, count in monkey.visited.most_common())
    sys.stdout.write(f"sound; events by page: {pages}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
