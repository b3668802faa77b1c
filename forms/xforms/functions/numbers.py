"""Functions about numbers (XPath 1.0, 4.4; ODK XForms, number functions)."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

from forms.xforms.context import Context
from forms.xforms.functions.function import Function
from forms.xforms.values import Value, number


def rounded(value: float) -> float:
    """To the nearest whole number, halves towards positive infinity (XPath 1.0, 4.4)."""
    if math.isnan(value) or math.isinf(value):
        return value
    return float(math.floor(value + 0.5)) if abs(value) < 2**52 else value


def _number(context: Context, *values: Value) -> float:
    return number(values[0] if values else [context.node], context.zone)


def _sum(context: Context, nodes: Value) -> float:
    if not isinstance(nodes, list):
        return number(nodes, context.zone)
    return math.fsum(number(node.string(), context.zone) for node in nodes)


def _sum_of_answers(context: Context, nodes: Value) -> float:
    """As XPath's sum(), but a question without an answer adds nothing (as in JavaRosa)."""
    if not isinstance(nodes, list):
        return number(nodes, context.zone)
    texts = (node.string() for node in nodes)
    return math.fsum(number(text, context.zone) for text in texts if text)


def _round(context: Context, value: Value, *places: Value) -> float:
    """round(x), or to so many decimal places, of which a negative number means tens, hundreds."""
    amount = number(value, context.zone)
    digits = number(places[0], context.zone) if places else 0.0
    if math.isnan(amount) or math.isinf(amount):
        return amount
    if math.isnan(digits) or math.isinf(digits) or abs(digits) > 300:
        return math.nan
    if not places:
        return rounded(amount)
    half = ROUND_HALF_UP if amount > 0 else ROUND_HALF_DOWN
    try:
        step = Decimal(1).scaleb(-int(digits))
        return float(Decimal(repr(amount)).quantize(step, rounding=half))
    except InvalidOperation:
        return amount


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    """min() and max() over node-sets or values; NaN if there is none, or if any is not a number."""

    def call(context: Context, *values: Value) -> float:
        amounts: list[float] = []
        for value in values:
            if isinstance(value, list):
                found = (node for node in value if node.relevant)
                amounts.extend(number(node.string(), context.zone) for node in found)
            else:
                amounts.append(number(value, context.zone))
        if not amounts or any(math.isnan(one) for one in amounts):
            return math.nan
        return choose(amounts)

    return call


def _int(context: Context, value: Value) -> float:
    amount = number(value, context.zone)
    if math.isnan(amount) or math.isinf(amount):
        return amount
    return float(math.trunc(amount))


def _of(operation: Callable[..., float]) -> Callable[..., float]:
    """A function of numbers; NaN where mathematics has no answer."""

    def call(context: Context, *values: Value) -> float:
        amounts = [number(value, context.zone) for value in values]
        try:
            result = operation(*amounts)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan
        return float(result) if isinstance(result, (int, float)) else math.nan

    return call


def _floor(value: float) -> float:
    return value if math.isinf(value) else float(math.floor(value))


def _ceiling(value: float) -> float:
    return value if math.isinf(value) else float(math.ceil(value))


def _log(value: float) -> float:
    return -math.inf if value == 0 else math.log(value)


def _log10(value: float) -> float:
    return -math.inf if value == 0 else math.log10(value)


def _pow(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    return math.pow(base, exponent)


CORE = {
    "number": Function(0, 1, _number),
    "sum": Function(1, 1, _sum),
    "floor": Function(1, 1, _of(_floor)),
    "ceiling": Function(1, 1, _of(_ceiling)),
    "round": Function(1, 1, _round),
}
ODK = {
    "sum": Function(1, 1, _sum_of_answers),
    "round": Function(1, 2, _round),
    "int": Function(1, 1, _int),
    "min": Function(1, None, _extreme(min)),
    "max": Function(1, None, _extreme(max)),
    "abs": Function(1, 1, _of(abs)),
    "pow": Function(2, 2, _of(_pow)),
    "sqrt": Function(1, 1, _of(math.sqrt)),
    "exp": Function(1, 1, _of(math.exp)),
    "exp10": Function(1, 1, _of(lambda value: math.pow(10.0, value))),
    "log": Function(1, 1, _of(_log)),
    "log10": Function(1, 1, _of(_log10)),
    "sin": Function(1, 1, _of(math.sin)),
    "cos": Function(1, 1, _of(math.cos)),
    "tan": Function(1, 1, _of(math.tan)),
    "asin": Function(1, 1, _of(math.asin)),
    "acos": Function(1, 1, _of(math.acos)),
    "atan": Function(1, 1, _of(math.atan)),
    "atan2": Function(2, 2, _of(math.atan2)),
    "pi": Function(0, 0, lambda context: math.pi),
}
