"""The choices that a question offers now, after its filter."""

from __future__ import annotations

from dataclasses import dataclass

from forms.xforms.context import Context
from forms.xforms.formula import Formula
from forms.xforms.instance import InstanceNode
from forms.xforms.phrases import Translations
from forms.xforms.schema import Itemset, SchemaNode
from forms.xforms.spoken_lists import in_language
from forms.xforms.tree import Node
from forms.xforms.values import NodeSet, string


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: the name that is stored, the words that are shown, and a picture if it has one."""

    name: str
    label: str
    image: str = ""


def choices_of(node: InstanceNode, here: Context, translations: Translations) -> tuple[Choice, ...]:
    """The choices of a select or rank, in order; empty for any other question.

    ``here`` is the context of the question itself.
    """
    control = node.schema.control
    if control is None:
        return ()
    if control.itemset is not None:
        items = _offered(control.itemset, here)
        return tuple(_listed(control.itemset, item, node, here, translations) for item in items)
    found = []
    for one in control.items:
        label = one.label.text("", translations, here) if one.label else None
        image = one.label.text("image", translations, here) if one.label else None
        found.append(Choice(one.name, label or "", image or ""))
    return tuple(found)


def names_of(node: InstanceNode, here: Context) -> list[str]:
    """The names of the choices, without the work of their labels."""
    control = node.schema.control
    if control is None:
        return []
    if control.itemset is None:
        return [item.name for item in control.items]
    itemset = control.itemset
    return [_at(itemset.name, item, here) for item in _offered(itemset, here)]


def _offered(itemset: Itemset, here: Context) -> NodeSet:
    found = itemset.nodes.evaluate(here)
    return [item for item in found if item.relevant] if isinstance(found, list) else []


def _at(formula: Formula, item: Node, here: Context) -> str:
    return string(formula.evaluate(Context(item, here.current, here.scope, here.zone)))


def _label(formula: Formula, item: Node, here: Context) -> str:
    found = formula.evaluate(Context(item, here.current, here.scope, here.zone))
    if isinstance(found, list) and found:
        return in_language(found[0], here.scope.language)
    return string(found)


def _listed(
    itemset: Itemset, item: Node, node: InstanceNode, here: Context, translations: Translations
) -> Choice:
    image = ""
    if not itemset.label_is_itext:
        label = _label(itemset.label, item, here)
    else:
        identifier = _at(itemset.label, item, here)
        label = translations.text(identifier, "", node.schema.path, here) or ""
        image = translations.text(identifier, "image", node.schema.path, here) or ""
    return Choice(_at(itemset.name, item, here), label, image)


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
