"""A drawing, with a few inks, undo and a clean sheet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.flow import Flow
from desktop.ui.look.icons import draw_icon
from desktop.ui.look.labels import Quiet
from desktop.ui.look.painting import colours_for, draw_box, draw_focus, painter_on
from desktop.ui.look.spacing import TARGET, TIGHT
from desktop.ui.look.whole_target import make_whole_target
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.stroke_pad import INK, StrokePad
from desktop.ui.questions.strokes import EXTENSION, Strokes
from desktop.ui.words import tr
from forms.records.attachment import attachment_name, is_attachment_name
from forms.xforms import Node

PAUSE_MS = 1000
"""How long after a stroke the drawing is kept, if nobody draws on."""

LATEST_MS = 5000
"""How long after the first stroke that is not kept, while somebody draws on and on."""

INKS = (
    (INK, "Black"),
    ("#b3261e", "Red"),
    ("#1d5fb8", "Blue"),
    ("#2e7d4f", "Green"),
    ("#8a5a2b", "Brown"),
    ("#d98200", "Orange"),
    ("#7b3fa0", "Purple"),
)


class Ink(QRadioButton):
    """A pot of ink; the chosen one has a tick."""

    def __init__(self, colour: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(TARGET, TARGET)
        make_whole_target(self)

    def sizeHint(self) -> QSize:
        return QSize(TARGET, TARGET)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        area = QRectF(self.rect())
        draw_box(painter, area.adjusted(5, 5, -5, -5), QColor(self.colour), colours.border)
        if self.isChecked():
            draw_icon(painter, "tick", area.adjusted(12, 12, -12, -12), QColor("white"))
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()


class Drawing(Field):
    """The value is the name of the strokes in the vault; an empty sheet has none.

    The strokes are kept a second after the last one, five seconds after the first one that is not
    kept, and at once when the question is left.
    """

    HEIGHT = 640
    _is_for_signing = False

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._value = ""
        self._is_drawn = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(TIGHT)
        self.pad = StrokePad(self.HEIGHT, self, line=self._is_for_signing)
        self.missing = Quiet("", self)
        self.missing.hide()
        self.inks: list[Ink] = []
        self.undo_stroke = secondary(tr("Undo line"), self, icon_name="undo")
        self.clear = secondary(tr("Clear"), self, icon_name="remove")
        self._tools = Flow()
        if not self._is_for_signing:
            self._add_inks()
        self._tools.addWidget(self.undo_stroke)
        self._tools.addWidget(self.clear)
        self.column.addWidget(self.missing)
        self.column.addWidget(self.pad)
        self.column.addLayout(self._tools)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._latest = QTimer(self)
        self._latest.setSingleShot(True)
        self._latest.setInterval(LATEST_MS)
        self._latest.timeout.connect(self.settle)
        self.pad.drawn.connect(self._drawn)
        self.pad.left.connect(self.settle)
        self.undo_stroke.clicked.connect(self.pad.undo)
        self.clear.clicked.connect(self.pad.clear)

    def show_node(self, node: Node) -> None:
        self.pad.setAccessibleName(f"{self.pad_words()}: {self.question}")
        self.pad.setAccessibleDescription(self.accessibleDescription())
        self.undo_stroke.say(tr("Undo line"), self.question)
        self.clear.say(tr("Clear"), self.question)
        if node.value != self._value and not self._is_drawn:
            self._value = node.value
            self._load(node.value)
        self._enable_tools()

    def pad_words(self) -> str:
        """What the paper is for."""
        return tr("Draw here")

    def value(self) -> str:
        return self._value

    def controls(self) -> list[QWidget]:
        return [self.pad, *self.inks, self.undo_stroke, self.clear]

    def settle(self) -> None:
        """Keep what is on the paper, if it is not kept yet, and say so."""
        if not self._is_drawn:
            return
        self._is_drawn = False
        self._pause.stop()
        self._latest.stop()
        strokes = self.pad.strokes
        self._value = self.around.keep(strokes.written(), EXTENSION) if strokes.strokes else ""
        self.tell()

    def _drawn(self) -> None:
        self._is_drawn = True
        self.missing.hide()
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()
        self._enable_tools()

    def _add_inks(self) -> None:
        group = QButtonGroup(self)
        for colour, words in INKS:
            ink = Ink(colour, tr(words), self)
            group.addButton(ink)
            self._tools.addWidget(ink)
            self.inks.append(ink)
            ink.clicked.connect(lambda _=False, chosen=colour: self._dip(chosen))
        self.inks[0].setChecked(True)

    def _dip(self, colour: str) -> None:
        self.pad.ink = colour

    def _enable_tools(self) -> None:
        has_strokes = bool(self.pad.strokes.strokes)
        for button in (self.undo_stroke, self.clear):
            if not has_strokes and button.hasFocus():
                self.pad.setFocus()
            button.setEnabled(has_strokes and self.pad.isEnabled())

    def _load(self, name: str) -> None:
        self.missing.hide()
        self.pad.show_strokes(Strokes(self.HEIGHT))
        if is_attachment_name(name):
            self.around.fetch(name, self._loaded)

    def _loaded(self, content: bytes | None) -> None:
        if self._is_drawn:
            return
        if content is None:
            self.missing.setText(
                tr("What was drawn is kept, but it has not reached this device yet.")
            )
            self.missing.show()
            return
        if attachment_name(content, EXTENSION) != self._value:
            return  # asked for before the answer became another
        try:
            self.pad.show_strokes(Strokes.read(content))
        except ValueError:
            self.missing.setText(tr("What was drawn is kept, but this program cannot show it."))
            self.missing.show()
        self._enable_tools()
