"""The entities that a form declares (ODK XForms, entities; XLSForm's ``save_to``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from forms.xforms.reading import elements, plain_name
from forms.xforms.schema import SchemaNode
from forms.xforms.tree import local_name


@dataclass(frozen=True, slots=True)
class EntityDeclaration:
    """Answers of the form that make an entity.

    ``path`` is the schema path of the root, group or repeat that one entity stands for;
    ``properties`` maps a property to the schema path of the question that saves to it.
    ``label`` is the path of the entity's label, blank if it has none.
    """

    dataset: str
    path: str
    properties: Mapping[str, str]
    label: str = ""


def declarations(primary: etree._Element, root: SchemaNode) -> tuple[EntityDeclaration, ...]:
    """Every entity that the form declares, in document order."""
    found = list(dict.fromkeys(_declared(primary, root)))  # a template and its first row are one
    owners = {node for node, _, _ in found}
    return tuple(
        EntityDeclaration(dataset, node.reference, _properties(node, owners), label)
        for node, dataset, label in found
    )


def _declared(element: etree._Element, node: SchemaNode) -> Iterator[tuple[SchemaNode, str, str]]:
    for child in elements(element):
        inner = node.named[plain_name(child.tag)]
        if local_name(inner.name) == "meta":
            for one in elements(child):
                if local_name(plain_name(one.tag)) == "entity":
                    entity = inner.named[plain_name(one.tag)]
                    label = entity.named.get("label")
                    yield node, one.get("dataset") or "", label.reference if label else ""
        else:
            yield from _declared(child, inner)


def _properties(owner: SchemaNode, owners: set[SchemaNode]) -> dict[str, str]:
    """The questions that save to the nearest entity around them."""
    found: dict[str, str] = {}
    waiting = list(owner.children)
    while waiting:
        node = waiting.pop(0)
        if saved_to := node.bind_attributes.get("saveto"):
            found[saved_to] = node.reference
        if node not in owners:
            waiting[:0] = node.children
    return found
