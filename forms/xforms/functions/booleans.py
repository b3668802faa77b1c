"""Functions about true and false (XPath 1.0, 4.3; ODK XForms, control and boolean functions)."""

from __future__ import annotations

from collections.abc import Iterator

from forms.xforms.context import Context, Evaluate
from forms.xforms.errors import ExpressionError
from forms.xforms.functions.function import Compiles, Function
from forms.xforms.syntax import Expression
from forms.xforms.tree import Element, Node
from forms.xforms.values import Value, boolean, number, string


def _if(compiler: Compiles, arguments: tuple[Expression, ...]) -> Evaluate:
    test, then, otherwise = (compiler.expression(one) for one in arguments)
    return lambda context: then(context) if boolean(test(context)) else otherwise(context)


def _coalesce(compiler: Compiles, arguments: tuple[Expression, ...]) -> Evaluate:
    """The first value that is not blank; not-a-number counts as blank."""
    first, second = (compiler.expression(one) for one in arguments)

    def evaluate(context: Context) -> Value:
        value = first(context)
        text = string(value)
        return value if text and text != "NaN" else second(context)

    return evaluate


def _once(compiler: Compiles, arguments: tuple[Expression, ...]) -> Evaluate:
    """The node's own value, worked out only while it has none (ODK XForms, once())."""
    first = compiler.expression(arguments[0])
    return lambda context: context.current.string() or string(first(context))


def _boolean_from_string(context: Context, value: Value) -> bool:
    return string(value) in ("true", "1")


def _each(values: tuple[Value, ...]) -> Iterator[str | float | bool]:
    """The values, with the node-sets among them opened."""
    for value in values:
        if isinstance(value, list):
            yield from (node.string() for node in value)
        else:
            yield value


def _holds(value: str | float | bool) -> bool:
    """True as checklist() counts it: a text counts by the number that it is, if it is one."""
    if isinstance(value, str) and value:
        as_number = number(value, None)
        if as_number == as_number:
            return as_number != 0
    return boolean(value)


def _checklist(context: Context, least: Value, most: Value, *values: Value) -> bool:
    """True if between ``least`` and ``most`` of the values hold; -1: no such limit."""
    return _between(context, least, most, sum(1.0 for value in _each(values) if _holds(value)))


def _weighted_checklist(context: Context, least: Value, most: Value, *values: Value) -> bool:
    """As checklist(), adding up the weight that follows each value."""
    if len(values) % 2:
        raise ExpressionError("weighted-checklist() needs a weight after each value")
    weight = sum(
        number(weight, context.zone)
        for checks, weights in zip(values[0::2], values[1::2], strict=True)
        for check, weight in zip(_each((checks,)), _each((weights,)), strict=False)
        if _holds(check)
    )
    return _between(context, least, most, weight)


def _between(context: Context, least: Value, most: Value, amount: float) -> bool:
    low, high = number(least, context.zone), number(most, context.zone)
    return (low < 0 or amount >= low) and (high < 0 or amount <= high)


def _lang(context: Context, language: Value) -> bool:
    """True if the nearest ``xml:lang`` is that language or a kind of it (XPath 1.0, 4.3)."""
    wanted = string(language).lower()
    node: Node | None = context.node
    while node is not None:
        if isinstance(node, Element) and node.attributes:
            found = node.attributes.get("{http://www.w3.org/XML/1998/namespace}lang")
            if found is not None:
                return found.lower() == wanted or found.lower().startswith(wanted + "-")
        node = node.parent
    return False


CORE = {
    "true": Function(0, 0, lambda context: True),
    "false": Function(0, 0, lambda context: False),
    "not": Function(1, 1, lambda context, value: not boolean(value)),
    "boolean": Function(1, 1, lambda context, value: boolean(value)),
    "lang": Function(1, 1, _lang),
}
ODK = {
    "if": Function(3, 3, build=_if),
    "coalesce": Function(2, 2, build=_coalesce),
    "once": Function(1, 1, build=_once),
    "boolean-from-string": Function(1, 1, _boolean_from_string),
    "checklist": Function(2, None, _checklist),
    "weighted-checklist": Function(2, None, _weighted_checklist),
}
