"""Location paths as closures (XPath 1.0, 2), with a short way for the paths that forms are full of.

A path leaves out nodes that are not relevant. If it leads to nothing else, it leads to the first of
them, which reads as blank; functions of node-sets (``count``, ``join``) leave that out too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from forms.xforms.axes import AXES, REVERSE, document_order
from forms.xforms.context import Context, Evaluate, EvaluateNodes
from forms.xforms.errors import ExpressionError
from forms.xforms.lookups import keyed
from forms.xforms.syntax import Expression, Step
from forms.xforms.tree import (
    Attribute,
    Branch,
    Comment,
    Element,
    Node,
    ProcessingInstruction,
    Text,
    namespace_of,
)
from forms.xforms.values import NodeSet, boolean

CompilePredicate = Callable[[Expression], Evaluate]
Selector = Callable[[Node, Context], Sequence[Node]]
XML = "http://www.w3.org/XML/1998/namespace"
_NONE: list[Element] = []


def qualified(test: str, namespaces: Mapping[str, str]) -> str:
    """The expanded name that a name test means; ExpressionError for an undeclared prefix."""
    prefix, colon, local = test.partition(":")
    if not colon:
        return test
    if prefix == "xml":
        return f"{{{XML}}}{local}"
    if prefix not in namespaces:
        raise ExpressionError(f"The prefix {prefix}: is not declared in the form")
    uri = namespaces[prefix]
    return f"{{{uri}}}{local}" if uri else local


class Base(Enum):
    """Where a path begins."""

    NODE = "node"
    CURRENT = "current"
    ROOT = "root"


@dataclass(frozen=True, slots=True)
class Start:
    """A node that a path begins at: so many levels above its base."""

    base: Base
    ups: int = 0


def _starting(start: Start) -> Callable[[Context], Node | None]:
    ups, base = start.ups, start.base

    def find(context: Context) -> Node | None:
        node: Node | None
        if base is Base.NODE:
            node = context.node
        else:
            node = context.current if base is Base.CURRENT else context.scope.root
        for _ in range(ups):
            if node is None:
                return None
            node = node.parent
        return node

    return find


def steps_from(
    start: Start,
    steps: Sequence[Step],
    namespaces: Mapping[str, str],
    predicate: CompilePredicate,
) -> EvaluateNodes:
    """The nodes that the steps reach from one node."""
    ups, names = plain_steps(steps)
    if ups is not None:
        beginning = Start(start.base, start.ups + ups)
        return _plain(beginning, tuple(qualified(name, namespaces) for name in names))
    selectors = [selector(step, namespaces, predicate) for step in steps]
    find = _starting(start)

    def evaluate(context: Context) -> NodeSet:
        node = find(context)
        if node is None:
            return []
        return readable(follow([node], selectors, context))

    return evaluate


def plain_steps(steps: Sequence[Step]) -> tuple[int | None, list[str]]:
    """``../../a/b`` as (2, [a, b]); (None, []) if the path is anything more."""
    ups = 0
    names: list[str] = []
    for step in steps:
        if step.predicates:
            return None, []
        if step.axis == "parent" and step.test == "node()" and not names:
            ups += 1
        elif step.axis == "child" and not step.test.endswith((")", "*")):
            names.append(step.test)
        elif step.axis != "self" or step.test != "node()":
            return None, []
    return ups, names


def _plain(start: Start, names: tuple[str, ...]) -> EvaluateNodes:
    if start.base is not Base.ROOT and len(names) == 1:
        return _child_of(start.base is Base.NODE, start.ups, names[0])
    find = _starting(start)

    def evaluate(context: Context) -> NodeSet:
        node = find(context)
        if not isinstance(node, Branch):
            return [] if names or node is None else [node]
        branch = node
        for at, name in enumerate(names):
            found = branch.named.get(name, _NONE)
            if len(found) != 1:
                return _fan_out(found, names[at + 1 :], context)
            branch = found[0]
        return [branch]

    return evaluate


def _child_of(from_node: bool, ups: int, name: str) -> EvaluateNodes:
    """``../name``, which most paths are."""

    def evaluate(context: Context) -> NodeSet:
        node = context.node if from_node else context.current
        for _ in range(ups):
            above = node.parent
            if above is None:
                return []
            node = above
        if not isinstance(node, Branch):
            return []
        found = node.named.get(name)
        if found is None:
            return []
        if len(found) == 1:
            return [found[0]]
        return _fan_out(found, (), context)

    return evaluate


def _fan_out(nodes: Sequence[Element], names: tuple[str, ...], context: Context) -> NodeSet:
    """The rest of a plain path, from several nodes."""
    for name in names:
        nodes = [child for node in nodes for child in node.named.get(name, _NONE)]
        context.scope.spend(len(nodes) >> 3)
    return readable(nodes)


def readable(nodes: Sequence[Node]) -> NodeSet:
    """Those of the nodes that are relevant; else the first of them, which reads as blank."""
    found = [node for node in nodes if node.relevant]
    return found or list(nodes[:1])


def follow(nodes: NodeSet, selectors: Sequence[Selector], context: Context) -> NodeSet:
    """The nodes after each step in turn, in document order."""
    for select in selectors:
        if len(nodes) == 1:
            found = list(select(nodes[0], context))
            if getattr(select, "reverse", False):
                found.reverse()
            nodes = found
        else:
            found = []
            for node in nodes:
                selected = select(node, context)
                context.scope.spend(len(selected) + 1)
                found.extend(selected)
            in_order = getattr(select, "keeps_order", False)
            context.scope.spend(0 if in_order else 4 * len(found))
            nodes = list(dict.fromkeys(found)) if in_order else document_order(found)
        context.scope.spend(len(nodes) + 1)
    return nodes


def selector(step: Step, namespaces: Mapping[str, str], predicate: CompilePredicate) -> Selector:
    """One step as a closure from a node to the nodes it selects, in the order of its axis."""
    select = _unfiltered(step, namespaces)
    found = looked_up(step, namespaces, predicate)
    if found is not None:
        select, rest = found
        step = Step(step.axis, step.test, rest)
    predicates = [predicate(one) for one in step.predicates]
    if not predicates:
        return select

    def filtered(node: Node, context: Context) -> Sequence[Node]:
        nodes = select(node, context)
        for one in predicates:
            nodes = matching(nodes, one, context)
        return nodes

    filtered.reverse = step.axis in REVERSE  # type: ignore[attr-defined]
    filtered.keeps_order = step.axis in ("child", "self", "attribute")  # type: ignore[attr-defined]
    return filtered


def looked_up(
    step: Step, namespaces: Mapping[str, str], predicate: CompilePredicate
) -> tuple[Selector, tuple[Expression, ...]] | None:
    """``item[key = value]`` by an index of the items, and the conditions that are left.

    Only lists have one: they never change. None for a step that asks for something else.
    """
    if step.axis != "child" or not step.predicates or step.test.endswith((")", "*")):
        return None
    condition = keyed(step.predicates[0])
    if condition is None:
        return None
    name, key = qualified(step.test, namespaces), qualified(condition.key, namespaces)
    value, whole = predicate(condition.value), predicate(step.predicates[0])
    others = [predicate(one) for one in condition.others]

    def select(node: Node, context: Context) -> Sequence[Node]:
        if not isinstance(node, Branch):
            return _NONE
        wanted = value(context) if type(node) is Element else None
        if isinstance(wanted, list) and len(wanted) == 1:
            wanted = wanted[0].string()
        if type(wanted) is not str:
            return matching(node.named.get(name, _NONE), whole, context)
        found: Sequence[Node] = node.index(name, key).get(wanted, _NONE)
        for other in others:
            found = matching(found, other, context)
        return found

    select.keeps_order = True  # type: ignore[attr-defined]
    return select, step.predicates[1:]


def _unfiltered(step: Step, namespaces: Mapping[str, str]) -> Selector:
    matches = _node_test(step, namespaces)
    axis = AXES[step.axis]
    if step.axis == "child" and not step.test.endswith((")", "*")):
        name = qualified(step.test, namespaces)

        def select(node: Node, _: Context) -> Sequence[Node]:
            return node.named.get(name, _NONE) if isinstance(node, Branch) else _NONE
    else:

        def select(node: Node, _: Context) -> Sequence[Node]:
            return [one for one in axis(node) if matches(one)]

    select.reverse = step.axis in REVERSE  # type: ignore[attr-defined]
    select.keeps_order = step.axis in ("child", "self", "attribute")  # type: ignore[attr-defined]
    return select


def matching(nodes: Sequence[Node], predicate: Evaluate, context: Context) -> NodeSet:
    """The nodes for which the predicate holds (XPath 1.0, 2.4)."""
    inner = Context(context.node, context.current, context.scope, context.zone, 1, len(nodes))
    context.scope.spend(len(nodes))
    found: NodeSet = []
    for position, node in enumerate(nodes, 1):
        inner.node = node
        inner.position = position
        value = predicate(inner)
        if (value == position) if isinstance(value, float) else boolean(value):
            found.append(node)
    return found


def _node_test(step: Step, namespaces: Mapping[str, str]) -> Callable[[Node], bool]:
    test, target = step.test, step.target
    principal = Attribute if step.axis == "attribute" else Element
    if test == "node()":
        return lambda _: True
    if test == "text()":
        return lambda node: type(node) is Text
    if test == "comment()":
        return lambda node: isinstance(node, Comment)
    if test == "processing-instruction()":
        return lambda node: (
            isinstance(node, ProcessingInstruction) and (target is None or node.target == target)
        )
    if test == "*":
        return lambda node: isinstance(node, principal)
    if test.endswith(":*"):
        uri = namespace_of(qualified(test[:-1] + "x", namespaces))
        return lambda node: isinstance(node, principal) and namespace_of(node.expanded_name) == uri
    name = qualified(test, namespaces)
    return lambda node: isinstance(node, principal) and node.expanded_name == name
