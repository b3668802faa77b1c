"""A form on the screen: a section a page, saved as it is written, nothing forced."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.services.filling import Filling
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.error_summary import ErrorSummary, Mistake
from desktop.ui.look.flow import Flow
from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Heading
from desktop.ui.look.menu import Menu
from desktop.ui.look.scroll_page import ScrollPage
from desktop.ui.look.spacing import WIDE
from desktop.ui.moments import Moments
from desktop.ui.pages.finished_notice import FinishedNotice
from desktop.ui.pages.form_header import FormHeader
from desktop.ui.pages.page import Page
from desktop.ui.pages.section_list import SectionList, section_words
from desktop.ui.questions.asking import Asking
from desktop.ui.questions.block import Block
from desktop.ui.questions.field import Surroundings
from desktop.ui.questions.telling import Telling
from desktop.ui.questions.wishes import Wishes
from desktop.ui.saving import SaveState, Saving
from desktop.ui.words import counted, tr
from forms.records.answer import Absent
from forms.records.answer_path import rows_of
from forms.xforms import Delta, NoSuchPath

SIDE_EMS = 15
NARROW_EMS = 48
RECKON_MS = 150


class FormPage(Page):
    """Shows one filling. Builds only the section that is on the screen.

    ``check_asked``: the last section is behind us, or the worker wants to see all answers.
    ``place_changed``: the path of the section shown, to begin with the next time.
    """

    check_asked = Signal()
    place_changed = Signal(str)

    def __init__(
        self,
        filling: Filling,
        saving: Saving,
        around: Surroundings,
        moments: Moments,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(filling.opened.title, parent)
        self.filling, self.saving = filling, saving
        self.announcer = Announcer(self)
        self.wishes = Wishes(self)
        locked = filling.opened.finalised
        self._telling = Telling(around, self.wishes, filling.standing, moments.when, locked)
        self._shown = ""
        self._warned = False
        self._asking: Asking | None = None
        self.header = FormHeader(
            filling.opened.title, filling.opened.about, saving, moments.when, self
        )
        self.sections = SectionList(self)
        self.side = ScrollPage(self, characters=200)
        self.scroller = ScrollPage(self)
        self.summary = ErrorSummary(self)
        self.heading = Heading("", 1)
        self.hint = FormText("", quiet=True)
        self.finished = FinishedNotice(self)
        self._room = QVBoxLayout()
        self.forward = primary(tr("Continue"))
        self.backward = secondary(tr("Previous section"))
        self._reckon = QTimer(self)
        self._reckon.setSingleShot(True)
        self._reckon.setInterval(RECKON_MS)
        self._lay_out()
        self.finished.setVisible(locked)
        self._listen()
        self._show_first()

    # --- pages and places --------------------------------------------------------------------

    @property
    def shown_section(self) -> str:
        """The path of the section on the screen."""
        return self._shown

    def landing(self) -> QWidget:
        return self.heading

    def panes(self) -> list[QWidget]:
        return [pane for pane in (self.header, self.side, self.scroller) if pane.isVisibleTo(self)]

    def leave(self) -> None:
        self._settle_all()
        self.saving.seal_now()

    def blocks(self) -> list[Block]:
        """The questions on the screen, in order."""
        return list(self._asking.blocks()) if self._asking is not None else []

    def block(self, path: str) -> Block | None:
        """The question at this path, if it is on the screen."""
        return next((block for block in self.blocks() if block.path == path), None)

    def show_section(self, path: str) -> None:
        """Show this section from its top, with focus on its heading."""
        self._settle_all()
        self.saving.seal_now()
        self._build(path)
        self.scroller.to_top()
        self.heading.setFocus()
        self.place_changed.emit(path)

    def jump_to(self, path: str, *, missing: bool = False) -> None:
        """Show a question wherever it is; with ``missing``, say beside it if it is not answered."""
        try:
            section = self.filling.section_of(path)
        except NoSuchPath:
            return
        if section != self._shown:
            self.show_section(section)
        if self._asking is None:
            return
        for row in rows_of(path):
            self._asking.open_row(row)
        self._put_in_order()
        block = self.block(path)
        if block is None:
            return
        block.judge(self.filling.session.node(path), missing=missing)
        self._settle_layout()
        self.scroller.show_whole(block)
        block.take_focus()

    # --- building ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.side.column.addWidget(self.sections)
        self.side.column.addStretch(1)
        column = self.scroller.column
        column.setSpacing(WIDE)
        buttons = Flow()
        buttons.addWidget(self.forward)
        buttons.addWidget(self.backward)
        for part in (self.summary, self.heading, self.hint, self.finished):
            column.addWidget(part)
        column.addLayout(self._room)
        column.addLayout(buttons)
        column.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(self.scroller, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(across, 1)

    def _listen(self) -> None:
        wishes = self.wishes
        wishes.answered.connect(self._answer)
        wishes.answered_because.connect(self._answer_because)
        wishes.left_as_it_was.connect(self._leave_as_it_was)
        wishes.said_absent.connect(self._say_absent)
        wishes.row_added.connect(self._add_row)
        wishes.row_removed.connect(self._remove_row)
        wishes.rearranged.connect(self._put_in_order)
        wishes.undo_asked.connect(self._undo)
        self.header.undo_asked.connect(self._undo)
        self.header.redo_asked.connect(self._redo)
        self.header.sections_asked.connect(self._offer_sections)
        self.header.unanswered_asked.connect(self._to_unanswered)
        self.sections.chosen.connect(self.show_section)
        self.summary.chosen.connect(self.jump_to)
        self.forward.clicked.connect(self._go_on)
        self.backward.clicked.connect(self._go_back)
        self.saving.changed.connect(self._tell_saved)
        self._reckon.timeout.connect(self._show_states)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_moved)

    def _show_first(self) -> None:
        paths = [section.path for section in self.filling.sections()]
        place = self.filling.opened.place
        self._build(place if place in paths else (paths[0] if paths else ""))
        self.saving.said()

    def _build(self, path: str) -> None:
        """Put the questions of a section on the page, in place of those before."""
        if self._asking is not None:
            self._room.removeWidget(self._asking)
            self._asking.hide()
            self._asking.deleteLater()
        self._shown, self._warned = path, False
        self.summary.show_mistakes([])
        self.rename(self.filling.opened.title)
        self._asking = Asking(self._telling, 2, self)
        if path:
            self._asking.present(self.filling.section_questions(path))
        self._room.addWidget(self._asking)
        self._show_states()
        self._put_in_order()

    def _show_states(self) -> None:
        """Bring the section list, the heading and the buttons up to date."""
        sections = self.filling.sections()
        self.sections.show_sections(sections, self._shown)
        shown = next((section for section in sections if section.path == self._shown), None)
        if shown is not None:
            self.heading.setText(shown.title)
            hint = self.filling.session.node(shown.path).hint
            self.hint.say(hint)
            self.hint.setVisible(bool(hint))
        is_last = bool(sections) and sections[-1].path == self._shown
        self.forward.say(tr("Check answers") if is_last else tr("Continue"))
        self.backward.setVisible(bool(sections) and sections[0].path != self._shown)
        self._show_steps()
        self.header.unanswered.setEnabled(any(section.missing for section in sections))

    def _put_in_order(self) -> None:
        """Tab goes through the page as one reads it, wherever questions have come in between."""
        if self._asking is None:
            return
        before: QWidget = self.heading
        for stop in (*self._asking.stops(), self.forward, self.backward):
            QWidget.setTabOrder(before, stop)
            before = stop

    # --- what people do ----------------------------------------------------------------------

    def _answer(self, path: str, value: str) -> None:
        block = self.block(path)
        if block is not None and self.filling.needs_reason(path, value):
            block.ask_reason(value)
            self._put_in_order()
            return
        if block is not None:
            block.stop_asking_reason()
        self._follow(self.filling.answer(path, value), {path})

    def _answer_because(self, path: str, value: str, reason: str) -> None:
        block = self.block(path)
        if block is not None:
            block.stop_asking_reason()
        self._follow(self.filling.answer(path, value, reason), {path})
        self.saving.seal_now()

    def _leave_as_it_was(self, path: str) -> None:
        block = self.block(path)
        if block is not None:
            block.stop_asking_reason()
            block.show_node(self.filling.session.node(path), None)

    def _say_absent(self, path: str, absent: str, reason: str) -> None:
        self._follow(self.filling.set_absent(path, Absent(absent), reason), {path})

    def _add_row(self, repeat: str) -> None:
        row, delta = self.filling.add_row(repeat)
        self._follow(delta, {repeat})
        first = next((block for block in self.blocks() if block.path.startswith(row)), None)
        if first is not None:
            self._settle_layout()
            self.scroller.show_whole(first)
            first.take_focus()
        self.saving.seal_now()

    def _remove_row(self, row: str) -> None:
        self._follow(self.filling.remove_row(row), set())
        self.saving.seal_now()
        self.announcer.say(tr("Removed. It can be brought back."))

    def _undo(self) -> None:
        self._settle_all()
        self._follow(self.filling.undo(), set())
        self.announcer.say(tr("Taken back"))

    def _redo(self) -> None:
        self._follow(self.filling.redo(), set())
        self.announcer.say(tr("Done again"))

    def _follow(self, delta: Delta, also: Collection[str]) -> None:
        """Show what followed from a step, and see to it that it is saved."""
        changed = delta.changed | delta.added | delta.removed | frozenset(also)
        before = {block.path for block in self.blocks()}
        if self._asking is not None and self._shown:
            self._asking.present(self.filling.section_questions(self._shown), changed)
        now = self.blocks()
        if {block.path for block in now} != before:
            self._put_in_order()
            self._announce_new([block for block in now if block.path not in before])
        self.saving.said()
        self._show_steps()
        self._reckon.start()

    def _show_steps(self) -> None:
        self.header.show_steps(can_undo=self.filling.can_undo, can_redo=self.filling.can_redo)

    def _announce_new(self, new: list[Block]) -> None:
        if new:
            words = counted(
                len(new),
                "{n} more question: {first}",
                "{n} more questions: {first}",
                first=new[0].question,
            )
            self.announcer.say(words)

    # --- moving about ------------------------------------------------------------------------

    def _go_on(self) -> None:
        mistakes = [] if self._warned else list(self._mistakes())
        if mistakes:
            self._warned = True
            self.rename(tr("Error: {page}", page=self.filling.opened.title))
            self.summary.show_mistakes(mistakes)
            self._settle_layout()
            self.scroller.to_top()
            return
        paths = [section.path for section in self.filling.sections()]
        at = paths.index(self._shown) if self._shown in paths else -1
        if at + 1 < len(paths):
            self.show_section(paths[at + 1])
        else:
            self.leave()
            self.check_asked.emit()

    def _go_back(self) -> None:
        paths = [section.path for section in self.filling.sections()]
        at = paths.index(self._shown) if self._shown in paths else 0
        if at > 0:
            self.show_section(paths[at - 1])

    def _to_unanswered(self) -> None:
        """The first question that is not answered, from the section on the screen onwards."""
        missing = self.filling.missing()
        paths = [section.path for section in self.filling.sections()]
        here = paths.index(self._shown) if self._shown in paths else 0
        onwards = [one for one in missing if one.section in paths[here:]]
        for one in (onwards or missing)[:1]:
            self.jump_to(one.path)

    def _offer_sections(self) -> None:
        menu = Menu(self)
        for section in self.filling.sections():
            words = f"{section.title} – {section_words(section)}".replace("&", "&&")
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(section.path == self._shown)
            action.triggered.connect(lambda _=False, path=section.path: self.show_section(path))
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.header.sections
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _mistakes(self) -> Iterator[Mistake]:
        """What is wrong (not: missing) on this page."""
        for block in self.blocks():
            block.judge(self.filling.session.node(block.path))
            if block.words_of_trouble():
                yield Mistake(block.path, block.words_of_trouble())

    # --- leaving a question ------------------------------------------------------------------

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        was, now = self._block_around(old), self._block_around(new)
        if was is None or was is now:
            return
        was.field.settle()
        if now is not None or new is not None:
            was.judge(self.filling.session.node(was.path))
        self.saving.seal_now()
        self._reckon.start()

    def _block_around(self, widget: QWidget | None) -> Block | None:
        at = widget if widget is not None and isValid(widget) else None
        while at is not None and at is not self:
            if isinstance(at, Block):
                return at if self.isAncestorOf(at) else None
            at = at.parentWidget()
        return None

    def _settle_all(self) -> None:
        for block in self.blocks():
            block.field.settle()

    # --- the rest ----------------------------------------------------------------------------

    def _tell_saved(self) -> None:
        if self.saving.state is SaveState.FAILED:
            self.announcer.say(self.header.failure.accessibleName(), urgent=True)

    def _settle_layout(self) -> None:
        """Lay out what was just built, so that it can be scrolled to."""
        QApplication.sendPostedEvents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().height()
        is_narrow = self.width() < em * NARROW_EMS
        self.side.setVisible(not is_narrow)
        self.header.sections.setVisible(is_narrow)
        self.side.setFixedWidth(em * SIDE_EMS)
