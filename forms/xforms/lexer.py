"""XPath 1.0 text into tokens (XPath 1.0, 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from forms.xforms.errors import ExpressionError
from forms.xforms.limits import EXPRESSION_CHARACTERS

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""
    (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<symbol>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*$])
  | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_OPERATORS = _WORD_OPERATORS | {"*", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ","})


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    TEXT = "text"
    SYMBOL = "symbol"
    OPERATOR = "operator"
    NAME = "name"
    END = "end"


_KINDS = {kind.value: kind for kind in Kind}


@dataclass(slots=True)
class Token:
    """One token; ``value`` is without quotes for a text.

    ``symbol`` is the value of a mark or an operator, and blank for anything else, so that a text or
    a name that reads the same is not taken for one.
    """

    kind: Kind
    value: str
    at: int
    symbol: str = ""


def tokens(expression: str) -> list[Token]:
    """The tokens of an expression, with an END; ExpressionError at what cannot be read."""
    if len(expression) > EXPRESSION_CHARACTERS:
        raise ExpressionError("This expression is too long", expression)
    found: list[Token] = []
    at = _SPACE.match(expression).end()  # type: ignore[union-attr]  # matches the empty text
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            raise ExpressionError(_cannot_read(expression, at), expression)
        found.append(_token(match, found[-1] if found else None))
        at = _SPACE.match(expression, match.end()).end()  # type: ignore[union-attr]
    found.append(Token(Kind.END, "", at))
    return found


def _token(match: re.Match[str], before: Token | None) -> Token:
    """The token, reading ``*`` and ``and or div mod`` as XPath 1.0 3.7 says."""
    kind, value, at = _KINDS[match.lastgroup or ""], match.group(), match.start()
    if kind is Kind.TEXT:
        return Token(kind, value[1:-1], at)
    if kind is Kind.NUMBER or (kind is Kind.NAME and value not in _WORD_OPERATORS):
        return Token(kind, value, at)
    after_operand = (
        before is not None
        and before.kind is not Kind.OPERATOR
        and before.symbol not in _BEFORE_OPERAND
    )
    if kind is Kind.NAME:
        return Token(Kind.OPERATOR, value, at, value) if after_operand else Token(kind, value, at)
    if value in _OPERATORS and (value != "*" or after_operand):
        kind = Kind.OPERATOR
    return Token(kind, value, at, value)


def _cannot_read(expression: str, at: int) -> str:
    mark = expression[at]
    if mark in "'\"":
        return f"A text that begins with {mark} at character {at + 1} never ends"
    return f"The mark {mark} at character {at + 1} does not belong here"
