"""One expression of a form: its text, its tree and its closure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.xforms.compile import Compiler
from forms.xforms.context import Evaluate
from forms.xforms.errors import ExpressionError
from forms.xforms.parser import parse
from forms.xforms.syntax import Call, Expression, Path, parts


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """An expression compiled for one place of the form. ``where`` names that place for people."""

    source: str
    tree: Expression
    evaluate: Evaluate
    where: str


class Formulas:
    """Compiles the expressions of one form, each text once where its place makes no difference."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._anywhere = Compiler(namespaces=namespaces)
        self._trees: dict[str, Expression] = {}
        self._shared: dict[str, Evaluate] = {}

    def make(self, source: str, home: tuple[str, ...], where: str) -> Formula:
        """The expression for that place; ExpressionError naming ``where`` if it cannot be read."""
        shared = self._shared.get(source)
        if shared is not None:
            return Formula(source, self._trees[source], shared, where)
        made = formula(source, self._anywhere.at(home), where, self._trees.get(source))
        self._trees[source] = made.tree
        if not _depends_on_place(made.tree):
            self._shared[source] = made.evaluate
        return made

    def argument(self, whole: Formula) -> Formula:
        """The only argument of a call, worked out by itself."""
        call = whole.tree
        if not isinstance(call, Call):
            raise ExpressionError("This is not a function", whole.source, whole.where)
        key = f"{whole.source} argument"
        tree = call.arguments[0]
        evaluate = self._shared.get(key)
        if evaluate is None:
            evaluate = self._shared[key] = self._anywhere.expression(tree)
        return Formula(whole.source, tree, evaluate, whole.where)


def _depends_on_place(tree: Expression) -> bool:
    """True if it has a path from the root, which means other nodes in other places."""
    waiting = [tree]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Path) and at.absolute:
            return True
        waiting.extend(parts(at))
    return False


def formula(
    source: str, compiler: Compiler, where: str, parsed: Expression | None = None
) -> Formula:
    """Compile ``source``; ExpressionError naming ``where`` if it cannot be."""
    try:
        tree = parsed or parse(source)
        return Formula(source, tree, compiler.expression(tree), where)
    except ExpressionError as mistake:
        raise ExpressionError(mistake.reason, source, where) from None
    except RecursionError:
        raise ExpressionError("This expression is too deep", source, where) from None
