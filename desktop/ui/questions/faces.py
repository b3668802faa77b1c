"""Five faces, from very sad to very happy: for children, and for anyone without the words."""

from __future__ import annotations

from desktop.ui.look.form_picture import form_picture
from desktop.ui.look.tile import Tile
from desktop.ui.questions.choices import Option, options_of
from desktop.ui.questions.scale import steps_of
from desktop.ui.questions.tiles import Tiles
from desktop.ui.words import tr
from forms.xforms import Node

_FACES = 5


class Faces(Tiles):
    """The first option of the form is the saddest face, the last the happiest.

    Options beyond the faces (such as "I do not want to say") are tiles with words alone.
    """

    _options: tuple[Option, ...] = ()

    def show_node(self, node: Node) -> None:
        options = options_of(node) if node.choices else _in_words(steps_of(node))
        if options != self._options:
            self._options = options
            self.offer({o.name: self._tile(o, at) for at, o in enumerate(options)})
        self.mark(node.value)

    def _tile(self, option: Option, at: int) -> Tile:
        face = at + 1 if len(self._options) != 3 else at * 2 + 1
        name = f"face-{face}" if face <= _FACES else "speech"
        return Tile(option.words, self, icon_name=name, image=form_picture(option.image))


def _in_words(steps: tuple[str, ...]) -> tuple[Option, ...]:
    words = (tr("Very sad"), tr("Sad"), tr("In between"), tr("Happy"), tr("Very happy"))
    return tuple(
        Option(step, words[at] if len(steps) == _FACES else step) for at, step in enumerate(steps)
    )
