"""Text size and colours: chosen here, seen at once, remembered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from desktop.ui.look.card import Card
from desktop.ui.look.chosen import SCALES, Look
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.options import RadioRow
from desktop.ui.look.palettes import Theme
from desktop.ui.look.spacing import TIGHT
from desktop.ui.pages.page import ColumnPage
from desktop.ui.words import tr


class TextAndColoursPage(ColumnPage):
    """``chosen`` carries a `Look`. A family may use it too: it tells nothing and leads nowhere."""

    chosen = Signal(object)
    may_interrupt = True

    def __init__(self, look: Look) -> None:
        super().__init__(tr("Text and colours"), characters=60)
        self._look = look
        self.sizes = {scale: RadioRow(_size_words(scale)) for scale in SCALES}
        self.themes = {theme: RadioRow(words) for theme, words in _theme_words().items()}
        self._groups = [QButtonGroup(self), QButtonGroup(self)]
        self.content.addWidget(Body(tr("What you choose is seen at once and stays chosen.")))
        self._offer(tr("Text size"), self._groups[0], list(self.sizes.values()))
        self._offer(tr("Colours"), self._groups[1], list(self.themes.values()))
        self.sizes.get(look.text_scale, self.sizes[1.0]).setChecked(True)
        self.themes[look.theme].setChecked(True)
        for group in self._groups:
            group.buttonClicked.connect(self._choose)

    def _offer(self, title: str, group: QButtonGroup, rows: list[RadioRow]) -> None:
        card = Card()
        card.setAccessibleName(title)
        card.body.addWidget(Heading(title, 2))
        lines = QVBoxLayout()
        lines.setSpacing(TIGHT)
        for row in rows:
            group.addButton(row)
            lines.addWidget(row)
        card.body.addLayout(lines)
        self.content.addWidget(card)

    def _choose(self) -> None:
        scale = next(scale for scale, row in self.sizes.items() if row.isChecked())
        theme = next(theme for theme, row in self.themes.items() if row.isChecked())
        if Look(theme, scale) != self._look:
            self._look = Look(theme, scale)
            self.chosen.emit(self._look)


def _size_words(scale: float) -> str:
    if scale == 1.0:
        return tr("As this machine has it")
    return tr("{percent}%", percent=round(scale * 100))


def _theme_words() -> dict[Theme, str]:
    return {
        Theme.SYSTEM: tr("As this machine has them"),
        Theme.LIGHT: tr("Light"),
        Theme.DARK: tr("Dark"),
        Theme.HIGH_CONTRAST: tr("High contrast"),
    }
