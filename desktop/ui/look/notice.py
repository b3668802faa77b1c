"""Notices: something to know, to take care of, or to put right. A word and a shape say which."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import Button
from desktop.ui.look.colours import Colours, Tone
from desktop.ui.look.flow import Flow
from desktop.ui.look.icons import draw_icon
from desktop.ui.look.labels import Body
from desktop.ui.look.painting import colours_for, draw_box, painter_on
from desktop.ui.look.spacing import CLOSE, HAIR, NORMAL, TIGHT


class Kind(Enum):
    """What a notice is; the value names its icon."""

    INFO = "info"
    CAUTION = "caution"
    PROBLEM = "problem"
    DONE = "done"

    def word(self) -> str:
        """The word that says it without colour or shape."""
        return {
            Kind.INFO: QCoreApplication.translate("Notice", "To know"),
            Kind.CAUTION: QCoreApplication.translate("Notice", "Take care"),
            Kind.PROBLEM: QCoreApplication.translate("Notice", "Problem"),
            Kind.DONE: QCoreApplication.translate("Notice", "Done"),
        }[self]

    def tone(self, colours: Colours) -> Tone:
        """Its colours."""
        tones = {
            Kind.INFO: colours.info,
            Kind.CAUTION: colours.caution,
            Kind.PROBLEM: colours.problem,
        }
        return tones.get(self, colours.done)


class Mark(QWidget):
    """An icon of the body text's height in the colour of a kind; its words stand beside it."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        side = round(self.fontMetrics().height() * 1.15)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        tone = self._kind.tone(colours_for(self))
        draw_icon(painter, self._kind.value, QRectF(self.rect()), tone.mark)
        painter.end()


class Notice(QWidget):
    """A bar with a mark, its word, a text, and at most a few buttons (``actions``).

    Whatever else it needs goes into ``above_actions``.
    """

    def __init__(
        self,
        kind: Kind,
        text: str,
        parent: QWidget | None = None,
        *,
        title: str = "",
        actions: tuple[Button, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.kind, self.buttons = kind, actions
        row = QHBoxLayout(self)
        row.setContentsMargins(NORMAL + HAIR, CLOSE, NORMAL, CLOSE)
        row.setSpacing(CLOSE)
        column = QVBoxLayout()
        column.setSpacing(HAIR)
        marked = QVBoxLayout()
        marked.addWidget(Mark(kind, self))
        marked.addStretch(1)
        row.addLayout(marked)
        row.addLayout(column, 1)
        self._title = Body(title or kind.word(), self, bold=True)
        self._text = Body(text, self)
        column.addWidget(self._title)
        column.addWidget(self._text)
        self.above_actions = QVBoxLayout()
        self.above_actions.setSpacing(HAIR)
        column.addLayout(self.above_actions)
        if actions:
            buttons = Flow()
            buttons.setContentsMargins(0, TIGHT, 0, 0)
            for action in actions:
                buttons.addWidget(action)
            column.addLayout(buttons)
        self._name()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, title: str = "") -> None:
        """Say something else, of the same kind."""
        self._text.setText(text)
        if title:
            self._title.setText(title)
        self._name()

    def _name(self) -> None:
        self._text.setVisible(bool(self._text.text()))
        self.setAccessibleName(f"{self._title.text()}. {self._text.text()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        tone = self.kind.tone(colours_for(self))
        area = QRectF(self.rect())
        draw_box(painter, area, tone.ground, tone.mark, 1.0)
        draw_box(painter, QRectF(area.left(), area.top(), 6, area.height()), tone.mark, None)
        painter.end()
