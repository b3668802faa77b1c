"""Syntax trees into closures: each expression is compiled once, with its references resolved.

No Python source is made from a form: a form is untrusted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import fmod, isinf, nan

from forms.xforms.axes import document_order
from forms.xforms.context import Context, Evaluate, EvaluateNodes
from forms.xforms.errors import ExpressionError
from forms.xforms.functions import FUNCTIONS, Function
from forms.xforms.paths import Base, Start, follow, matching, readable, selector, steps_from
from forms.xforms.syntax import (
    Call,
    Expression,
    Filter,
    Negation,
    NumberLiteral,
    Operation,
    Path,
    Step,
    TextLiteral,
    Union,
    chain,
)
from forms.xforms.values import NodeSet, Value, boolean, compare, divide, number

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles expressions that are worked out at one place of a form.

    ``home`` is the path of names of that place, when it is known: an absolute path shares with
    it the instances of the repeats that both are in (JavaRosa; the ODK XForms specification on
    references inside repeats).
    """

    functions: Mapping[str, Function] = field(default_factory=lambda: FUNCTIONS)
    namespaces: Mapping[str, str] = field(default_factory=dict)
    home: tuple[str, ...] = ()
    strict: bool = True
    """False: a call that cannot be made is an error only when it comes to be worked out."""

    def at(self, home: tuple[str, ...]) -> Compiler:
        """The same, for expressions of another place."""
        return self if home == self.home else replace(self, home=home)

    def everywhere(self) -> Compiler:
        """The same, for absolute paths that mean every instance and not this one."""
        return replace(self, home=())

    def expression(self, tree: Expression) -> Evaluate:
        """The closure that works the expression out; ExpressionError for an unknown function."""
        match tree:
            case NumberLiteral(value) | TextLiteral(value):
                return lambda _: value
            case Negation(operand):
                inner = self.expression(operand)
                return lambda context: -number(inner(context), context.zone)
            case Operation():
                return self._operation(tree)
            case Call():
                return self._call(tree)
            case Path() | Filter() | Union():
                return self.nodes(tree)

    def nodes(self, tree: Expression) -> EvaluateNodes:
        """As ``expression``, for one that must be a node-set."""
        match tree:
            case Path(absolute, steps):
                return self._path(absolute, steps)
            case Filter(primary, predicates, steps):
                return self._filter(primary, predicates, steps)
            case Union(left, right):
                first, second = self.nodes(left), self.nodes(right)
                return lambda context: document_order([*first(context), *second(context)])
            case _:
                inner = self.expression(tree)
                return lambda context: _must_be_nodes(inner(context))

    def _path(self, absolute: bool, steps: tuple[Step, ...]) -> EvaluateNodes:
        if not absolute:
            return steps_from(Start(Base.NODE), steps, self.namespaces, self.expression)
        shared = self.shared(steps)
        if not shared:
            return steps_from(Start(Base.ROOT), steps, self.namespaces, self.expression)
        start = Start(Base.CURRENT, len(self.home) - shared)
        return steps_from(start, steps[shared:], self.namespaces, self.expression)

    def shared(self, steps: tuple[Step, ...]) -> int:
        """How many of the first steps of an absolute path lead to here."""
        count = 0
        for step, name in zip(steps, self.home, strict=False):
            if step.axis != "child" or step.predicates or step.test != name:
                break
            count += 1
        return count

    def _filter(
        self, primary: Expression, predicates: tuple[Expression, ...], steps: tuple[Step, ...]
    ) -> EvaluateNodes:
        if primary == Call("current", ()) and not predicates:
            return steps_from(Start(Base.CURRENT), steps, self.namespaces, self.expression)
        nodes = self.nodes(primary)
        tests = [self.expression(one) for one in predicates]
        selectors = [selector(step, self.namespaces, self.expression) for step in steps]

        def evaluate(context: Context) -> NodeSet:
            found = nodes(context)
            for test in tests:
                found = matching(found, test, context)
            return readable(follow(found, selectors, context))

        return evaluate

    def _operation(self, tree: Operation) -> Evaluate:
        operator = tree.operator
        operands = [self.expression(operand) for operand in chain(tree)]
        if len(operands) > 2:
            return _chained(operator, operands)
        left, right = operands
        if operator == "and":
            return lambda context: boolean(left(context)) and boolean(right(context))
        if operator == "or":
            return lambda context: boolean(left(context)) or boolean(right(context))
        if operator == "=" and isinstance(tree.right, TextLiteral):
            return _equals_text(left, tree.right.value)
        if operator in _COMPARISONS:
            return lambda context: compare(operator, left(context), right(context), context.zone)
        return _arithmetic(operator, left, right)

    def _call(self, tree: Call) -> Evaluate:
        try:
            return self._checked_call(tree)
        except ExpressionError as mistake:
            if self.strict:
                raise
            return _failing(mistake)

    def _checked_call(self, tree: Call) -> Evaluate:
        function = self.functions.get(tree.name)
        if function is None:
            raise ExpressionError(f"There is no function named {tree.name}()")
        count = len(tree.arguments)
        if count < function.least or (function.most is not None and count > function.most):
            raise ExpressionError(f"{tree.name}() does not take {count} values")
        if function.build is not None:
            return function.build(self, tree.arguments)
        call = function.call
        if call is None:
            raise ExpressionError(f"There is no function named {tree.name}()")
        return _called(call, [self.expression(argument) for argument in tree.arguments])


def _equals_text(left: Evaluate, text: str) -> Evaluate:
    """``${question} = 'yes'``, which most conditions are."""

    def evaluate(context: Context) -> Value:
        value = left(context)
        if isinstance(value, list):
            return any(node.string() == text for node in value)
        return compare("=", value, text, context.zone)

    return evaluate


def _chained(operator: str, operands: list[Evaluate]) -> Evaluate:
    if operator == "and":
        return lambda context: all(boolean(operand(context)) for operand in operands)
    if operator == "or":
        return lambda context: any(boolean(operand(context)) for operand in operands)

    def added(context: Context) -> float:
        total = number(operands[0](context), context.zone)
        for operand in operands[1:]:
            total += number(operand(context), context.zone)
        return total

    return added


def _failing(mistake: ExpressionError) -> Evaluate:
    def evaluate(_: Context) -> Value:
        raise mistake

    return evaluate


def _called(call: Callable[..., Value], arguments: list[Evaluate]) -> Evaluate:
    if not arguments:
        return call
    if len(arguments) == 1:
        (only,) = arguments
        return lambda context: call(context, only(context))
    if len(arguments) == 2:
        first, second = arguments
        return lambda context: call(context, first(context), second(context))
    return lambda context: call(context, *[argument(context) for argument in arguments])


def _must_be_nodes(value: Value) -> NodeSet:
    if not isinstance(value, list):
        raise ExpressionError("A path can only follow questions, not a value")
    return value


def _arithmetic(operator: str, left: Evaluate, right: Evaluate) -> Evaluate:
    if operator == "+":
        return lambda context: (
            number(left(context), context.zone) + number(right(context), context.zone)
        )
    if operator == "-":
        return lambda context: (
            number(left(context), context.zone) - number(right(context), context.zone)
        )
    if operator == "*":
        return lambda context: (
            number(left(context), context.zone) * number(right(context), context.zone)
        )
    if operator == "div":
        return lambda context: divide(
            number(left(context), context.zone), number(right(context), context.zone)
        )
    return lambda context: _remainder(
        number(left(context), context.zone), number(right(context), context.zone)
    )


def _remainder(left: float, right: float) -> float:
    """``mod``: the sign of the left side, as ECMAScript's ``%`` (XPath 1.0, 3.5)."""
    if not right or right != right or isinf(left) or left != left:
        return nan
    return fmod(left, right)
