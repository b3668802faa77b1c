"""An agreement scale: the options of one question side by side."""

from __future__ import annotations

from desktop.ui.look.form_picture import form_picture
from desktop.ui.look.tile import Tile
from desktop.ui.questions.choices import Option, options_of
from desktop.ui.questions.tiles import Tiles
from forms.xforms import Node


class Likert(Tiles):
    """One of a few, in an order that means something."""

    _options: tuple[Option, ...] = ()

    def show_node(self, node: Node) -> None:
        options = options_of(node)
        if options != self._options:
            self._options = options
            self.offer({o.name: self.tile(o, at, len(options)) for at, o in enumerate(options)})
        self.mark(node.value)

    def tile(self, option: Option, at: int, count: int) -> Tile:
        """The tile of the option at this place of ``count``."""
        image = form_picture(option.image)
        return Tile(option.words, self, big=str(at + 1), image=image)
