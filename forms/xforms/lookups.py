"""Conditions that an index can answer: ``item[name = /data/area]`` on a list that never changes."""

from __future__ import annotations

from dataclasses import dataclass

from forms.xforms.syntax import (
    Call,
    Expression,
    Filter,
    Operation,
    Path,
    TextLiteral,
    calls,
    chain,
)

_OF_POSITION = frozenset({"position", "last"})


@dataclass(slots=True)
class Keyed:
    """``key = value and others``: ``value`` is the same for every item."""

    key: str
    value: Expression
    others: list[Expression]


def keyed(predicate: Expression) -> Keyed | None:
    """The predicate as a key and its value; None if it is not such a condition."""
    conditions = [predicate]
    if isinstance(predicate, Operation) and predicate.operator == "and":
        conditions = chain(predicate)
        if any(call.name in _OF_POSITION for call in calls(predicate)):
            return None
    for place, condition in enumerate(conditions):
        if isinstance(condition, Operation) and condition.operator == "=":
            for key, value in (
                (condition.left, condition.right),
                (condition.right, condition.left),
            ):
                name = _child(key)
                if name is not None and _is_fixed(value):
                    return Keyed(name, value, conditions[:place] + conditions[place + 1 :])
    return None


def _child(tree: Expression) -> str | None:
    if isinstance(tree, Path) and not tree.absolute and len(tree.steps) == 1:
        step = tree.steps[0]
        if step.axis == "child" and not step.predicates and not step.test.endswith((")", "*")):
            return step.test
    return None


def _is_fixed(tree: Expression) -> bool:
    """True if the value is the same whichever item it is asked for."""
    match tree:
        case TextLiteral():
            return True
        case Path():
            return tree.absolute and not any(step.predicates for step in tree.steps)
        case Filter():
            of_current = tree.primary == Call("current", ())
            return (
                of_current
                and not tree.predicates
                and not any(step.predicates for step in tree.steps)
            )
        case _:
            return False
