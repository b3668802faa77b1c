"""Functions about nodes (XPath 1.0, 4.1; ODK XForms, node-set and repeat functions)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from forms.xforms.context import Context, Evaluate
from forms.xforms.errors import ExpressionError
from forms.xforms.functions.function import Compiles, Function
from forms.xforms.spoken_lists import in_language
from forms.xforms.syntax import Expression
from forms.xforms.tree import Branch, Document, Element, Node, local_name, namespace_of, root_of
from forms.xforms.values import NodeSet, Value, number, string

_MODULUS = 2_147_483_647
_MULTIPLIER = 16_807


def _nodes(value: Value, function: str) -> NodeSet:
    if not isinstance(value, list):
        raise ExpressionError(f"{function}() needs a question, not a value")
    return value


def _count(context: Context, nodes: Value) -> float:
    return float(sum(1 for node in _nodes(nodes, "count") if node.relevant))


def _position(context: Context, *values: Value) -> float:
    """Without an argument XPath's; with one, the place of the node among its like."""
    if not values:
        return float(context.position)
    nodes = _nodes(values[0], "position")
    if not nodes:
        return math.nan
    return float(place(nodes[0]))


def place(node: Node) -> int:
    """From 1: where an element stands among the siblings of its name."""
    above = node.parent
    if not isinstance(node, Element) or not isinstance(above, Branch):
        return 1
    return next(i for i, one in enumerate(above.named[node.name], 1) if one is node)


def _count_non_empty(context: Context, nodes: Value) -> float:
    found = _nodes(nodes, "count-non-empty")
    return float(sum(1 for node in found if node.string()))


def _name_of(context: Context, values: tuple[Value, ...]) -> Node | None:
    if not values:
        return context.node
    nodes = _nodes(values[0], "name")
    return nodes[0] if nodes else None


def _name(context: Context, *values: Value) -> str:
    node = _name_of(context, values)
    return "" if node is None else node.shown_name


def _local_name(context: Context, *values: Value) -> str:
    node = _name_of(context, values)
    return "" if node is None else local_name(node.expanded_name)


def _namespace_uri(context: Context, *values: Value) -> str:
    node = _name_of(context, values)
    return "" if node is None else namespace_of(node.expanded_name)


def _id(context: Context, value: Value) -> NodeSet:
    texts = [node.string() for node in value] if isinstance(value, list) else [string(value)]
    root = root_of(context.node)
    identified = root.identified if isinstance(root, Document) else {}
    wanted = {name for text in texts for name in text.split()}
    return [node for name, node in identified.items() if name in wanted]


def _instance(context: Context, name: Value) -> NodeSet:
    found = context.scope.instances.get(string(name))
    if found is None:
        raise ExpressionError(f"There is no list named {string(name)[:80]} in the form")
    return [found]


def _pulldata(context: Context, name: Value, column: Value, key: Value, wanted: Value) -> str:
    """The cell of the first row whose ``key`` column holds the text.

    Columns are children of the rows, or ``@`` and the name of an attribute.
    """
    table = context.scope.instances.get(string(name))
    if not isinstance(table, Branch):
        raise ExpressionError(f"There is no list named {string(name)[:80]} in the form")
    sought, key_name, column_name = string(wanted), string(key), string(column)
    for root in table.elements():
        context.scope.spend(len(root.children))
        for row in root.elements():
            if _cell(row, key_name) == sought:
                return _cell(row, column_name, context.scope.saying) or ""
    return ""


def _cell(row: Element, column: str, language: str = "") -> str | None:
    """None if the row has no such column."""
    if column.startswith("@"):
        return (row.attributes or {}).get(column[1:])
    found = row.named.get(column)
    return in_language(found[0], language) if found else None


def _indexed_repeat(compiler: Compiles, arguments: tuple[Expression, ...]) -> Evaluate:
    """The question in the row of that number, for up to three nested repeats."""
    if len(arguments) % 2 == 0:
        raise ExpressionError("indexed-repeat() needs a number after each repeat")
    everywhere = compiler.everywhere()
    target = everywhere.nodes(arguments[0])
    levels = [
        (everywhere.nodes(repeat), compiler.expression(index))
        for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True)
    ]

    def evaluate(context: Context) -> NodeSet:
        found = target(context)
        for rows, index in levels:
            at = number(index(context), context.zone)
            kept = {id(row) for row in rows(context) if place(row) == at}
            found = [node for node in found if _is_inside(node, kept)]
        return found[:1]

    return evaluate


def _is_inside(node: Node, rows: set[int]) -> bool:
    above: Node | None = node
    while above is not None:
        if id(above) in rows:
            return True
        above = above.parent
    return False


def _randomize(context: Context, nodes: Value, *seed: Value) -> NodeSet:
    """The nodes in another order (ODK XForms, randomize()).

    With a seed it is always the same order; without one, the same for as long as the session.
    """
    found = [node for node in _nodes(nodes, "randomize") if node.relevant]
    return shuffled(found, _seed(seed[0], context) if seed else context.scope.seed)


def _seed(value: Value, context: Context) -> int:
    amount = number(value, context.zone)
    if math.isnan(amount) or math.isinf(amount):
        return 0
    return int(amount)


def shuffled(nodes: Sequence[Node], seed: int) -> NodeSet:
    """Fisher-Yates from the end, driven by Park and Miller's generator, as the peers do."""
    found = list(nodes)
    state = seed % _MODULUS
    if state <= 0:
        state += _MODULUS - 1
    for last in range(len(found) - 1, 0, -1):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (last + 1))
        found[last], found[other] = found[other], found[last]
    return found


def _random(context: Context) -> float:
    generator: Random = context.scope.random
    return generator.random()


def _uuid(context: Context, *length: Value) -> str:
    """A new UUID, or so many random characters."""
    if not length:
        return context.scope.new_id()
    amount = number(length[0], context.zone)
    if math.isnan(amount) or not 0 <= amount <= 1000:
        raise ExpressionError("uuid() can make a text of 0 to 1000 characters")
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return "".join(context.scope.random.choice(letters) for _ in range(int(amount)))


CORE = {
    "last": Function(0, 0, lambda context: float(context.size)),
    "position": Function(0, 0, _position),
    "count": Function(1, 1, _count),
    "id": Function(1, 1, _id),
    "name": Function(0, 1, _name),
    "local-name": Function(0, 1, _local_name),
    "namespace-uri": Function(0, 1, _namespace_uri),
}
ODK = {
    "position": Function(0, 1, _position),
    "count-non-empty": Function(1, 1, _count_non_empty),
    "current": Function(0, 0, lambda context: [context.current]),
    "instance": Function(1, 1, _instance),
    "pulldata": Function(4, 4, _pulldata),
    "indexed-repeat": Function(3, 7, build=_indexed_repeat),
    "randomize": Function(1, 2, _randomize),
    "random": Function(0, 0, _random),
    "uuid": Function(0, 1, _uuid),
}
