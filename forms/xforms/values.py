"""The four kinds of value of XPath 1.0 and how one becomes another (sections 3.4 and 4).

Where ``zone`` is given, a text that looks like a date counts as its days (ODK XForms, "dates").
Where it is None the rules are those of XPath 1.0 alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from math import inf, isinf, nan
from operator import ge, gt, le, lt

from forms.xforms.moments import Moment, days_of, moment
from forms.xforms.tree import Node

NodeSet = list[Node]
Value = float | str | bool | NodeSet

_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*")
_ORDER: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def string(value: Value) -> str:
    """The value as text (XPath 1.0, 4.2)."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return value[0].string() if value else ""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return number_text(value)


def number_text(value: float) -> str:
    """A number as text: no exponent, no needless zeros (XPath 1.0, 4.2)."""
    if value != value:
        return "NaN"
    if isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{Decimal(text):f}"


def number(value: Value, zone: tzinfo | None) -> float:
    """The value as a number; NaN if it is none (XPath 1.0, 4.4)."""
    if isinstance(value, float):
        return value
    if isinstance(value, list):
        if not value:
            return nan
        value = value[0].string()
    elif isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Moment):
        return value.days if zone is not None else nan
    if (value.isdigit() and value.isascii()) or _NUMBER.fullmatch(value):
        return float(value)
    if zone is None:
        return nan
    days = days_of(value, zone)
    return nan if days is None else days


def boolean(value: Value) -> bool:
    """The value as true or false (XPath 1.0, 4.3); nodes that are not relevant do not count."""
    if isinstance(value, float):
        return value == value and value != 0
    if isinstance(value, list):
        return any(node.relevant for node in value)
    return bool(value)


def compare(operator: str, left: Value, right: Value, zone: tzinfo | None) -> bool:
    """``left operator right`` (XPath 1.0, 3.4): true if any node of a node-set makes it so.

    For ``<`` and its like that holds beside a boolean too, as in the peers; the recommendation
    would make the whole node-set a boolean, as it is made here for ``=`` and ``!=``.
    """
    if isinstance(left, list):
        if isinstance(right, bool) and operator in ("=", "!="):
            return _compare(operator, boolean(left), right, zone)
        if isinstance(right, list):
            return _compare_sets(operator, left, right, zone)
        return any(_compare(operator, node.string(), right, zone) for node in left)
    if isinstance(right, list):
        return compare(_MIRROR[operator], right, left, zone)
    return _compare(operator, left, right, zone)


def _compare_sets(operator: str, left: NodeSet, right: NodeSet, zone: tzinfo | None) -> bool:
    """True if it holds for any pair, without looking at every pair."""
    if len(left) == 1 and len(right) == 1:
        return _compare(operator, left[0].string(), right[0].string(), zone)
    mine, others = {node.string() for node in left}, {node.string() for node in right}
    if operator == "=":
        return not mine.isdisjoint(others)
    if operator == "!=":
        return bool(mine) and bool(others) and len(mine | others) > 1
    low = [amount for text in mine if (amount := number(text, zone)) == amount]
    high = [amount for text in others if (amount := number(text, zone)) == amount]
    if not low or not high:
        return False
    if operator in ("<", "<="):
        return _ORDER[operator](min(low), max(high))
    return _ORDER[operator](max(low), min(high))


def _compare(
    operator: str, left: float | str | bool, right: float | str | bool, zone: tzinfo | None
) -> bool:
    if operator == "=":
        return _equal(left, right, zone)
    if operator == "!=":
        return not _equal(left, right, zone)
    if isinstance(left, str) and isinstance(right, str) and zone is not None:
        return _ORDER[operator](*_in_order(left, right, zone))
    return _ORDER[operator](number(left, zone), number(right, zone))


def _in_order(left: str, right: str, zone: tzinfo) -> tuple[float, float]:
    """Two texts as numbers. A date beside a time counts to its midnight here, not in Greenwich."""
    first, second = _moment(left, zone), _moment(right, zone)
    if first is None or second is None:
        return number(left, zone), number(right, zone)
    if first.has_time == second.has_time:
        return first.days, second.days
    return first.instant, second.instant


def _moment(text: str, zone: tzinfo) -> Moment | None:
    return text if isinstance(text, Moment) else moment(text, zone)


def _equal(left: float | str | bool, right: float | str | bool, zone: tzinfo | None) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left) == boolean(right)
    if isinstance(left, str) and isinstance(right, str):
        if isinstance(left, Moment) or isinstance(right, Moment):
            if zone is None or str.__eq__(left, right):
                return str.__eq__(left, right)
            first, second = _in_order(left, right, zone)
            return first == second
        return left == right
    return number(left, zone) == number(right, zone)


def divide(left: float, right: float) -> float:
    """``div``: IEEE 754, never an error."""
    if right:
        return left / right
    if left != left or not left or right != right:
        return nan
    negative = (left < 0) != (str(right)[0] == "-")
    return -inf if negative else inf
