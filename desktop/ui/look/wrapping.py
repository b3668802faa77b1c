"""Buttons whose words wrap: narrower is higher. One rule of size for rows, links and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui.look.painting import leading
from desktop.ui.look.spacing import TARGET

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_WIDTHS = 16
_WIDEST_EMS = 34
_ENOUGH = 100_000

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # two Qt classes among the bases of one end the process


class Wrapping(_Button):
    """As high as its words need at a width: ``_measured`` says it, and is asked once a width.

    Qt asks for a dozen widths by turns, many times for each laying out.
    """

    _heights: dict[int, int]

    def _begin_wrapping(self, across: QSizePolicy.Policy = QSizePolicy.Policy.Preferred) -> None:
        self._heights = {}
        policy = QSizePolicy(across, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hasHeightForWidth(self) -> bool:
        """Always: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As much as the wrapped words need, and never less than a target."""
        if width not in self._heights:
            if len(self._heights) > _WIDTHS:
                self._heights.clear()
            self._heights[width] = max(TARGET, self._measured(width))
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._measure_anew()

    def _measure_anew(self) -> None:
        """The words or their font are others."""
        self._heights.clear()
        self.updateGeometry()

    def _measured(self, width: int) -> int:
        raise NotImplementedError


class WrappingWords(Wrapping):
    """Words in the button's own font, with room kept ``_beside_words`` and ``_above_words``."""

    words: str

    def sizeHint(self) -> QSize:
        """All on one line, as far as that is good to read."""
        metrics = self.fontMetrics()
        words = min(self._on_one_line(), metrics.height() * _WIDEST_EMS)
        width = words + self._beside_words()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the longest word."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in self.words.split()), default=0)
        return QSize(longest + 2 + self._beside_words(), TARGET)

    def _measured(self, width: int) -> int:
        across = max(1, width - self._beside_words())
        if "\n" not in self.words and across >= self._on_one_line():
            return self.fontMetrics().height() + self._above_words()
        flags = leading(self) | _MIDDLE
        room = QRect(0, 0, across, _ENOUGH)
        words = self.fontMetrics().boundingRect(room, flags, self.words)
        return words.height() + self._above_words()

    def _on_one_line(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.words) + 2

    def _beside_words(self) -> int:
        raise NotImplementedError

    def _above_words(self) -> int:
        raise NotImplementedError
