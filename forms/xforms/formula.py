"""One expression of a form: its text, its tree and its closure."""

from __future__ import annotations

from dataclasses import dataclass

from forms.xforms.compile import Compiler
from forms.xforms.context import Evaluate
from forms.xforms.errors import ExpressionError
from forms.xforms.parser import parse
from forms.xforms.syntax import Expression


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """An expression compiled for one place of the form. ``where`` names that place for people."""

    source: str
    tree: Expression
    evaluate: Evaluate
    where: str


def formula(source: str, compiler: Compiler, where: str) -> Formula:
    """Compile ``source``; ExpressionError naming ``where`` if it cannot be."""
    try:
        tree = parse(source)
        return Formula(source, tree, compiler.expression(tree), where)
    except ExpressionError as mistake:
        raise ExpressionError(mistake.reason, source, where) from None
    except RecursionError:
        raise ExpressionError("This expression is too deep", source, where) from None
