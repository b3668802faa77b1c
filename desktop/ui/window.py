"""The window: a stack of pages under one bar, with a way back, help, hiding and locking.

The title names the page and the program, never a person. What is on a page is the page's affair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.ui.bar import Bar
from desktop.ui.cover import Cover, WayBack
from desktop.ui.hiding_keys import HidingKeys, close_all_but
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.page_stack import PageStack
from desktop.ui.pages.page import Page
from desktop.ui.words import tr

LEAST_WIDTH, LEAST_HEIGHT = 800, 600


@dataclass(slots=True)
class _Visit:
    """A page on the stack, and the control on the page below that opened it."""

    page: Page
    opener: QWidget | None


class Window(QWidget):
    """Shows one page at a time.

    ``before_close`` is called before the window closes and saves what is not saved; if it raises,
    the window stays and `not_saved` tells what happened.
    """

    lock_asked = Signal()
    hidden_from_view = Signal()
    help_asked = Signal()
    look_asked = Signal()
    closed = Signal()
    not_saved = Signal(object)

    def __init__(self, before_close: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before_close = before_close
        self._visits: list[_Visit] = []
        self._left_behind: QWidget | None = None
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self._pages = PageStack()
        self._warning = Notice(Kind.CAUTION, "", title=tr("This laptop is about to lock"))
        self._warning.hide()
        self._announcer = Announcer(self)
        self._can_lock = True
        self.bar = self._made_bar()
        shown = QWidget()
        rows = QVBoxLayout(shown)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self._warning)
        rows.addWidget(self._pages, 1)
        self.cover = Cover()
        self._layers = QStackedLayout(self)
        self._layers.addWidget(shown)
        self._layers.addWidget(self.cover)
        self._make_keys()
        self._refresh()

    # What is shown -----------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page on top."""
        return self._visits[-1].page if self._visits else None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The page on the screen, and before it those below, the lowest first."""
        return tuple(visit.page for visit in self._visits)

    def holds(self, page: Page) -> bool:
        """Whether a page is on the screen, or below the one that is."""
        return page in self.pages

    def holds_a_record(self) -> bool:
        """Whether a record is open to be filled, on the screen or below it."""
        return any(page.holds_a_record for page in self.pages)

    def start(self, page: Page) -> None:
        """Show this page with none below it; every other page goes."""
        gone, self._visits = self._visits, []
        self._put(page, None)
        for visit in gone:
            self._drop(visit.page)

    @property
    def keeps_others_away(self) -> bool:
        """Whether a family or a child has the laptop: then nothing else is opened."""
        return any(page.keeps_others_away for page in self.pages)

    def open(self, page: Page) -> None:
        """Show a page over the present one. Going back returns to what opened it.

        What was asked for before the laptop was handed over, and comes only now, is let go.
        """
        if self.keeps_others_away and not page.may_interrupt:
            page.deleteLater()
            return
        if self.page is not None:
            self.page.leave()
        self._put(page, QApplication.focusWidget())

    def replace(self, page: Page) -> None:
        """Show a page instead of the present one; going back leads where that one led."""
        if not self._visits:
            self.start(page)
            return
        gone = self._visits.pop()
        self._put(page, gone.opener)
        self._drop(gone.page)

    def back(self) -> None:
        """Leave the present page for the one that opened it; nothing happens on the first."""
        if len(self._visits) < 2:
            return
        gone = self._visits.pop()
        below = self._visits[-1].page
        gone.page.leave()
        self._pages.show_page(below)
        self._refresh()
        opener = gone.opener
        if opener is not None and isValid(opener) and below.isAncestorOf(opener):
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._land(below)
        self._drop(gone.page, left=True)
        below.returned.emit()

    def return_to(self, page: Page) -> None:
        """Leave every page above this one; none while a family or a child has the laptop."""
        while self.holds(page) and self.page is not page and not self.keeps_others_away:
            self.back()

    # Hiding and locking ------------------------------------------------------------------

    @property
    def is_hidden_from_view(self) -> bool:
        """Whether the blank page covers everything."""
        return self._layers.currentWidget() is self.cover

    def hide_from_view(self) -> None:
        """Cover everything at once: nothing on the page, nothing in the title.

        Then the page keeps what is not kept, as when it is left; a job at the printer stops.
        """
        if self.is_hidden_from_view:
            return
        self._left_behind = QApplication.focusWidget()
        self.cover.blank()
        self._layers.setCurrentWidget(self.cover)
        close_all_but(self)
        self.cover.setFocus()
        self._refresh()
        if self.page is not None:
            self.page.leave()
        self.hidden_from_view.emit()

    def show_again(self) -> None:
        """Uncover the page, with focus where it was: whoever is there has shown that they may."""
        if not self.is_hidden_from_view:
            return
        self.cover.blank()
        self._layers.setCurrentIndex(0)
        self._refresh()
        left = self._left_behind
        if left is not None and isValid(left) and left.isVisibleTo(self):
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.page is not None:
            self._land(self.page)
        self._left_behind = None

    def lock(self) -> None:
        """Cover everything, then ask for the lock: nobody waits in front of an open page."""
        if not self._can_lock:
            return
        self.hide_from_view()
        self.lock_asked.emit()

    def warn_of_lock(self, seconds: int) -> None:
        """Say that nobody has touched the laptop for long, and when it locks."""
        words = tr(
            "Nobody has touched it for a while. It locks in {seconds} seconds; nothing is lost. "
            "Press a key or move the mouse to go on.",
            seconds=seconds,
        )
        self._warning.say(words)
        self._warning.show()
        self._announcer.say(words, urgent=True)

    def tell(self, words: str) -> None:
        """Say something to a screen reader that the bar shows: nothing while all is hidden."""
        if not self.is_hidden_from_view:
            self._announcer.say(words)

    def stop_warning(self) -> None:
        """Somebody is there again."""
        self._warning.hide()

    def allow_lock(self, allowed: bool) -> None:
        """Whether there is anything to lock: not at the unlock page."""
        self._can_lock = allowed
        self.bar.allow_lock(allowed)

    # Qt ----------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save first; ask nothing."""
        try:
            if self.page is not None:
                self.page.leave()
            self._before_close()
        except Exception as error:  # noqa: BLE001  whatever it was: stay open, lose nothing, say it
            event.ignore()
            self.not_saved.emit(error)
            return
        event.accept()
        self.closed.emit()

    # Inside ------------------------------------------------------------------------------

    def _put(self, page: Page, opener: QWidget | None) -> None:
        self._visits.append(_Visit(page, opener))
        page.name_changed.connect(self._refresh)
        self._pages.show_page(page)
        self._refresh()
        self._land(page)

    def _drop(self, page: Page, *, left: bool = False) -> None:
        if not left:
            page.leave()
        page.name_changed.disconnect(self._refresh)
        self._pages.removeWidget(page)
        page.deleteLater()

    def _land(self, page: Page) -> None:
        landing = page.landing()
        if landing.focusPolicy() is Qt.FocusPolicy.NoFocus:
            landing.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        landing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        page, program = self.page, tr("Your Family")
        if page is None or self.is_hidden_from_view:
            self.setWindowTitle(program)
        else:
            self.setWindowTitle(tr("{page} – {program}", page=page.name, program=program))
        is_alone = page is not None and page.keeps_others_away
        self.bar.back.setVisible(len(self._visits) > 1 and not is_alone)
        self.bar.keep_to_page(self.keeps_others_away)

    def _made_bar(self) -> Bar:
        bar = Bar()
        bar.back.clicked.connect(self.back)
        bar.help.clicked.connect(self.help_asked)
        bar.look.clicked.connect(self.look_asked)
        bar.hide_page.clicked.connect(self.hide_from_view)
        bar.lock.clicked.connect(self.lock)
        return bar

    def _make_keys(self) -> None:
        def key(words: str, keys: str, act: Callable[[], None]) -> None:
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setAutoRepeat(False)
            action.triggered.connect(act)
            self.addAction(action)

        HidingKeys(self, self._hide_or_show, self.lock)
        key(tr("Back"), "Alt+Left", self._back_if_shown)
        key(tr("Next part of the page"), "F6", lambda: self._move_pane(1))
        key(tr("Previous part of the page"), "Shift+F6", lambda: self._move_pane(-1))
        key(tr("Level 4 and urgent"), "F1", self._help_if_shown)

    def _hide_or_show(self) -> None:
        if self.is_hidden_from_view and self.cover.way_back is WayBack.A_KEY:
            self.show_again()
        elif self.is_hidden_from_view:
            self.cover.ask()
        elif self._can_lock:
            self.hide_from_view()

    def _back_if_shown(self) -> None:
        is_alone = self.page is not None and self.page.keeps_others_away
        if not self.is_hidden_from_view and not is_alone:
            self.back()

    def _help_if_shown(self) -> None:
        if not self.is_hidden_from_view and not self.keeps_others_away:
            self.help_asked.emit()

    def _move_pane(self, by: int) -> None:
        if self.page is None or self.is_hidden_from_view:
            return
        panes = [self.bar, *self.page.panes()]
        focused = QApplication.focusWidget()
        here = next(
            (n for n, p in enumerate(panes) if focused is not None and p.isAncestorOf(focused)), 0
        )
        for step in range(1, len(panes) + 1):
            if _focus_within(panes[(here + by * step) % len(panes)]):
                return


def _focus_within(pane: QWidget) -> bool:
    """Focus the first control of a pane in tab order."""
    at: QWidget | None = pane.nextInFocusChain()
    while at is not None and at is not pane:
        takes_tab = at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_tab and pane.isAncestorOf(at) and at.isVisible() and at.isEnabled():
            at.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        at = at.nextInFocusChain()
    return False
