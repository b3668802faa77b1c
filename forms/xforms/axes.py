"""The axes of XPath 1.0 (2.2), each in its own order, and document order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from forms.xforms.errors import FormNotSupported
from forms.xforms.tree import Attribute, Branch, Element, Node, Text

Axis = Callable[[Node], Iterable[Node]]


def _child(node: Node) -> Sequence[Node]:
    if isinstance(node, Branch):
        if node.children:
            return node.children
        if isinstance(node, Element) and node.text:
            return (Text(node, node.text),)
    return ()


def _parent(node: Node) -> Sequence[Node]:
    return () if node.parent is None else (node.parent,)


def _self(node: Node) -> Sequence[Node]:
    return (node,)


def _attribute(node: Node) -> Iterator[Node]:
    if isinstance(node, Element) and node.attributes:
        for name, value in node.attributes.items():
            yield Attribute(node, name, value)


def _descendant(node: Node) -> Iterator[Node]:
    for child in _child(node):
        yield child
        if isinstance(child, Branch):
            yield from _descendant(child)


def _descendant_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _descendant(node)


def _ancestor(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _ancestor_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestor(node)


def _siblings(node: Node) -> tuple[Sequence[Node], int]:
    if isinstance(node, Attribute) or node.parent is None:
        return (), 0
    siblings = _child(node.parent)
    place = next((i for i, one in enumerate(siblings) if one is node), len(siblings))
    return siblings, place


def _following_sibling(node: Node) -> Sequence[Node]:
    siblings, place = _siblings(node)
    return siblings[place + 1 :]


def _preceding_sibling(node: Node) -> Sequence[Node]:
    siblings, place = _siblings(node)
    return siblings[:place][::-1]


def _following(node: Node) -> Iterator[Node]:
    if isinstance(node, Attribute):
        yield from _descendant(node.parent)
        yield from _following(node.parent)
        return
    for above in _ancestor_or_self(node):
        for sibling in _following_sibling(above):
            yield from _descendant_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if isinstance(node, Attribute):
        yield from _preceding(node.parent)
        return
    for above in _ancestor_or_self(node):
        for sibling in _preceding_sibling(above):
            yield from reversed(list(_descendant_or_self(sibling)))


def _namespace(_: Node) -> Iterable[Node]:
    raise FormNotSupported("The form uses the namespace axis in an expression.")


AXES: dict[str, Axis] = {
    "child": _child,
    "parent": _parent,
    "self": _self,
    "attribute": _attribute,
    "descendant": _descendant,
    "descendant-or-self": _descendant_or_self,
    "ancestor": _ancestor,
    "ancestor-or-self": _ancestor_or_self,
    "following": _following,
    "following-sibling": _following_sibling,
    "preceding": _preceding,
    "preceding-sibling": _preceding_sibling,
    "namespace": _namespace,
}
REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


def document_order(nodes: Iterable[Node]) -> list[Node]:
    """The nodes, each once, in document order (XPath 1.0, 5)."""
    distinct = list(dict.fromkeys(nodes))
    if len(distinct) < 2:
        return distinct
    places: dict[int, dict[int, int]] = {}
    return sorted(distinct, key=lambda node: _place(node, places))


def _place(node: Node, places: dict[int, dict[int, int]]) -> tuple[tuple[int, int], ...]:
    """Where a node stands, as a path of places; attributes come before children."""
    found: list[tuple[int, int]] = []
    while (above := node.parent) is not None:
        if isinstance(node, Attribute):
            names = list(node.parent.attributes or ())
            found.append((0, names.index(node.name)))
        else:
            order = places.get(id(above))
            if order is None:
                order = {id(child): i for i, child in enumerate(_child(above))}
                places[id(above)] = order
            found.append((1, order.get(id(node), 0)))
        node = above
    return ((0, id(node)), *reversed(found))
