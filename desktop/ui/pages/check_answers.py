"""Check answers: everything said, what is missing, and finishing. Nothing here is forced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.filling import Filling
from desktop.services.form_sections import Missing, Section
from desktop.services.records import HubFirst
from desktop.ui.look.buttons import primary, quiet, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.look.error_summary import ErrorSummary, Mistake
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import CLOSE, HAIR, NORMAL, TIGHT
from desktop.ui.pages.page import ColumnPage, button_row, emptied
from desktop.ui.questions.absence import absence_words
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.asking import is_asked
from desktop.ui.questions.finding import type_of
from desktop.ui.questions.row_title import row_title, title_around
from desktop.ui.questions.stroke_picture import StrokePicture
from desktop.ui.turns import Turns
from desktop.ui.words import counted, tr
from forms.records.attachment import is_attachment_name
from forms.xforms import Node, NodeKind

AT_ONCE = 4
"""How many lines are put on the page before the window is let answer."""

MOST_LINKS = 12
"""How many missing questions are named at first."""

_REASON = "reason"

Fetch = Callable[[str, Callable[[bytes | None], None]], None]


class CheckAnswersPage(ColumnPage):
    """All answers by section, each with a way to change it.

    ``change_asked``: the path of a question to go back to. ``finish_asked``: the reason for
    finishing with questions unanswered; blank if nothing is missing.
    """

    back_asked = Signal()
    change_asked = Signal(str)
    finish_asked = Signal(str)

    def __init__(self, filling: Filling, fetch: Fetch, parent: QWidget | None = None) -> None:
        super().__init__(tr("Check answers"), parent=parent)
        self.filling, self._fetch = filling, fetch
        self.about = Quiet(filling.opened.title)
        self.summary = ErrorSummary(self)
        self.missing = Card(self)
        self.answers = QVBoxLayout()
        self.answers.setSpacing(NORMAL)
        self.reason = LineField()
        self._reason_label = Body("", bold=True)
        self._reason_label.setBuddy(self.reason)
        self.finish = primary(tr("Finish"))
        self.later = secondary(tr("Not yet, go back"))
        self._showing = Turns(self)
        self._links = MOST_LINKS
        self.returned.connect(self.refresh)
        self.finish.clicked.connect(self._finish)
        self.later.clicked.connect(self.back_asked)
        self.summary.chosen.connect(self._to_mistake)
        for part in (self.summary, self.about, self.missing):
            self.content.addWidget(part)
        self.content.addLayout(self.answers)
        self.content.addWidget(self._reason_label)
        self.content.addWidget(self.reason)
        self.content.addLayout(button_row(self.finish, self.later))
        self.refresh()

    def refresh(self) -> None:
        """Show the answers as they are now, a few at a time."""
        self._showing.begin(self._show_by_turns())

    def _finish(self) -> None:
        reason = self.reason.text().strip()
        if rung := self.filling.must_ring_first():
            self._refuse(rung, tr("Telephone first: write when you rang, and whom you spoke to"))
            return
        if self.filling.outline.missing() and not reason:
            words = tr("Write why it is finished as it is, or answer what is missing")
            self._refuse(_REASON, words)
            return
        self.summary.show_mistakes([])
        self.rename(tr("Check answers"))
        self.finish_asked.emit(reason if self.filling.outline.missing() else "")

    def _refuse(self, where: str, words: str) -> None:
        self.rename(tr("Error: {page}", page=tr("Check answers")))
        self.summary.show_mistakes([Mistake(where, words)])
        self.scroller.to_top()

    def _to_mistake(self, where: str) -> None:
        if where != _REASON:
            self.change_asked.emit(where)
            return
        self.scroller.show_whole(self.reason)
        self.reason.setFocus()

    def _show_by_turns(self) -> Iterator[None]:
        """What is missing, then what was said; there may be hundreds of lines."""
        is_open = not self.filling.opened.is_closed
        emptied(self.missing.body)
        emptied(self.answers)
        self.missing.setVisible(is_open)
        self.finish.setVisible(is_open)
        missing = self.filling.outline.missing()
        self._ask_why(len(missing) if is_open else 0)
        yield
        yield from self._show_missing(missing)
        yield from self._show_answers()

    def _ask_why(self, missing: int) -> None:
        words = counted(
            missing,
            "Why finish with {n} question left unanswered?",
            "Why finish with {n} questions left unanswered?",
        )
        self._reason_label.setText(words)
        self.reason.setAccessibleName(words)
        self._reason_label.setVisible(bool(missing))
        self.reason.setVisible(bool(missing))

    def _show_missing(self, missing: list[Missing]) -> Iterator[None]:
        body = self.missing.body
        if self.filling.opened.waits_for_hub:
            body.addWidget(Notice(Kind.CAUTION, tr(HubFirst.message), title=tr(HubFirst.title)))
        elif not missing:
            body.addWidget(Notice(Kind.DONE, tr("Nothing is missing"), title=tr("Ready")))
        if not missing:
            return
        title = counted(len(missing), "{n} question to answer", "{n} questions to answer")
        body.addWidget(Heading(title, 2))
        if not self.filling.opened.waits_for_hub:
            can = tr("You can finish without them, and say why. You can also leave it as it is.")
            body.addWidget(Body(can))
        titles = {section.path: section.title for section in self.filling.outline.sections()}
        for section, group in groupby(missing[: self._links], key=lambda one: one.section):
            yield
            body.addWidget(Body(titles.get(section, ""), bold=True))
            links = QVBoxLayout()
            links.setSpacing(0)
            body.addLayout(links)
            for number, one in enumerate(group, 1):
                links.addWidget(self._link(one))
                if number % AT_ONCE == 0:
                    yield
        if len(missing) > self._links:
            more = secondary(tr("Show more"), about=tr("of what is missing"))
            more.clicked.connect(self._show_more_links)
            body.addLayout(button_row(more))

    def _show_more_links(self) -> None:
        self._links += MOST_LINKS
        self._showing.complete()
        emptied(self.missing.body)
        self._showing.begin(self._show_missing(self.filling.outline.missing()))

    def _link(self, missing: Missing) -> LinkRow:
        node = self.filling.session.node(missing.path)
        where, question = title_around(node), without_emphasis(missing.label)
        words = f"{where}: {question}" if where else question
        link = LinkRow(f"{words} – {tr(missing.words)}" if missing.is_wrong else words)
        link.clicked.connect(lambda: self.change_asked.emit(missing.path))
        return link

    def _show_answers(self) -> Iterator[None]:
        shown = 0
        for section in self.filling.outline.sections():
            card: Card | None = None
            for line in self._lines(self.filling.outline.questions(section.path)):
                if shown % AT_ONCE == 0:
                    yield
                shown += 1
                if card is None:
                    card = self._card(section)
                card.body.addWidget(line)

    def _card(self, section: Section) -> Card:
        card = Card()
        card.body.setSpacing(CLOSE)
        card.body.addWidget(Heading(section.title, 2))
        self.answers.addWidget(card)
        return card

    def _lines(self, nodes: tuple[Node, ...]) -> Iterator[QWidget]:
        for node in nodes:
            if not is_asked(node):
                continue
            if node.kind is NodeKind.QUESTION:
                line = self._line(node)
                if line is not None:
                    yield line
                continue
            inside = self._lines(node.children)
            first = next(inside, None)
            if first is None:
                continue
            if node.kind is NodeKind.ROW:
                yield Heading(row_title(node), 3)
            yield first
            yield from inside

    def _line(self, node: Node) -> QWidget | None:
        standing = self.filling.standing(node.path)
        absent = standing.answer.absent
        said = absence_words(absent) if absent else answer_words(node, node.value)
        if absent and standing.answer.reason:
            said = f"{said}: {standing.answer.reason}"
        if not said:
            return None
        question = without_emphasis(node.label)
        line = QWidget()
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(Quiet(question))
        words.addWidget(Body(said))
        if standing.in_conflict:
            words.addWidget(Body(tr("Two different answers: choose one"), bold=True))
        if is_attachment_name(node.value) and type_of(node) in {"signature", "drawing"}:
            at_left = Qt.AlignmentFlag.AlignLeft  # or the row is no wider than the picture
            words.addWidget(self._picture(node.value, question), 0, at_left)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        row.addLayout(words, 1)
        if not self.filling.opened.is_closed and type_of(node) != "calculation":
            change = quiet(tr("Change"), about=question)
            change.clicked.connect(lambda: self.change_asked.emit(node.path))
            row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _picture(self, name: str, question: str) -> QWidget:
        picture = StrokePicture(tr("Picture of {what}", what=question), self)
        self._fetch(name, picture.show_content)
        return picture
