"""One section of a form on the page: its heading, and its questions as far as they are asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.services.filling import Filling
from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Heading, Quiet
from desktop.ui.look.spacing import WIDE
from desktop.ui.pages.form_language import direction_of, locale_of
from desktop.ui.questions.asking import Asking, is_asked
from desktop.ui.questions.block import Block
from desktop.ui.questions.telling import Telling
from desktop.ui.words import tr
from forms.records.answer_path import rows_of
from forms.xforms import Node, NodeKind


class SectionView(QWidget):
    """Shows one section. ``last_stops`` are what Tab comes to after the questions."""

    def __init__(
        self,
        filling: Filling,
        telling: Telling,
        last_stops: Sequence[QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._filling, self._telling, self._last_stops = filling, telling, tuple(last_stops)
        self.path = ""
        self.one_at_a_time = False
        self._step = 0
        self._place = Quiet("", self)
        self._place.hide()
        self.heading = Heading("", 1, self)
        self._hint = FormText("", self, quiet=True)
        self._asking = Asking(telling, 2, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(WIDE)
        for part in (self.heading, self._place, self._hint, self._asking):
            self._column.addWidget(part)

    def build(self, path: str) -> None:
        """Show this section, its widgets made anew."""
        self._column.removeWidget(self._asking)
        self._asking.hide()
        self._asking.deleteLater()
        self.path, self._step = path, 0
        self._asking = Asking(self._telling, 2, self)
        self._column.addWidget(self._asking)
        self._asking.show()
        self.show_language()

    def refresh(self, changed: Collection[str] | None) -> list[Block]:
        """Show the section as it is now; the questions that were not on the page before."""
        if changed is not None:
            self._asking.complete()
        before = {block.path for block in self.built_blocks()}
        if self.path:
            self._asking.present(self._shown_nodes(), changed)
        blocks = self.built_blocks()
        if {block.path for block in blocks} != before:
            self.put_in_order()
        return [block for block in blocks if block.path not in before]

    def turn(self, one_at_a_time: bool) -> None:
        """Show one question at a time, for touch and for thinking; or the whole section again."""
        focused = self.block_around(self.focusWidget())
        self.one_at_a_time = one_at_a_time
        if focused is not None:
            self._step_to(focused.path)
        self.refresh(None)

    def step_by(self, by: int) -> bool:
        """Show the next question (1) or the one before (-1); False if there is none."""
        if not self.one_at_a_time or not 0 <= self._step + by < len(self._steps()):
            return False
        self._step += by
        self.refresh(None)
        return True

    @property
    def is_at_end(self) -> bool:
        """True if what comes next is in another section."""
        return not self.one_at_a_time or self._step + 1 >= len(self._steps())

    @property
    def is_at_start(self) -> bool:
        """True if what comes before is in another section."""
        return not self.one_at_a_time or self._step == 0

    def _steps(self) -> list[Node]:
        """What is asked one at a time: each question outside rows, and each repeat as a whole."""
        steps: list[Node] = []
        waiting = list(reversed(self._filling.section_questions(self.path)))
        while waiting:
            node = waiting.pop()
            if not is_asked(node, self._telling.sees):
                continue
            if node.kind is NodeKind.GROUP:
                waiting.extend(reversed(node.children))
            else:
                steps.append(node)
        return steps

    def _step_to(self, path: str) -> None:
        for at, node in enumerate(self._steps()):
            if path == node.path or path.startswith(f"{node.path}["):
                self._step = at

    def _shown_nodes(self) -> Sequence[Node]:
        steps = self._steps() if self.one_at_a_time else []
        self._place.setVisible(bool(steps) and not self._telling.beside)
        if not steps:
            return self._filling.section_questions(self.path)
        self._step = min(self._step, len(steps) - 1)
        self._place.setText(tr("Question {n} of {all}", n=self._step + 1, all=len(steps)))
        return [steps[self._step]]

    def entitle(self, title: str) -> None:
        """Show the section's title, and its hint if it has one."""
        self.heading.setText(title)
        hint = self._filling.session.node(self.path).hint
        self._hint.say(hint)
        self._hint.setVisible(bool(hint))

    def show_language(self) -> None:
        """Show the language of the session: its words, its voice, the side where lines begin."""
        language = self._filling.session.language
        for part in (self._asking, self.heading, self._hint):
            part.setLocale(locale_of(language))
            part.setLayoutDirection(direction_of(language))
        self.refresh(None)

    def blocks(self) -> list[Block]:
        """The questions of the section, in order; builds what is not built yet."""
        self._asking.complete()
        return self.built_blocks()

    def built_blocks(self) -> list[Block]:
        """The questions that are built by now, in order."""
        return list(self._asking.blocks())

    def block(self, path: str) -> Block | None:
        """The question at this path, if it is on the screen."""
        return next((block for block in self.blocks() if block.path == path), None)

    def block_around(self, widget: QWidget | None) -> Block | None:
        """The question of this section that a widget is part of."""
        at = widget if widget is not None and isValid(widget) else None
        while at is not None:
            if isinstance(at, Block):
                return at if self.isAncestorOf(at) else None
            at = at.parentWidget()
        return None

    def open_rows(self, path: str) -> None:
        """Bring a question on the page: its step, and every card that it is in."""
        if self.one_at_a_time:
            self._step_to(path)
            self.refresh(None)
        for row in rows_of(path):
            self._asking.open_row(row)

    def settle(self) -> None:
        """Have every question tell what it held back for a pause."""
        for block in self.built_blocks():
            block.field.settle()

    def put_in_order(self) -> None:
        """Tab goes through the page as one reads it, wherever questions have come in between."""
        before: QWidget = self.heading
        for stop in (*self._asking.stops(), *self._last_stops):
            QWidget.setTabOrder(before, stop)
            before = stop
