"""Words on a page: headings, body text, quiet text. All wrap, all follow the text size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from desktop.ui.look.colours import colours_of
from desktop.ui.look.enlarged import base_font, is_enlarged
from desktop.ui.look.type_scale import Size, sized

_WIDTHS = 16
"""How many heights a label remembers."""

_HEADINGS = {1: Size.FIRST, 2: Size.SECOND, 3: Size.THIRD}


class Body(QLabel):
    """Wrapping plain text. Never markup: what people wrote is shown as they wrote it."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: Size = Size.BODY,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(text, parent)
        self._size, self._bold, self._quiet = size, bold, quiet
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._restyle()

    def setText(self, text: str) -> None:
        self._heights.clear()
        super().setText(text)

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # one laying out asks for three widths by turns, many times
            if len(self._heights) > _WIDTHS:
                self._heights.clear()
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.ApplicationFontChange,
            QEvent.Type.ApplicationPaletteChange,
        ):
            self._restyle()
        elif event.type() is QEvent.Type.Polish and is_enlarged(self):
            self._restyle()  # only now is it certain where it stands
        return super().event(event)

    def _restyle(self) -> None:
        self.setFont(sized(base_font(self), self._size, bold=self._bold))
        if self._quiet:
            palette = QPalette(QApplication.palette())
            quiet = colours_of(palette).quiet  # its own would be another, and not be remembered
            palette.setColor(QPalette.ColorRole.WindowText, quiet)
            self.setPalette(palette)


class Heading(Body):
    """A heading of level 1 (the page), 2 or 3. A page moves focus to its level 1 when it opens."""

    def __init__(self, text: str = "", level: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(text, parent, size=_HEADINGS[level], bold=True)
        self.level = level


class Quiet(Body):
    """Hints, dates, counts: smaller, and less loud than body text, never below 4.5:1."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, size=Size.SMALL, quiet=True)
