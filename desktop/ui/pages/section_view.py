"""One section of a form on the page: its heading, and its questions as far as they are asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.services.filling import Filling
from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Heading, Quiet
from desktop.ui.look.spacing import WIDE
from desktop.ui.pages.form_language import direction_of, locale_of
from desktop.ui.pages.section_parts import SectionParts
from desktop.ui.questions.asking import Asking
from desktop.ui.questions.block import Block
from desktop.ui.questions.telling import Telling
from desktop.ui.turns import Turns
from desktop.ui.words import tr
from forms.records.answer_path import rows_of


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
        self._parts = SectionParts(telling.sees)
        self._counting = Turns(self)
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
        self.path = path
        self._parts.begin()
        self._asking = Asking(self._telling, 2, self)
        self._column.addWidget(self._asking)
        self._asking.show()
        self.show_language()

    def refresh(self, changed: Collection[str] | None, *, rows: bool = True) -> list[Block]:
        """Show the section as it is now; the questions that were not on the page before.

        Without ``rows`` only answers changed: no row came, went or moved.
        """
        before = {block.path for block in self.built_blocks()}
        if self.path:
            if rows:
                self._parts.lay_out(self._filling.outline.questions(self.path))
            self._asking.present(self._parts.shown(), changed)
        self._counting.begin(self._count_by_turns())
        blocks = self.built_blocks()
        if {block.path for block in blocks} != before:
            self.put_in_order()
        return [block for block in blocks if block.path not in before]

    @property
    def one_at_a_time(self) -> bool:
        """Whether one question is shown at a time."""
        return self._parts.one_at_a_time

    def turn(self, one_at_a_time: bool) -> None:
        """Show one question at a time, for touch and for thinking; or whole pages again."""
        focused = self.block_around(self.focusWidget())
        self._parts.one_at_a_time = one_at_a_time
        self._parts.begin()
        if self.path:
            self._parts.lay_out(self._filling.outline.questions(self.path))
        if focused is not None:
            self._parts.go_to(focused.path)
        self.refresh(None)

    def step_by(self, by: int) -> bool:
        """Show the next part of the section (1) or the one before (-1); False if there is none."""
        if not self._parts.step(by):
            return False
        self.refresh(None)
        return True

    @property
    def is_at_end(self) -> bool:
        """True if what comes next is in another section."""
        return self._parts.is_at_end

    @property
    def is_at_start(self) -> bool:
        """True if what comes before is in another section."""
        return self._parts.is_at_start

    def _count_by_turns(self) -> Iterator[None]:
        """Count the questions a little at a time: which one is shown is said once it is known."""
        self._show_place()
        if self.one_at_a_time:
            yield from self._parts.count()
            self._show_place()

    def _show_place(self) -> None:
        """A word that this is not the whole section: its beginning and end are not on the page."""
        is_whole = self._parts.is_at_start and self._parts.is_at_end and not self.one_at_a_time
        self._place.setVisible(not is_whole and not self._telling.beside)
        number = self._parts.number()
        if number is None:
            self._place.setText(tr("This section is long: this is a part of it"))
        else:
            self._place.setText(tr("Question {n} of {all}", n=number[0], all=number[1]))

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

    @property
    def waiting(self) -> int:
        """How many questions of the page are not built yet."""
        return self._asking.waiting

    def built_block(self, path: str) -> Block | None:
        """The question at this path, if it is built by now."""
        return next((block for block in self.built_blocks() if block.path == path), None)

    def block(self, path: str) -> Block | None:
        """The question at this path, if it is on the page; builds what is not built yet."""
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
        if not self._parts.holds(path):
            self._parts.go_to(path)
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
