"""The line above a form: which form, whether it is saved, undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from desktop.ui.look.buttons import Button, quiet, secondary
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.menu import Menu
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.pages.header_strip import HeaderStrip
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.saving import SaveState, Saving
from desktop.ui.words import tr


class FormHeader(HeaderStrip):
    """Says in words what is saved. A failure is a bar that stays until it is over."""

    undo_asked = Signal()
    redo_asked = Signal()
    sections_asked = Signal()
    unanswered_asked = Signal()
    search_asked = Signal()
    language_asked = Signal()
    beside_asked = Signal()
    """Show it to the family, or hand it to the child."""
    one_asked = Signal(bool)
    """One question at a time, or the whole section."""

    def __init__(
        self,
        opened: OpenedRecord,
        saving: Saving,
        when: Callable[[datetime], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._saving, self._when = saving, when
        title = f"{opened.title} · {opened.about}" if opened.about else opened.title
        self.title = Body(title, self, bold=True)
        self.saved = Quiet("", self)
        self.sections = secondary(tr("Sections"), self)
        self.unanswered = quiet(tr("Next unanswered"), self)
        self.search = quiet(tr("Find"), self, icon_name="search")
        self.language = quiet(tr("Language"), self, icon_name="speech")
        self.language.setVisible(len(opened.definition.languages) > 1)
        self.one = quiet(tr("One at a time"), self)
        self._is_one = False
        self.undo = quiet(tr("Undo"), self, icon_name="undo")
        self.redo = quiet(tr("Redo"), self, icon_name="redo")
        words = tr("With the family") if opened.for_child is None else tr("With the child")
        self.beside = secondary(words, self)
        self.beside.setVisible(bool(opened.for_child or opened.for_family))
        self.try_again = secondary(tr("Try again"))
        self.failure = Notice(Kind.PROBLEM, "", self, actions=(self.try_again,))
        self.failure.hide()
        self.sections.hide()
        self.lay_out((self.title, self.saved), self.tools(), self.failure)
        self.title.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self.sections.clicked.connect(self.sections_asked)
        self.unanswered.clicked.connect(self.unanswered_asked)
        self.search.clicked.connect(self.search_asked)
        self.one.clicked.connect(self._turn)
        self.language.clicked.connect(self.language_asked)
        self.beside.clicked.connect(self.beside_asked)
        self.try_again.clicked.connect(saving.try_again)
        saving.changed.connect(self.show_saved)
        self.show_saved()

    def show_steps(self, filling: Filling) -> None:
        """Whether there is something to take back, or to do again."""
        self.undo.setEnabled(filling.can_undo)
        self.redo.setEnabled(filling.can_redo)

    def tools(self) -> tuple[Button, ...]:
        """The buttons, in order."""
        looking = (self.sections, self.language, self.one, self.search, self.unanswered)
        return (*looking, self.undo, self.redo, self.beside)

    def offer(
        self, button: Button, lines: Sequence[tuple[str, bool, str]], take: Callable[[str], None]
    ) -> None:
        """A menu under a button: words, whether they hold now, and what ``take`` gets for them."""
        menu = Menu(self)
        for words, holds, chosen in lines:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(holds)
            action.triggered.connect(lambda _=False, key=chosen: take(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _turn(self) -> None:
        self._is_one = not self._is_one
        self.one.say(tr("Whole section") if self._is_one else tr("One at a time"))
        self.one_asked.emit(self._is_one)

    def show_saved(self) -> None:
        """Say how saving stands."""
        saving = self._saving
        words = {
            SaveState.NOTHING_YET: tr("Saves by itself as you write"),
            SaveState.SAVING: tr("Saving…"),
            SaveState.FAILED: tr("Not saved"),
        }
        if saving.state is SaveState.SAVED and saving.saved_at is not None:
            self.saved.setText(tr("Saved {time}", time=self._when(saving.saved_at)))
        else:
            self.saved.setText(words.get(saving.state, ""))
        failed = saving.state is SaveState.FAILED and saving.error is not None
        if failed and saving.error is not None:
            trouble = trouble_of(saving.error)
            self.failure.say(
                tr("{what} Nothing is lost while this page stays open.", what=trouble.message),
                tr("Not saved: {what}", what=trouble.title),
            )
        self.failure.setVisible(failed)
