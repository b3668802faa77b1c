"""The sections of a form, at the side: which is shown, and what is unfinished, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.services.form_sections import Section
from desktop.ui.look.icons import draw_icon
from desktop.ui.look.painting import colours_for, draw_box, draw_focus, fill, leading, painter_on
from desktop.ui.look.spacing import CLOSE, HAIR, TARGET, TIGHT
from desktop.ui.look.type_scale import Size, sized
from desktop.ui.look.wrapping import Wrapping
from desktop.ui.words import counted, tr

_BAR = 4


def section_words(section: Section) -> str:
    """How a section stands."""
    if not section.is_known:
        return ""
    if section.missing:
        return counted(section.missing, "{n} to answer", "{n} to answer")
    return tr("Finished") if section.answered else tr("Nothing written yet")


class SectionRow(Wrapping, QPushButton):
    """A section: its title, and below it how it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        QPushButton.__init__(self, parent)
        self._title, self._state, self._done, self._shown = "", "", False, False
        self._begin_wrapping()
        self.setAutoDefault(False)

    def show_section(self, section: Section, *, shown: bool) -> None:
        """Show this section, and whether its page is the one on the screen."""
        told = (section.title, section_words(section), section.is_finished, shown)
        if told == (self._title, self._state, self._done, self._shown):
            return
        self._title, self._state, self._done, self._shown = told
        self.setText(section.title.replace("&", "&&"))
        words = [section.title, self._state, tr("on the screen now") if shown else ""]
        self.setAccessibleName(", ".join(word for word in words if word))
        self._measure_anew()
        self.update()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().height() * 12
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 8, TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = colours_for(self), painter_on(self)
        area = QRectF(self.rect())
        if self._shown:
            draw_box(painter, area, colours.chosen, None)
            bar = QRect(0, TIGHT, _BAR, self.height() - 2 * TIGHT)
            fill(painter, self._mirrored(bar), colours.accent)
        elif self.underMouse():
            draw_box(painter, area, colours.hover, None)
        painter.setFont(self._title_font())
        painter.setPen(colours.text)
        room = QRect(_BAR + CLOSE, TIGHT, self._room(self.width()), self.height())
        painter.drawText(self._mirrored(room), leading(self), self._title)
        top = TIGHT + self._title_height(self.width()) + HAIR
        left = _BAR + CLOSE
        if self._done:
            side = self._state_height()
            tick = QRect(left, top, side, side)
            draw_icon(painter, "tick", QRectF(self._mirrored(tick)), colours.done.mark)
            left += side + HAIR
        painter.setFont(self._state_font())
        painter.setPen(colours.quiet)
        state = QRect(left, top, self.width() - left, self._state_height())
        painter.drawText(self._mirrored(state), leading(self), self._state)
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()

    def _measured(self, width: int) -> int:
        return self._title_height(width) + HAIR + self._state_height() + 2 * TIGHT

    def _title_font(self) -> QFont:
        return sized(self.font(), Size.BODY, bold=self._shown)

    def _state_font(self) -> QFont:
        return sized(self.font(), Size.SMALL)

    def _room(self, width: int) -> int:
        return max(1, width - _BAR - 2 * CLOSE)

    def _title_height(self, width: int) -> int:
        room = QRect(0, 0, self._room(width), 10_000)
        return (
            QFontMetrics(self._title_font()).boundingRect(room, leading(self), self._title).height()
        )

    def _state_height(self) -> int:
        return QFontMetrics(self._state_font()).height()

    def _mirrored(self, area: QRect) -> QRect:
        if self.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
            return area
        return QRect(self.width() - area.right() - 1, area.top(), area.width(), area.height())


class SectionList(QWidget):
    """All sections in order. ``chosen`` carries the path of one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Sections"))
        self.rows: dict[str, SectionRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        self._column.setSpacing(HAIR)
        self._column.addStretch(1)

    def show_sections(self, sections: Sequence[Section], shown: str) -> None:
        """Show these sections; ``shown`` is the path of the one on the screen."""
        if list(self.rows) != [section.path for section in sections]:
            self._arrange([section.path for section in sections])
        for section in sections:
            self.rows[section.path].show_section(section, shown=section.path == shown)

    def _arrange(self, paths: Sequence[str]) -> None:
        for path in [path for path in self.rows if path not in paths]:
            row = self.rows.pop(path)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        before: QWidget | None = None
        for at, path in enumerate(paths):
            row = self.rows.get(path) or self._made(path)
            self._column.insertWidget(at, row)
            if before is not None:
                QWidget.setTabOrder(before, row)
            before = row
        self.rows = {path: self.rows[path] for path in paths}

    def _made(self, path: str) -> SectionRow:
        row = self.rows[path] = SectionRow(self)
        row.clicked.connect(lambda: self.chosen.emit(path))
        return row
