"""One of a few, side by side: what scales and faces share."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.ui.look.flow import Flow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.look.tile import Tile
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.select_one import choose


class Tiles(Field):
    """Tiles that wrap onto more lines when the text is large; one may be chosen."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.tiles: dict[str, Tile] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self.tell)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._flow = Flow()
        self._flow.setSpacing(TIGHT)
        self.column.addLayout(self._flow)

    def offer(self, tiles: dict[str, Tile]) -> None:
        """Show these tiles, by the value that each stands for, instead of those before."""
        for tile in self.tiles.values():
            self._group.removeButton(tile)
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = tiles
        for tile in tiles.values():
            self._group.addButton(tile)
            self._flow.addWidget(tile)

    def mark(self, value: str) -> None:
        """Show this value as chosen."""
        if self.value() != value:
            choose(self._group, self.tiles.get(value))

    def value(self) -> str:
        return next((value for value, tile in self.tiles.items() if tile.isChecked()), "")

    def controls(self) -> list[QWidget]:
        chosen = [tile for tile in self.tiles.values() if tile.isChecked()]
        rest = [tile for tile in self.tiles.values() if not tile.isChecked()]
        return [*chosen, *rest]

    @property
    def label_is_the_name(self) -> bool:
        return False
