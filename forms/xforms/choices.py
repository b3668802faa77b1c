"""The choices that a question offers now, after its filter."""

from __future__ import annotations

from dataclasses import dataclass

from forms.xforms.context import Context, Scope
from forms.xforms.instance import InstanceNode
from forms.xforms.phrases import Translations
from forms.xforms.schema import Itemset, SchemaNode
from forms.xforms.tree import Node
from forms.xforms.values import NodeSet, string


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: the name that is stored, the words that are shown, and a picture if it has one."""

    name: str
    label: str
    image: str = ""


def choices_of(node: InstanceNode, scope: Scope, translations: Translations) -> tuple[Choice, ...]:
    """The choices of a select or rank, in order; empty for any other question."""
    control = node.schema.control
    if control is None:
        return ()
    here = Context(node, node, scope, scope.zone)
    if control.itemset is not None:
        return tuple(
            _listed(control.itemset, one, node, scope, translations)
            for one in _offered(control.itemset, here)
        )
    found = []
    for item in control.items:
        label = item.label.text("", translations, here) if item.label else None
        image = item.label.text("image", translations, here) if item.label else None
        found.append(Choice(item.name, label or "", image or ""))
    return tuple(found)


def names_of(node: InstanceNode, scope: Scope) -> list[str]:
    """The names of the choices, without the work of their labels."""
    control = node.schema.control
    if control is None:
        return []
    if control.itemset is None:
        return [item.name for item in control.items]
    here = Context(node, node, scope, scope.zone)
    return [_name(control.itemset, one, node, scope) for one in _offered(control.itemset, here)]


def _offered(itemset: Itemset, here: Context) -> NodeSet:
    found = itemset.nodes.evaluate(here)
    return found if isinstance(found, list) else []


def _name(itemset: Itemset, item: Node, node: InstanceNode, scope: Scope) -> str:
    return string(itemset.name.evaluate(Context(item, node, scope, scope.zone)))


def _listed(
    itemset: Itemset, item: Node, node: InstanceNode, scope: Scope, translations: Translations
) -> Choice:
    label = string(itemset.label.evaluate(Context(item, node, scope, scope.zone)))
    image = ""
    if itemset.label_is_itext:
        identifier, here = label, Context(node, node, scope, scope.zone)
        label = translations.text(identifier, "", node.schema.path, here) or ""
        image = translations.text(identifier, "image", node.schema.path, here) or ""
    return Choice(_name(itemset, item, node, scope), label, image)


def question_at(schema: SchemaNode, node: InstanceNode) -> InstanceNode | None:
    """The nearest node of that schema to the one given."""
    shared = 0
    for mine, its in zip(node.schema.path, schema.path, strict=False):
        if mine != its:
            break
        shared += 1
    at: InstanceNode = node
    while at.schema.depth > shared:
        if not isinstance(at.parent, InstanceNode):
            return None
        at = at.parent
    for name in schema.path[shared:]:
        found = at.named.get(name)
        if not found or not isinstance(found[0], InstanceNode):
            return None
        at = found[0]
    return at
