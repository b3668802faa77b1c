"""What can be chosen: what the form offers now, and what was chosen though it no longer does."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.words import tr
from forms.xforms import Node


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the name that is kept, the words that are read, and its picture.

    ``image`` is as the form tells it (`look.form_picture`); blank if it has none.
    """

    name: str
    words: str
    image: str = ""


def options_of(node: Node) -> tuple[Option, ...]:
    """The options of a node in order; values that are no longer offered come last and say so."""
    offered = [Option(c.name, without_emphasis(c.label) or c.name, c.image) for c in node.choices]
    names = {option.name for option in offered}
    kept = [name for name in chosen_names(node) if name and name not in names]
    offered += [Option(name, tr("{name} (no longer offered)", name=name)) for name in kept]
    return tuple(offered)


def chosen_names(node: Node) -> list[str]:
    """What is chosen: one name for one of several, any number of them for many of several."""
    if node.control == "select1":
        return [node.value] if node.value else []
    return node.value.split()


def chosen_words(node: Node) -> str:
    """What is chosen of one of several, in words; the value of any other question as it is."""
    offered = {choice.name: without_emphasis(choice.label) for choice in node.choices}
    return offered.get(node.value) or node.value
