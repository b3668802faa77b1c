"""The body of an XForm: groups, repeats and the controls that ask (ODK XForms, "body")."""

from __future__ import annotations

from lxml import etree

from forms.xforms.building import Building, child_named
from forms.xforms.errors import FormMistake, FormNotSupported
from forms.xforms.formula import Formula
from forms.xforms.model_reader import (
    CHANGED,
    FIRST_LOAD,
    JAVAROSA,
    LOAD,
    NEW_REPEAT,
    make_repeat,
    read_actions,
)
from forms.xforms.reading import elements, plain_name
from forms.xforms.schema import Control, Item, Itemset, SchemaNode, SetValue
from forms.xforms.syntax import Call, Path
from forms.xforms.tree import local_name

_CONTROLS = frozenset(
    {"input", "select", "select1", "rank", "range", "trigger", "upload", "secret"}
)
_OWN_ATTRIBUTES = frozenset({"ref", "nodeset", "bind", "appearance", "mediatype"})
_WITHOUT_ACTIONS = frozenset({"label", "hint", "item", "itemset"})
_LOADING = frozenset({FIRST_LOAD, LOAD, "xforms-ready"})


class BodyReader:
    """Reads the body into the nodes of the form; collects the actions of loading."""

    def __init__(self, building: Building) -> None:
        self._building = building
        self.on_load: list[SetValue] = []

    def find_repeats(self, element: etree._Element, base: SchemaNode | None = None) -> None:
        """Mark the repeats, before anything is compiled that counts on knowing them."""
        for child in elements(element):
            name = plain_name(child.tag)
            inner = base
            if name == "repeat":
                inner = self._node(child, base)
                make_repeat(inner)
            elif name == "group" and self._reference(child):
                inner = self._node(child, base)
            if name in ("group", "repeat"):
                self.find_repeats(child, inner)

    def read(self, element: etree._Element, base: SchemaNode | None = None) -> None:
        """Everything inside an element of the body."""
        for child in elements(element):
            name = plain_name(child.tag)
            if name == "group":
                self._group(child, base)
            elif name == "repeat":
                self._repeat(child, base)
            elif local_name(name) in _CONTROLS:
                self._control(child, base)
            elif "ref" in child.attrib and name not in ("label", "hint", "setvalue"):
                self._building.left_out.append(f"{local_name(name)} of {child.get('ref')}")

    def _reference(self, element: etree._Element) -> str:
        reference = element.get("nodeset") or element.get("ref")
        if reference is None and (bind := element.get("bind")):
            reference = self._building.bind_ids.get(bind)
            if reference is None:
                raise FormMistake(f"A question is bound to {bind}, which is not in the form.")
        return reference or ""

    def _node(self, element: etree._Element, base: SchemaNode | None) -> SchemaNode:
        who = f"A {plain_name(element.tag)}"
        return self._building.must_find(self._reference(element), base, who)

    def _group(self, element: etree._Element, base: SchemaNode | None) -> None:
        node = self._node(element, base) if self._reference(element) else base
        if self._reference(element) and node is not None:
            node.label = self._building.words(child_named(element, "label"), node)
            node.appearance = element.get("appearance") or ""
        self.read(element, node)

    def _repeat(self, element: etree._Element, base: SchemaNode | None) -> None:
        node = self._node(element, base)
        repeat = make_repeat(node)
        if count := element.get(f"{JAVAROSA}count"):
            repeat.count = self._building.formula(count, node, "repeat count")
            repeat.fixed = True
        if element.get(f"{JAVAROSA}noAddRemove") in ("true()", "true"):
            repeat.fixed = True
        if node.label is None:
            node.label = self._building.words(child_named(element, "label"), node)
        node.appearance = element.get("appearance") or node.appearance
        self._place_actions(read_actions(element, self._building, node), node)
        self.read(element, node)

    def _place_actions(self, actions: list[SetValue], owner: SchemaNode) -> None:
        for action in actions:
            if CHANGED in action.events:
                owner.on_change.append(action)
            if NEW_REPEAT in action.events:
                repeat = owner.repeat_at() or action.target.repeat_at()
                if repeat is not None:
                    repeat.on_new_row.append(action)
            if action.events & _LOADING:
                self.on_load.append(action)

    def _control(self, element: etree._Element, base: SchemaNode | None) -> None:
        node = self._node(element, base)
        if node.control is not None:
            raise FormMistake(f"Two questions of the form keep their answer in {node.reference}.")
        if not node.is_leaf:
            raise FormMistake(f"The question {node.reference} has questions inside it.")
        inside: dict[str, list[etree._Element]] = {}
        for child in elements(element):
            inside.setdefault(local_name(child.tag), []).append(child)
        node.appearance = element.get("appearance") or ""
        itemsets = inside.get("itemset")
        node.control = Control(
            kind=local_name(element.tag),
            appearance=node.appearance,
            media_type=element.get("mediatype") or "",
            parameters={
                local_name(name): value
                for name, value in element.attrib.items()
                if name not in _OWN_ATTRIBUTES
            },
            label=self._building.words(_first(inside, "label"), node),
            hint=self._building.words(_first(inside, "hint"), node),
            items=tuple(self._item(child, node) for child in inside.get("item", ())),
            itemset=self._itemset(itemsets[0], node) if itemsets else None,
        )
        node.label = node.control.label
        if not inside.keys() <= _WITHOUT_ACTIONS:
            self._place_actions(read_actions(element, self._building, node), node)

    def _item(self, element: etree._Element, node: SchemaNode) -> Item:
        value = child_named(element, "value")
        if value is None:
            raise FormMistake(f"A choice of {node.reference} has no name.")
        label = self._building.words(child_named(element, "label"), node)
        return Item("".join(value.itertext()).strip(), label)

    def _itemset(self, element: etree._Element, node: SchemaNode) -> Itemset:
        nodes = self._building.formula(element.get("nodeset") or "", node, "choices")
        value, label = child_named(element, "value"), child_named(element, "label")
        if value is None:
            raise FormMistake(f"The choices of {node.reference} have no names.")
        name = self._inner(value, node)
        shown = self._inner(label, node) if label is not None else name
        is_itext = isinstance(shown.tree, Call) and shown.tree.name == "jr:itext"
        if is_itext:
            shown = self._building.formulas.argument(shown)
        return Itemset(nodes, name, shown, is_itext)

    def _inner(self, element: etree._Element, node: SchemaNode) -> Formula:
        """An expression that is worked out at a choice, not at the question."""
        source = element.get("ref") or element.get("value") or ""
        found = self._building.formula(source, None, f"{node.reference} choices")
        if isinstance(found.tree, Path) and found.tree.absolute:
            raise FormNotSupported(f"The choices of {node.reference} have a path from the root.")
        return found


def _first(inside: dict[str, list[etree._Element]], name: str) -> etree._Element | None:
    found = inside.get(name)
    return found[0] if found else None
