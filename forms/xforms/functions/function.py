"""What a function is to the compiler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from forms.xforms.context import Evaluate, EvaluateNodes
from forms.xforms.syntax import Expression
from forms.xforms.values import Value


class Compiles(Protocol):
    """The part of the compiler that a function with its own order of evaluation needs."""

    @property
    def home(self) -> tuple[str, ...]:
        """The path of the question that the expression belongs to."""

    def everywhere(self) -> Compiles:
        """The same, for absolute paths that mean every instance and not this one."""

    def expression(self, tree: Expression) -> Evaluate:
        """An argument as a closure."""

    def nodes(self, tree: Expression) -> EvaluateNodes:
        """An argument that must be a node-set."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: ``call(context, *values)``, or ``build`` for one that works its arguments out
    itself (``if``, ``coalesce``, ``indexed-repeat``). ``most`` None: any number of arguments.
    """

    least: int
    most: int | None
    call: Callable[..., Value] | None = None
    build: Callable[[Compiles, tuple[Expression, ...]], Evaluate] | None = None
