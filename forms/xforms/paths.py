"""Location paths as closures (XPath 1.0, 2), with a short way for the paths that forms are full of.

A path leaves out nodes that are not relevant, as JavaRosa does, so they read as blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from forms.xforms.axes import AXES, REVERSE, document_order
from forms.xforms.context import Context, Evaluate, EvaluateNodes
from forms.xforms.errors import ExpressionError
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
Start = Callable[[Context], Node | None]
_NONE: list[Element] = []


def qualified(test: str, namespaces: Mapping[str, str]) -> str:
    """The expanded name that a name test means; ExpressionError for an undeclared prefix."""
    prefix, colon, local = test.partition(":")
    if not colon:
        return test
    if prefix not in namespaces:
        raise ExpressionError(f"The prefix {prefix}: is not declared in the form")
    uri = namespaces[prefix]
    return f"{{{uri}}}{local}" if uri else local


def climb(levels: int) -> Start:
    """A start ``levels`` above the current node."""

    def start(context: Context) -> Node | None:
        node: Node | None = context.current
        for _ in range(levels):
            if node is None:
                return None
            node = node.parent
        return node

    return start


def steps_from(
    start: Start,
    steps: Sequence[Step],
    namespaces: Mapping[str, str],
    predicate: CompilePredicate,
) -> EvaluateNodes:
    """The nodes that the steps reach from one node."""
    ups, names = plain_steps(steps)
    if ups is not None:
        return _plain(start, ups, tuple(qualified(name, namespaces) for name in names))
    selectors = [selector(step, namespaces, predicate) for step in steps]

    def evaluate(context: Context) -> NodeSet:
        node = start(context)
        if node is None:
            return []
        return relevant(follow([node], selectors, context))

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


def _plain(start: Start, ups: int, names: tuple[str, ...]) -> EvaluateNodes:
    def evaluate(context: Context) -> NodeSet:
        node = start(context)
        for _ in range(ups):
            if node is None:
                return []
            node = node.parent
        if not isinstance(node, Branch):
            return [] if names or node is None else [node]
        branch = node
        for at, name in enumerate(names):
            found = branch.named.get(name, _NONE)
            if len(found) != 1:
                return _fan_out(found, names[at + 1 :], context)
            branch = found[0]
        return [branch] if branch.relevant else []

    return evaluate


def _fan_out(nodes: Sequence[Element], names: tuple[str, ...], context: Context) -> NodeSet:
    """The rest of a plain path, from several nodes."""
    for name in names:
        nodes = [child for node in nodes for child in node.named.get(name, _NONE)]
        context.scope.spend(len(nodes) >> 3)
    return [node for node in nodes if node.relevant]


def relevant(nodes: Sequence[Node]) -> NodeSet:
    """Those of the nodes that are relevant."""
    return [node for node in nodes if node.relevant]


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
            nodes = list(dict.fromkeys(found)) if in_order else document_order(found)
        context.scope.spend(len(nodes) + 1)
    return nodes


def selector(step: Step, namespaces: Mapping[str, str], predicate: CompilePredicate) -> Selector:
    """One step as a closure from a node to the nodes it selects, in the order of its axis."""
    select = _unfiltered(step, namespaces)
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
