"""A scale, such as 0 to 10: one tile a number, nothing to drag and nothing chosen beforehand."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop.ui.look.tile import Tile
from desktop.ui.questions.tiles import Tiles
from desktop.ui.words import tr
from forms.xforms import Node

MOST_STEPS = 21


def steps_of(node: Node) -> tuple[str, ...]:
    """The numbers of a range, as text; empty if it has none or too many to show as tiles."""
    try:
        start, end, step = (
            Decimal(node.parameters.get(name, usual))
            for name, usual in (("start", "0"), ("end", "10"), ("step", "1"))
        )
    except InvalidOperation:
        return ()
    if not step or (end - start) / step < 0:
        return ()
    count = int((end - start) / step) + 1
    return tuple(str(start + step * at) for at in range(count)) if count <= MOST_STEPS else ()


class Scale(Tiles):
    """A range. A number that is not on the scale stays and is shown beside it."""

    def show_node(self, node: Node) -> None:
        steps = list(steps_of(node))
        if node.value and node.value not in steps:
            steps.append(node.value)
        if steps != list(self.tiles):
            self.offer({step: Tile("", self, big=step) for step in steps})
        for step, tile in self.tiles.items():
            tile.setAccessibleName(step)
            tile.setAccessibleDescription(
                tr(
                    "{question}: from {start} to {end}",
                    question=self.question,
                    start=steps[0],
                    end=steps[-1],
                )
            )
        self.mark(node.value)
