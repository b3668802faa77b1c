"""Tokens into a syntax tree, by recursive descent over XPath 1.0's grammar (3.1 to 3.5)."""

from __future__ import annotations

from forms.xforms.errors import ExpressionError
from forms.xforms.lexer import Kind, Token, tokens
from forms.xforms.limits import EXPRESSION_DEPTH
from forms.xforms.syntax import (
    CHAINS,
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
)

_BINDS = {
    operator: level
    for level, operators in enumerate(
        ("or", "and", "= !=", "< <= > >=", "+ -", "* div mod"),
    )
    for operator in operators.split()
}
"""How tightly each operator binds (XPath 1.0, 3.4 and 3.5)."""
AXES = frozenset(
    [
        "child",
        "parent",
        "self",
        "attribute",
        "descendant",
        "descendant-or-self",
        "ancestor",
        "ancestor-or-self",
        "following",
        "following-sibling",
        "preceding",
        "preceding-sibling",
        "namespace",
    ]
)
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_ANY_BELOW = Step("descendant-or-self", "node()")


def parse(expression: str) -> Expression:
    """The syntax tree of an expression; ExpressionError says what is wrong with it, and where."""
    parser = _Parser(expression)
    tree = parser.expression()
    if parser.token.kind is not Kind.END:
        raise parser.unexpected()
    return tree


class _Parser:
    """One pass over the tokens of one expression."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = tokens(source)
        self._at = 0
        self._depth = 0
        self.token = self._tokens[0]

    def _next(self) -> Token:
        """The token that stands here; the one after it comes to stand here."""
        token = self.token
        self._at += 1
        if self._at < len(self._tokens):
            self.token = self._tokens[self._at]
        return token

    def _peek(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def _expect(self, symbol: str) -> None:
        if self.token.symbol != symbol:
            raise self.unexpected(symbol)
        self._next()

    def unexpected(self, wanted: str = "") -> ExpressionError:
        """What to say about the token that stands here."""
        if self.token.kind is Kind.END:
            said = f"There is a {wanted} missing at the end" if wanted else "The end is missing"
        else:
            place = f"{self.token.value!r} at character {self.token.at + 1}"
            said = f"{place} does not belong here" + (f"; {wanted} is missing" if wanted else "")
        return ExpressionError(said, self._source)

    def expression(self) -> Expression:
        """OrExpr (3.4); ExpressionError if brackets or operators are nested past the limit."""
        self._depth += 1
        if self._depth > EXPRESSION_DEPTH:
            raise ExpressionError("This expression has too many brackets", self._source)
        tree = self._operations(0)
        self._depth -= 1
        return tree

    def _operations(self, least: int) -> Expression:
        """Operators that bind at least so tightly; those of one level group to the left."""
        left = self._unary()
        count = 0
        while self.token.kind is Kind.OPERATOR:
            operator = self.token.value
            level = _BINDS.get(operator, -1)
            if level < least:
                break
            count += operator not in CHAINS
            if count > EXPRESSION_DEPTH:
                raise ExpressionError("This expression is too long", self._source)
            self._next()
            left = Operation(operator, left, self._operations(level + 1))
        return left

    def _unary(self) -> Expression:
        negations = 0
        while self.token.symbol == "-":
            self._next()
            negations += 1
        operand: Expression = self._path()
        while self.token.symbol == "|":
            self._next()
            operand = Union(operand, self._path())
        # An even number of minus signs still makes a number of its operand.
        for _ in range(min(negations, 2 - negations % 2)):
            operand = Negation(operand)
        return operand

    def _path(self) -> Expression:
        token = self.token
        if token.symbol == "/" and not self._begins_step(self._peek()):
            self._next()
            return Path(True, ())
        if token.symbol == "/" or token.symbol == "//":
            return Path(True, tuple(self._steps()))
        if self._begins_filter():
            return self._filter()
        if self._begins_step(token):
            first = self._step()
            return Path(False, (first, *self._steps()))
        raise self.unexpected()

    def _begins_filter(self) -> bool:
        token = self.token
        if token.kind in (Kind.NUMBER, Kind.TEXT) or token.symbol == "(" or token.symbol == "$":
            return True
        return (
            token.kind is Kind.NAME
            and self._peek().symbol == "("
            and token.value not in _NODE_TYPES
        )

    @staticmethod
    def _begins_step(token: Token) -> bool:
        return token.kind is Kind.NAME or (
            token.kind is Kind.SYMBOL and token.value in (".", "..", "@", "*")
        )

    def _filter(self) -> Expression:
        primary = self._primary()
        predicates = tuple(self._predicates())
        steps = tuple(self._steps())
        return Filter(primary, predicates, steps) if predicates or steps else primary

    def _primary(self) -> Expression:
        token = self._next()
        if token.kind is Kind.NUMBER:
            return NumberLiteral(float(token.value))
        if token.kind is Kind.TEXT:
            return TextLiteral(token.value)
        if token.symbol == "(":
            inside = self.expression()
            self._expect(")")
            return inside
        if token.symbol == "$":
            raise ExpressionError("Write ${name} in the spreadsheet, not $name", self._source)
        return Call(token.value, self._arguments())

    def _arguments(self) -> tuple[Expression, ...]:
        self._expect("(")
        found: list[Expression] = []
        if self.token.symbol != ")":
            found.append(self.expression())
            while self.token.symbol == ",":
                self._next()
                found.append(self.expression())
        self._expect(")")
        return tuple(found)

    def _steps(self) -> list[Step]:
        found: list[Step] = []
        while self.token.symbol in ("/", "//"):
            if self._next().value == "//":
                found.append(_ANY_BELOW)
            found.append(self._step())
        return found

    def _step(self) -> Step:
        if self.token.symbol == ".":
            self._next()
            return Step("self", "node()", tuple(self._predicates()))
        if self.token.symbol == "..":
            self._next()
            return Step("parent", "node()", tuple(self._predicates()))
        axis = "child"
        if self.token.symbol == "@":
            self._next()
            axis = "attribute"
        elif self.token.kind is Kind.NAME and self._peek().symbol == "::":
            axis = self._next().value
            self._next()
            if axis not in AXES:
                raise ExpressionError(f"There is no axis named {axis}", self._source)
        test, target = self._node_test()
        return Step(axis, test, tuple(self._predicates()), target)

    def _node_test(self) -> tuple[str, str | None]:
        token = self.token
        if token.kind is Kind.NAME and self._peek().symbol == "(" and token.value in _NODE_TYPES:
            self._next()
            self._next()
            target = None
            if token.value == "processing-instruction" and self.token.kind is Kind.TEXT:
                target = self._next().value
            self._expect(")")
            return f"{token.value}()", target
        if token.kind is Kind.NAME or token.symbol == "*":
            self._next()
            return token.value, None
        raise self.unexpected("a name")

    def _predicates(self) -> list[Expression]:
        found: list[Expression] = []
        while self.token.symbol == "[":
            self._next()
            found.append(self.expression())
            self._expect("]")
        return found
