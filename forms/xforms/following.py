"""What follows from an answer: every part of a form that could tell of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from forms.xforms.dependencies import Reader, Work
from forms.xforms.schema import SchemaNode, SetValue


def following(
    root: SchemaNode, on_load: Iterable[SetValue], paths: Collection[str]
) -> frozenset[str]:
    """The parts, outside of ``paths``, that are worked out from what is in them.

    Their relevance, value, rows, words or choices read it, or are set from it; or they follow from
    a part that does. Without what is inside of such a part.
    """
    parts = [node for node in root.walk() if node.reference in paths]
    known = {inside for part in parts for inside in part.walk()}
    waiting, found = list(known), set[str]()
    set_from = _set_from(root, on_load) if parts else {}
    while waiting:
        node = waiting.pop()
        readers = [dependent.target for dependent in node.dependents]
        for target in (*readers, *set_from.get(node, ())):
            if target not in known:
                found.add(target.reference)
                new = [inside for inside in target.walk() if inside not in known]
                known.update(new)
                waiting.extend(new)
    return frozenset(found)


def _set_from(root: SchemaNode, on_load: Iterable[SetValue]) -> dict[SchemaNode, list[SchemaNode]]:
    """What is set, on whatever occasion, from the value of a node or because it changed."""
    targets: dict[SchemaNode, list[SchemaNode]] = {}
    for action, source in _sources(root, on_load):
        targets.setdefault(source, []).append(action.target)
    return targets


def _sources(
    root: SchemaNode, on_load: Iterable[SetValue]
) -> Iterator[tuple[SetValue, SchemaNode]]:
    actions = list(on_load)
    for node in root.walk():
        yield from ((action, node) for action in node.on_change)
        actions += [*node.on_change, *node.on_new_row]
    for action in actions:
        if action.formula is not None:
            reader = Reader(root, "", action.target, Work())
            for source, _pivot in reader.reads(action.formula.tree):
                yield action, source
