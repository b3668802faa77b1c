"""Questions that can never be asked, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.authoring.checks.expressions import REFERENCE, Written, literal, question_of, written
from forms.authoring.mistakes import Mistake
from forms.authoring.sheets import SURVEY, Row, SheetForm
from forms.xforms.syntax import Call, Expression, Operation

_MOST_WAYS = 64


@dataclass(frozen=True, slots=True)
class _Fact:
    """That a question of one answer is, or is not, a value."""

    question: str
    value: str
    holds: bool


_NEVER = _Fact("", "", False)
_Way = frozenset[_Fact]


def reachable(form: SheetForm) -> Iterator[Mistake]:
    """A question that waits for what cannot be: two answers at once, itself, or nothing at all."""
    conditions = {one.row: one for one in written(form) if one.column == "relevant" and one.row}
    for row in form.rows:
        own = conditions.get(row)
        if own is None or own.tree is None:
            continue
        if row.name and row.name in REFERENCE.findall(own.text):
            yield own.mistake(
                f"“{row.name}” is asked only once it has been answered.",
                "Let it depend on an earlier question.",
            )
        around = [conditions[outer] for outer in row.within if outer in conditions]
        together = [one for one in (*around, own) if one.tree is not None]
        if _impossible(form, [own]):
            yield _never(own, "its own condition can never be true")
        elif not _impossible(form, around) and _impossible(form, together):
            outer = next(one.row for one in reversed(around) if one.row is not None)
            yield _never(own, f"it contradicts the condition of the group “{outer.name}” around it")


def _never(one: Written, why: str) -> Mistake:
    name = one.row.name if one.row else ""
    return Mistake(
        f"“{name}” is never asked: {why}.",
        "Correct the condition, or remove the question.",
        SURVEY,
        one.line.number,
        "relevant",
    )


def _impossible(form: SheetForm, conditions: list[Written]) -> bool:
    """True if no way of answering makes all of them true; False if that is not certain."""
    ways: list[_Way] = [frozenset()]
    for one in conditions:
        if one.tree is None:
            continue
        ways = [way | more for way in ways for more in _ways(form, one.tree, one.row)]
        if len(ways) > _MOST_WAYS:
            return False
    return not any(_consistent(way) for way in ways)


def _ways(form: SheetForm, tree: Expression, row: Row | None) -> list[_Way]:
    """The ways in which an expression can be true, each as the facts that it needs."""
    if isinstance(tree, Operation) and tree.operator == "or":
        return [*_ways(form, tree.left, row), *_ways(form, tree.right, row)]
    if isinstance(tree, Operation) and tree.operator == "and":
        left, right = _ways(form, tree.left, row), _ways(form, tree.right, row)
        if len(left) * len(right) > _MOST_WAYS:
            return [frozenset()]
        return [one | other for one in left for other in right]
    if tree == Call("false", ()):
        return [frozenset({_NEVER})]
    if isinstance(tree, Operation) and tree.operator in ("=", "!="):
        fact = _fact(form, tree, row)
        return [frozenset({fact})] if fact else [frozenset()]
    return [frozenset()]


def _fact(form: SheetForm, tree: Operation, row: Row | None) -> _Fact | None:
    left, right = literal(tree.left), literal(tree.right)
    if left is not None and right is not None:
        return None if (left == right) == (tree.operator == "=") else _NEVER
    for question, value in ((tree.left, right), (tree.right, left)):
        name = question_of(question, row)
        asked = form.by_name.get(name)
        if value is not None and asked is not None and asked.kind == "select_one":
            return _Fact(name, value, tree.operator == "=")
    return None


def _consistent(way: _Way) -> bool:
    if _NEVER in way:
        return False
    values: dict[str, str] = {}
    for fact in way:
        if fact.holds and values.setdefault(fact.question, fact.value) != fact.value:
            return False
    return not any(not f.holds and values.get(f.question) == f.value for f in way)
