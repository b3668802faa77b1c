"""A meeting of the Team Around the Family, while it is held: everybody can read the screen.

Who is here, how each action goes, what people say and decide: written as they speak, into the
meeting's own record and into the plan's. Nothing is shown that the family may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import secondary
from desktop.ui.look.labels import Heading
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.menu import Menu
from desktop.ui.look.scroll_page import ScrollPage
from desktop.ui.look.spacing import NORMAL, TIGHT, WIDE
from desktop.ui.pages.form_part import FormPart, Piece
from desktop.ui.pages.header_strip import NARROW_EMS
from desktop.ui.pages.meeting_header import MeetingHeader
from desktop.ui.pages.meeting_parts import Attendance, SectionQuestions
from desktop.ui.pages.meeting_plan import MeetingPlan
from desktop.ui.pages.page import Page, button_row
from desktop.ui.pages.quick_rows import QuickAct, QuickRows
from desktop.ui.questions.block import Block
from desktop.ui.questions.field import Field
from desktop.ui.words import tr

SIDE_EMS = 13
_SAYS = "/team_meeting/updates/professional_update"
_HOW_IT_GOES = "/team_meeting/talk/plan_review"


class MeetingPage(Page):
    """``plan`` is None while the family has none; ``may_come``: names, and where they are from.

    ``form_asked`` carries a record to be opened as a whole form. ``plan_begun``: a plan is wanted;
    ``plan_reopened``: one that is finished is to be changed. ``print_asked``: the notes.
    """

    holds_a_record = True
    form_asked = Signal(str)
    print_asked = Signal()
    plan_begun = Signal()
    plan_reopened = Signal()

    def __init__(
        self,
        meeting: FormPart,
        plan: FormPart | None,
        may_come: Sequence[tuple[str, str]],
        when: Callable[[datetime], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Meeting"), parent)
        self.meeting, self.plan, self._may_come = meeting, plan, tuple(may_come)
        self.parts = [part for part in (meeting, plan) if part is not None]
        self._acted: list[FormPart] = []
        self.may_differ = False
        """True once something was opened from here in which the same records are written."""
        self.announcer = Announcer(self)
        self.header = MeetingHeader(
            meeting.filling.opened.title, [part.saving for part in self.parts], when, self
        )
        self.side, self.scroller = ScrollPage(self, characters=200), ScrollPage(self)
        self.attendance = Attendance(meeting)
        self.who = QuickRows(meeting.telling, self.attendance.lines, self._acts(), self)
        self.add = secondary(tr("Add somebody who is here"), self, icon_name="add")
        self.add.setVisible(not meeting.telling.locked)
        self.plan_panel = MeetingPlan(plan, self._notes_place(), self)
        self.links: list[LinkRow] = []
        self._stops: list[Callable[[], Iterable[QWidget]]] = []
        self._lay_out()
        self._listen()
        for part in self.parts:
            part.show_now()
        self._show_steps()
        self._put_in_order()

    def panes(self) -> list[QWidget]:
        return [pane for pane in (self.header, self.side, self.scroller) if pane.isVisibleTo(self)]

    def leave(self) -> None:
        for part in self.parts:
            part.settle()
            part.saving.seal_now()

    def add_person(self, name: str = "", role: str = "") -> None:
        """Write down that somebody is here; without a name it is asked for."""
        row = self.attendance.add(name, role)
        self._put_in_order()
        shown = self.who.rows[row]
        if name:
            self.announcer.say(tr("{name} is written down", name=name))
            shown.choice.take_focus()
        else:
            self._begin(shown.blocks())
        self.scroller.show_whole(shown)

    def write_how_it_goes(self) -> None:
        """Put into the notes, as of this day, how each action of the plan stands."""
        node, told = self.meeting.node(_HOW_IT_GOES), self.plan_panel.as_told()
        if node is None or not told:
            return
        words = f"{node.value.rstrip()}\n{told}".strip()
        self.meeting.follow(self.meeting.filling.answer(node.path, words), {node.path})
        self.announcer.say(tr("It is in the notes"))

    # --- inside ------------------------------------------------------------------------------

    def _acts(self) -> tuple[QuickAct, ...]:
        if self.meeting.node(_SAYS) is None:
            return ()
        return (QuickAct(tr("Write what they say"), self._says, "says"),)

    def _notes_place(self) -> Callable[[], None] | None:
        has_place = self.meeting.node(_HOW_IT_GOES) is not None and not self.meeting.telling.locked
        return self.write_how_it_goes if has_place else None

    def _says(self, row: str) -> None:
        """A place for what somebody at the table says, under their name."""
        said = {f"{_SAYS}/update_who": self.attendance.name(row)}
        begun, delta = self.meeting.filling.add_row(_SAYS, said)
        self.meeting.follow(delta, {begun})
        for questions in self.findChildren(SectionQuestions):
            questions.open_row(begun)
        self._put_in_order()
        blocks = [block for block in self.meeting.blocks() if block.path.startswith(begun)]
        self._begin(blocks[-1:])

    def _lay_out(self) -> None:
        sections = self.meeting.filling.outline.sections()
        team = [s for s in sections if self.attendance.repeat.startswith(s.path + "/")]
        said = self.meeting.place("meeting", "child_update")
        column, pieces = self.scroller.column, list[Piece]()
        column.setSpacing(NORMAL)
        column.addWidget(Heading(tr("Meeting of the team"), 1))
        for section in (*team, *(s for s in sections if s not in team)):
            self._head(section.title)
            if section in team:
                pieces.append(self.who)
                self._stops.append(self.who.stops)
                self._stops.append(lambda: [self.add])
                column.addWidget(self.who)
                column.addLayout(button_row(self.add))
            questions = SectionQuestions(self.meeting, section.path, self.attendance.repeat, self)
            pieces.append(questions)
            self._stops.append(questions.stops)
            column.addWidget(questions)
            if said.startswith(section.path + "/"):
                self._add_plan(column)
        if column.indexOf(self.plan_panel) < 0:
            self._add_plan(column)
        column.addStretch(1)
        self.meeting.pieces = pieces
        self.side.column.addStretch(1)
        across, outer = QHBoxLayout(), QVBoxLayout(self)
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(self.scroller, 1)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(across, 1)

    def _add_plan(self, column: QVBoxLayout) -> None:
        self._head(tr("How the plan goes"))
        column.addWidget(self.plan_panel)
        self._stops.append(self.plan_panel.stops)

    def _head(self, title: str) -> None:
        """A part of the page: its heading, and the way there by link or by Ctrl and its number."""
        heading, number = Heading(title, 2, self), len(self.links) + 1
        if self.links:
            self.scroller.column.addSpacing(WIDE)
        self.scroller.column.addWidget(heading)
        link = LinkRow(title, self)
        link.setObjectName(f"part-{number}")
        key = QAction(title, self)
        key.setShortcut(QKeySequence(f"Ctrl+{number}"))
        key.triggered.connect(link.click)
        self.addAction(key)
        link.setToolTip(tr("Ctrl and {n}", n=number))
        link.clicked.connect(lambda: self._go_to(heading))
        self.links.append(link)
        self.side.column.setSpacing(TIGHT)
        self.side.column.addWidget(link)

    def _go_to(self, heading: Heading) -> None:
        for questions in self.findChildren(SectionQuestions):
            questions.complete()
        QApplication.sendPostedEvents()
        whole = self.scroller.widget()
        if whole is not None:
            at = heading.mapTo(whole, QPoint())
            self.scroller.verticalScrollBar().setValue(at.y())
        heading.setFocus()

    def _listen(self) -> None:
        self.header.undo_asked.connect(self._undo)
        self.header.print_asked.connect(self.print_asked)
        record = self.meeting.filling.opened.record
        self.header.form_asked.connect(lambda: self.form_asked.emit(record))
        self.add.clicked.connect(self._offer_people)
        panel = self.plan_panel
        panel.begun.connect(self.plan_begun)
        panel.reopened.connect(self.plan_reopened)
        panel.form_asked.connect(self.form_asked)
        panel.row_begun.connect(lambda row: self._begin(panel.rows[row].blocks()))
        for part in self.parts:
            part.followed.connect(lambda part=part: self._acted_in(part))
            part.rearranged.connect(self._put_in_order)
            part.row_begun.connect(lambda row, part=part: self._begin_row(part, row))
        for leads_on in (self.form_asked, self.print_asked, self.plan_begun, self.plan_reopened):
            leads_on.connect(self._will_differ)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_moved)

    def _will_differ(self) -> None:
        """What comes reads the records as they are now: nothing more is written here meanwhile."""
        self.may_differ = True
        self.leave()
        self.setEnabled(False)

    def _offer_people(self) -> None:
        """Whom the records know and who is not written down yet; and anybody else."""
        here = {line.title for line in self.attendance.lines()}
        menu = Menu(self)
        for name, role in self._may_come:
            if name not in here:
                words = tr("{name}, {role}", name=name, role=role) if role else name
                action = menu.addAction(words.replace("&", "&&"))
                action.triggered.connect(lambda _=False, n=name, r=role: self.add_person(n, r))
        menu.addAction(tr("Somebody else…")).triggered.connect(lambda: self.add_person())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def _acted_in(self, part: FormPart) -> None:
        if self._acted.count(part) < part.filling.steps:  # typing on is one step
            self._acted.append(part)
        self._show_steps()

    def _undo(self) -> None:
        """Take back the last step, in whichever of the two records it was."""
        if self._acted:
            self._acted.pop().acts.undo()
        self._show_steps()
        self.announcer.say(tr("Taken back"))

    def _show_steps(self) -> None:
        self.header.undo.setEnabled(bool(self._acted))

    def _begin_row(self, part: FormPart, row: str) -> None:
        self._begin(block for block in part.blocks() if block.path.startswith(row))

    def _begin(self, blocks: Iterable[Block]) -> None:
        QApplication.sendPostedEvents()  # lays out what was just built
        for block in blocks:
            self.scroller.show_whole(block)
            block.take_focus()
            return

    def _put_in_order(self) -> None:
        """Tab goes through the page as one reads it."""
        before: QWidget = self.header.undo
        tops = (*self.header.stops(), *self.links)
        for stop in (*tops, *(stop for stops in self._stops for stop in stops())):
            if stop is not before:
                QWidget.setTabOrder(before, stop)
            before = stop

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Leaving a question saves it for good."""
        was, now = self._field_around(old), self._field_around(new)
        if was is None or was is now:
            return
        was.settle()
        for part in self.parts:
            part.saving.seal_now()

    def _field_around(self, widget: QWidget | None) -> Field | None:
        at = widget if widget is not None and isValid(widget) else None
        while at is not None and at is not self:
            if isinstance(at, Field) and self.isAncestorOf(at):
                return at
            at = at.parentWidget()
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().height()
        self.side.setVisible(self.width() >= em * NARROW_EMS)
        self.side.setFixedWidth(em * SIDE_EMS)
