"""A form while a family or a child looks on: large, calm, and nothing but what they may see.

No menu, count, prompt, history or clash; no way to another page. The worker takes the laptop back
with a PIN or the passphrase. One key (`WORRY_KEY`), of which the page says nothing, marks that
something worrying was said: the safety record opens once the worker has the laptop again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.services.filling import Filling
from desktop.services.sight import Sight
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, quiet, secondary
from desktop.ui.look.enlarged import Enlarged
from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.menu import Menu
from desktop.ui.look.scroll_page import ScrollPage
from desktop.ui.look.spacing import SECTION
from desktop.ui.pages.form_acts import FormActs
from desktop.ui.pages.form_drafted import DraftedForFamily
from desktop.ui.pages.form_language import language_name
from desktop.ui.pages.form_worded import WordsChanged
from desktop.ui.pages.header_strip import HeaderStrip
from desktop.ui.pages.page import Page
from desktop.ui.pages.section_view import SectionView
from desktop.ui.pages.worker_again import WorkerAgain
from desktop.ui.questions.asking import is_asked
from desktop.ui.questions.block import Block
from desktop.ui.questions.field import Surroundings
from desktop.ui.questions.telling import Telling
from desktop.ui.questions.wishes import Wishes
from desktop.ui.saving import SaveState, Saving
from desktop.ui.words import tr
from forms.xforms import Delta

FAMILY_TEXT, CHILD_TEXT = 1.25, 1.5
WORRY_KEY = Qt.Key.Key_F8


class BesidePage(Page):
    """Shows one filling to a family, or (``one_at_a_time``) to a child.

    ``taken_back`` carries what the worker typed to take the laptop back; the receiver wipes it,
    then shows another page or calls `worker.refused`. ``worried``: the key was pressed.
    """

    taken_back = Signal(object)
    worried = Signal()
    keeps_others_away = True

    def __init__(
        self,
        filling: Filling,
        saving: Saving,
        around: Surroundings,
        sight: Sight,
        parent: QWidget | None = None,
        *,
        for_child: bool = False,
    ) -> None:
        super().__init__(filling.opened.title, parent)
        self.filling, self.saving, self._sight = filling, saving, sight
        self._begun = filling.steps
        self.announcer = Announcer(self)
        self.wishes = Wishes(self)
        self._around = Enlarged(CHILD_TEXT if for_child else FAMILY_TEXT, self)
        self.scroller = ScrollPage(self._around, centred=True)
        self.forward = primary(tr("Next"), self._around)
        self.backward = secondary(tr("Back"), self._around)
        self.thanks = Body(tr("That is all. Thank you."), self._around, bold=True)
        self.section = SectionView(
            filling,
            Telling(
                around,
                self.wishes,
                filling.standing,
                filling.history,
                _no_moment,
                filling.opened.is_closed,
                self.sees,
                beside=True,
                needs_reason_to_remove=filling.needs_reason_to_remove,
            ),
            (self.backward, self.forward),
            self._around,
        )
        self.section.turn(for_child)
        self.heading = self.section.heading
        self.acts = FormActs(filling, saving, self.section, self.wishes, self)
        self.drafted = DraftedForFamily(filling, self._around)
        zone = around.now().tzinfo
        self.worded = WordsChanged(filling, zone, self._around, sees=self.sees)
        self.saved = Quiet("", self)
        self.pages = quiet(tr("Pages"), self)
        self.language = quiet(tr("Language"), self, icon_name="speech")
        self.undo = quiet(tr("Undo"), self, icon_name="undo")
        self.take_back = quiet(tr("Worker"), self, icon_name="lock")
        self.worker = WorkerAgain(self)
        self.worker.hide()
        self._lay_out()
        self._listen()
        self._show_first()

    def sees(self, path: str) -> bool:
        """Whether a path of the form may be on this screen."""
        return self._sight.sees(path, self.filling.values)

    def landing(self) -> QWidget:
        return self.heading

    def leave(self) -> None:
        self.section.settle()
        self.saving.seal_now()

    def shown_sections(self) -> list[tuple[str, str]]:
        """Path and title of every section with something to show here, in order."""
        return sections_beside(self.filling, self._sight)

    def blocks(self) -> list[Block]:
        """The questions on the screen, in order."""
        return self.section.blocks()

    def show_section(self, path: str) -> None:
        """Show this section from its top."""
        self.leave()
        self.section.build(path)
        self._show_place()
        self.scroller.to_top()
        self.heading.setFocus()

    def speak(self, language: str) -> None:
        """Ask the questions in another language of the form."""
        self.filling.session.set_language(language)
        self.section.show_language()
        self.drafted.show_now()
        self.worded.show_now()
        self._show_place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == WORRY_KEY and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if not event.isAutoRepeat():
                self.worried.emit()
            return
        super().keyPressEvent(event)

    # --- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.language.setVisible(len(self.filling.opened.definition.languages) > 1)
        bar = HeaderStrip(self)
        title = Body(self.filling.opened.title, bar, bold=True)
        tools = (self.pages, self.language, self.undo, self.take_back)
        bar.lay_out((title, self.saved), tools)
        column = self.scroller.column
        column.setSpacing(SECTION)
        buttons = Flow()
        for button in (self.backward, self.forward):
            buttons.addWidget(button)
        column.addWidget(self.drafted)
        column.addWidget(self.worded)
        column.addWidget(self.section)
        column.addWidget(self.thanks)
        column.addLayout(buttons)
        column.addStretch(1)
        self._around.setMinimumHeight(1)  # what asks for the worker's PIN is there whole before it
        inside = QVBoxLayout(self._around)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.scroller)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(bar)
        outer.addWidget(self.worker)
        outer.addWidget(self._around, 1)

    def _listen(self) -> None:
        self.acts.followed.connect(self._follow)
        self.acts.row_begun.connect(self._begin_row)
        self.forward.clicked.connect(lambda: self._go(1))
        self.backward.clicked.connect(lambda: self._go(-1))
        self.pages.clicked.connect(self._offer_pages)
        self.language.clicked.connect(self._offer_languages)
        self.undo.clicked.connect(self.acts.undo)
        self.take_back.clicked.connect(self.worker.begin)
        self.worker.tried.connect(self.taken_back)
        self.worker.stopped.connect(self.take_back.setFocus)
        self.saving.changed.connect(self._show_saved)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_moved)

    def _show_first(self) -> None:
        paths = [path for path, _ in self.shown_sections()]
        place = self.filling.opened.place
        self.section.build(place if place in paths else (paths[0] if paths else ""))
        self._show_place()
        self._show_saved()

    def _show_place(self) -> None:
        sections = self.shown_sections()
        paths = [path for path, _ in sections]
        for path, title in sections:
            if path == self.section.path:
                self.section.entitle(title)
        is_last = self.section.path in paths[-1:] and self.section.is_at_end
        is_first = self.section.path in paths[:1] and self.section.is_at_start
        self.forward.setVisible(bool(paths) and not is_last)
        self.thanks.setVisible(is_last)
        self.backward.setVisible(bool(paths) and not is_first)
        self.pages.setVisible(len(paths) > 1)
        self.undo.setEnabled(self.filling.steps > self._begun)

    def _show_saved(self) -> None:
        words = {SaveState.SAVED: tr("Saved"), SaveState.FAILED: tr("Not saved yet")}
        self.saved.setText(words.get(self.saving.state, tr("Saves by itself")))

    def _follow(self, delta: Delta, also: Collection[str]) -> None:
        """Show what followed from a step; what may not be seen any more goes at once."""
        changed = delta.changed | delta.added | delta.removed | frozenset(also)
        self.section.refresh(changed)
        self.saving.said()
        if self.section.path not in [path for path, _ in self.shown_sections()]:
            self._show_first()
        self._show_place()

    def _begin_row(self, row: str) -> None:
        for block in self.section.built_blocks():
            if block.path.startswith(row):
                self.scroller.show_whole(block)
                block.take_focus()
                return

    def _go(self, by: int) -> None:
        self.leave()
        if self.section.step_by(by):
            self._show_place()
            self.scroller.to_top()
            for block in self.blocks()[:1]:
                block.take_focus()
            return
        paths = [path for path, _ in self.shown_sections()]
        at = paths.index(self.section.path) + by if self.section.path in paths else 0
        if 0 <= at < len(paths):
            self.show_section(paths[at])

    def _offer_pages(self) -> None:
        menu = Menu(self)
        for path, title in self.shown_sections():
            action = menu.addAction(title.replace("&", "&&"))
            action.triggered.connect(lambda _=False, chosen=path: self.show_section(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.pages.mapToGlobal(QPoint(0, self.pages.height())))

    def _offer_languages(self) -> None:
        menu = Menu(self)
        for one in self.filling.opened.definition.languages:
            action = menu.addAction(language_name(one).replace("&", "&&"))
            action.triggered.connect(lambda _=False, chosen=one: self.speak(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.language.mapToGlobal(QPoint(0, self.language.height())))

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        was, now = self.section.block_around(old), self.section.block_around(new)
        if was is None or was is now or was not in self.section.built_blocks():
            return
        was.field.settle()
        if new is not None:
            was.judge(self.filling.session.node(was.path))
        self.saving.seal_now()


def sections_beside(filling: Filling, sight: Sight) -> list[tuple[str, str]]:
    """Path and title of every section with something that this sight shows, in order."""

    def sees(path: str) -> bool:
        return sight.sees(path, filling.values)

    return [
        (section.path, section.title)
        for section in filling.outline.sections()
        if sees(section.path)
        and any(is_asked(node, sees) for node in filling.outline.questions(section.path))
    ]


def _no_moment(_: datetime) -> str:
    return ""
