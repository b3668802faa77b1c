"""A form on the screen: a section a page, saved as it is written, nothing forced."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.filling import Filling
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.error_summary import ErrorSummary
from desktop.ui.look.flow import Flow
from desktop.ui.look.scroll_page import ScrollPage
from desktop.ui.look.spacing import WIDE
from desktop.ui.moments import Moments
from desktop.ui.pages.finished_notice import FinishedNotice, ReadOnlyNotice
from desktop.ui.pages.form_acts import FormActs
from desktop.ui.pages.form_changed import FormChanged
from desktop.ui.pages.form_drafted import DraftedNotice
from desktop.ui.pages.form_header import FormHeader
from desktop.ui.pages.form_language import language_name
from desktop.ui.pages.form_menus import FormMenus
from desktop.ui.pages.form_mistakes import FormMistakes
from desktop.ui.pages.form_news import FormNews
from desktop.ui.pages.form_search import FormSearch
from desktop.ui.pages.form_standing import FormStanding
from desktop.ui.pages.form_worded import WordsChanged
from desktop.ui.pages.going_to import GoingTo
from desktop.ui.pages.header_strip import NARROW_EMS
from desktop.ui.pages.page import Page
from desktop.ui.pages.section_list import SectionList
from desktop.ui.pages.section_view import SectionView
from desktop.ui.questions.block import Block
from desktop.ui.questions.field import Surroundings
from desktop.ui.questions.telling import Telling
from desktop.ui.questions.wishes import Wishes
from desktop.ui.saving import SaveState, Saving
from desktop.ui.words import counted, tr
from forms.records.answer_path import is_row
from forms.xforms import Definition, Delta, NoSuchPath

SIDE_EMS = 15


class FormPage(Page):
    """Shows one filling. Builds only the section that is on the screen.

    ``check_asked``: the last section is behind us, or the worker wants to see all answers.
    ``place_changed``: the path of the section shown, to begin with the next time.

    Over thirty methods, most of two or three lines: its parts are in files of their own and know
    nothing of each other, and each of these carries what one of them says to another.
    """

    holds_a_record = True
    check_asked = Signal()
    place_changed = Signal(str)
    beside_asked = Signal(bool)
    """Show it to the family; true: hand it to the child."""
    note_asked = Signal(str, str)
    """The private note on an answer: its path, and the words of its question."""

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
        self._left_at = self._stands_at()
        opened = filling.opened
        self._noted = None if opened.noted is None else set(opened.noted)
        telling = Telling(
            around,
            self.wishes,
            filling.standing,
            filling.history,
            moments.when,
            opened.is_closed,
            noted=self._noted,
            picks=opened.picks,
            needs_reason_to_remove=filling.needs_reason_to_remove,
        )
        self.header = FormHeader(opened, saving, moments.when, self)
        self.sections = SectionList(self)
        self.side = ScrollPage(self, characters=200)
        self.scroller = ScrollPage(self)
        self.search = FormSearch(filling, self)
        self.summary = ErrorSummary(self)
        self.news = FormNews(filling, moments.when, self)
        self.changed = FormChanged(opened, self)
        self.drafted = DraftedNotice(filling, self)
        self.worded = WordsChanged(filling, around.now().tzinfo, self)
        self.finished = FinishedNotice(filling.opened.arrived_from, self)
        self.read_only = ReadOnlyNotice(self)
        self.forward = primary(tr("Continue"), self)
        self.backward = secondary(tr("Previous section"), self)
        self.section = SectionView(filling, telling, (self.forward, self.backward), self)
        self.heading = self.section.heading
        self.acts = FormActs(filling, saving, self.section, self.wishes, self)
        self._standing = FormStanding(
            filling, self.section, self.sections, self.header, (self.forward, self.backward)
        )
        self._menus = FormMenus(filling, self.section, self.header)
        self._mistakes = FormMistakes(self, filling, self.section, self.summary)
        self._going_to = GoingTo(self._arrive, self)
        self._lay_out()
        self._listen()
        self._show_first()

    # --- pages and places --------------------------------------------------------------------

    @property
    def shown_section(self) -> str:
        """The path of the section on the screen."""
        return self.section.path

    def landing(self) -> QWidget:
        return self.heading

    def panes(self) -> list[QWidget]:
        return [pane for pane in (self.header, self.side, self.scroller) if pane.isVisibleTo(self)]

    def leave(self) -> None:
        self.section.settle()
        self.saving.seal_now()
        self._left_at = self._stands_at()

    def blocks(self) -> list[Block]:
        """The questions on the screen, in order."""
        return self.section.blocks()

    @property
    def question(self) -> str:
        """The path of the question that has, or last had, the keys; blank if none has."""
        block = self.section.block_around(self.focusWidget())
        return block.path if block is not None else ""

    def block(self, path: str) -> Block | None:
        """The question at this path, if it is on the screen."""
        return self.section.block(path)

    def show_section(self, path: str) -> None:
        """Show this section from its top, with focus on its heading."""
        self.leave()
        self._build(path)
        self.scroller.to_top()
        self.heading.setFocus()
        self.place_changed.emit(path)

    def jump_to(self, path: str, *, missing: bool = False) -> None:
        """Show a question wherever it is; with ``missing``, say beside it if it is not answered."""
        try:
            section = self.filling.outline.section_of(path)
        except NoSuchPath:
            return
        if section != self.section.path:
            self.show_section(section)
        self.section.open_rows(path)
        self._standing.show()
        self._going_to.begin(path, missing=missing)

    def choose_new(self, path: str, person: str, definition: Definition) -> None:
        """Choose somebody who has just been written down, and is in the list from now on."""
        self.filling.know(definition)
        self._build(self.section.path)
        self.section.open_rows(path)
        node = self.filling.session.node(path)
        chosen = f"{node.value} {person}".strip() if node.control == "select" else person
        self.acts.answer(path, chosen)
        self.jump_to(path)

    def speak(self, language: str) -> None:
        """Ask the questions in another language of the form; the program keeps the worker's."""
        self.filling.session.set_language(language)
        self._show_again()
        said = self.drafted.accessibleName() if self.drafted.isVisibleTo(self) else ""
        self.announcer.say(f"{language_name(language)}. {said}")

    def _arrive(self, path: str, missing: bool) -> bool:
        """Be at the question that was gone to, once everything above it is built."""
        self.section.open_rows(path)
        if self.section.waiting:
            return False
        self.section.put_in_order()
        block = self.section.built_block(path)
        if block is not None:
            block.judge(self.filling.session.node(path), missing=missing)
            self._bring_into_sight(block)
            block.take_focus()
        return True

    # --- building ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.search.hide()
        shut = self.filling.opened.read_only
        self.finished.setVisible(self.filling.opened.finalised and not shut)
        self.read_only.setVisible(shut)
        self.side.column.addWidget(self.sections)
        self.side.column.addStretch(1)
        column = self.scroller.column
        column.setSpacing(WIDE)
        buttons = Flow()
        buttons.addWidget(self.forward)
        buttons.addWidget(self.backward)
        for part in (
            self.search,
            self.news,
            self.changed,
            self.drafted,
            self.worded,
            self.summary,
            self.finished,
            self.read_only,
            self.section,
        ):
            column.addWidget(part)
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
        header = self.header
        self.acts.followed.connect(self._follow)
        self.acts.done.connect(self.announcer.say)
        self.acts.row_begun.connect(self._begin_row)
        self.wishes.note_asked.connect(self._ask_note)
        header.undo_asked.connect(self.acts.undo)
        header.redo_asked.connect(self.acts.redo)
        header.unanswered_asked.connect(self._to_unanswered)
        header.one_asked.connect(self._one_at_a_time)
        header.search_asked.connect(self._search)
        header.beside_asked.connect(self._go_beside)
        self.returned.connect(self._come_back)
        self.search.chosen.connect(self.jump_to)
        self.search.ended.connect(self.heading.setFocus)
        self.news.chosen.connect(self.jump_to)
        self.news.seen.connect(self.heading.setFocus)
        self.drafted.name_asked.connect(self.jump_to)
        self.drafted.own_asked.connect(self.speak)
        self.sections.chosen.connect(self.show_section)
        self._menus.section_chosen.connect(self.show_section)
        self._menus.language_chosen.connect(self.speak)
        self.summary.chosen.connect(self.jump_to)
        self.forward.clicked.connect(self._go_on)
        self.backward.clicked.connect(self._go_back)
        self.saving.changed.connect(self._tell_saved)
        finding = QAction(tr("Find a question"), self)
        finding.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        finding.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finding.triggered.connect(self._search)
        self.addAction(finding)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_moved)

    def _show_first(self) -> None:
        paths = self.filling.outline.paths()
        place = self.filling.opened.place
        self._build(place if place in paths else (paths[0] if paths else ""))
        self.saving.said()

    def _build(self, path: str) -> None:
        """Put the questions of a section on the page, in place of those before."""
        self._going_to.end()
        self._mistakes.clear()
        self.section.build(path)
        self._standing.show()
        self._standing.reckon()

    # --- what follows from what people do ----------------------------------------------------

    def _begin_row(self, row: str) -> None:
        built = self.section.built_blocks()
        first = next((block for block in built if block.path.startswith(row)), None)
        if first is not None:
            self._bring_into_sight(first)
            first.take_focus()

    def _follow(self, delta: Delta, also: Collection[str]) -> None:
        """Show what followed from a step, and see to it that it is saved."""
        rows = bool(delta.added or delta.removed or any(is_row(p) for p in (*delta.changed, *also)))
        changed = delta.changed | delta.added | delta.removed | frozenset(also)
        waited = self.section.waiting
        new = self.section.refresh(changed, rows=rows)
        if new:
            one, many = "{n} more question: {first}", "{n} more questions: {first}"
            number = len(new) + max(0, self.section.waiting - waited)
            self.announcer.say(counted(number, one, many, first=new[0].question))
        self.saving.said()
        self.header.show_steps(self.filling)
        self._standing.reckon_soon()

    # --- moving about ------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._mistakes.tell_once():
            self.scroller.to_top()
            return
        if self._step(1):
            return
        paths, shown = self.filling.outline.paths(), self.section.path
        at = paths.index(shown) if shown in paths else -1
        if at + 1 < len(paths):
            self.show_section(paths[at + 1])
        else:
            self.leave()
            self.check_asked.emit()

    def _step(self, by: int) -> bool:
        """Go to the next question or the one before, where one is shown at a time."""
        self.leave()
        moved = self.section.step_by(by)
        if moved:
            self._mistakes.clear()
            self.scroller.to_top()
            self._standing.show()
            for block in self.blocks()[:1]:
                block.take_focus()
        return moved

    def _one_at_a_time(self, one: bool) -> None:
        self.leave()
        self.section.turn(one)
        self._standing.show()
        self.scroller.to_top()

    def _go_beside(self) -> None:
        self.leave()
        self.beside_asked.emit(self.filling.opened.for_child is not None)

    def _ask_note(self, path: str, question: str) -> None:
        self.leave()
        if self._noted is not None:
            self._noted.add(path)
        self.note_asked.emit(path, question)

    def _stands_at(self) -> tuple[int, str | None]:
        return self.filling.writes, self.filling.session.language

    def _come_back(self) -> None:
        """What was written on a page above this one is here too, and the language chosen there."""
        if self._stands_at() != self._left_at:
            self._show_again()

    def _show_again(self) -> None:
        self.section.show_language()
        self.drafted.show_now()
        self.worded.show_now()
        self._standing.show()

    def _go_back(self) -> None:
        if self._step(-1):
            return
        paths, shown = self.filling.outline.paths(), self.section.path
        at = paths.index(shown) if shown in paths else 0
        if at > 0:
            self.show_section(paths[at - 1])

    def _to_unanswered(self) -> None:
        """The first question that is not answered, from the section on the screen onwards."""
        missing = self.filling.outline.next_missing(self.section.path)
        if missing is not None:
            self.jump_to(missing.path)

    def _search(self) -> None:
        self.scroller.to_top()
        self.search.begin()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Leaving a question saves it for good, and says what is wrong with the answer."""
        was, now = self.section.block_around(old), self.section.block_around(new)
        if was is None or was is now or was not in self.section.built_blocks():
            return
        was.field.settle()
        if new is not None:
            was.judge(self.filling.session.node(was.path))
        self.saving.seal_now()
        self._standing.reckon_soon()

    def _tell_saved(self) -> None:
        if self.saving.state is SaveState.FAILED:
            self.announcer.say(self.header.failure.accessibleName(), urgent=True)

    def _bring_into_sight(self, block: Block) -> None:
        QApplication.sendPostedEvents()  # lays out what was just built
        self.scroller.show_whole(block)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().height()
        is_narrow = self.width() < em * NARROW_EMS
        self.side.setVisible(not is_narrow)
        self.header.sections.setVisible(is_narrow)
        self.side.setFixedWidth(em * SIDE_EMS)
