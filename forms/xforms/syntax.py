"""The syntax tree of an XPath 1.0 expression: what the compiler and the dependency graph read.

Its classes are not frozen, since that makes a form slower to load; nothing changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class NumberLiteral:
    """``12.5``."""

    value: float


@dataclass(slots=True)
class TextLiteral:
    """``'north'``."""

    value: str


@dataclass(slots=True)
class Negation:
    """``- operand``."""

    operand: Expression


@dataclass(slots=True)
class Operation:
    """``left operator right``; the operator is as it is written (``and``, ``=``, ``div``)."""

    operator: str
    left: Expression
    right: Expression


@dataclass(slots=True)
class Union:
    """``left | right``."""

    left: Expression
    right: Expression


@dataclass(slots=True)
class Call:
    """``name(arguments)``."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(slots=True)
class Step:
    """``axis::test[predicate]``. ``test`` is a name, ``p:name``, ``*``, ``p:*`` or ``node()``."""

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()
    target: str | None = None
    """The name in ``processing-instruction('name')``."""


@dataclass(slots=True)
class Path:
    """A location path, from the root or from the context node."""

    absolute: bool
    steps: tuple[Step, ...]


@dataclass(slots=True)
class Filter:
    """``primary[predicate]/steps``, where the primary is a call or an expression in brackets."""

    primary: Expression
    predicates: tuple[Expression, ...]
    steps: tuple[Step, ...]


Expression = NumberLiteral | TextLiteral | Negation | Operation | Union | Call | Path | Filter


CHAINS = frozenset({"and", "or", "+"})
"""Operators that forms write in long chains, which are worked out in a row and not in depth."""


def chain(operation: Operation) -> list[Expression]:
    """The operands of ``a or b or c``, in order; of another operator, its two."""
    operands: list[Expression] = []
    at: Expression = operation
    while isinstance(at, Operation) and at.operator == operation.operator:
        operands.append(at.right)
        at = at.left
        if operation.operator not in CHAINS:
            break
    return [at, *reversed(operands)]


def parts(expression: Expression) -> Iterator[Expression]:
    """The expressions directly inside this one, predicates included."""
    match expression:
        case Negation(operand):
            yield operand
        case Operation():
            yield from chain(expression)
        case Union(left, right):
            yield left
            yield right
        case Call(_, arguments):
            yield from arguments
        case Path(_, steps):
            for step in steps:
                yield from step.predicates
        case Filter(primary, predicates, steps):
            yield primary
            yield from predicates
            for step in steps:
                yield from step.predicates
        case NumberLiteral() | TextLiteral():
            pass


def calls(expression: Expression) -> Iterator[Call]:
    """Every call in the expression, however deep."""
    waiting = [expression]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Call):
            yield at
        waiting.extend(parts(at))
