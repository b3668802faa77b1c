"""Functions about text (XPath 1.0, 4.2; ODK XForms, string functions)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Iterator
from time import perf_counter

import regex

from forms.xforms.context import Context
from forms.xforms.errors import ExpressionError
from forms.xforms.functions.function import Function
from forms.xforms.functions.numbers import rounded
from forms.xforms.limits import PATTERN_SECONDS, PATTERNS_SECONDS, TEXT_CHARACTERS, at_most
from forms.xforms.values import Value, number, string

_DIGESTS = {
    "md5": "md5",
    "sha-1": "sha1",
    "sha1": "sha1",
    "sha-256": "sha256",
    "sha256": "sha256",
    "sha-384": "sha384",
    "sha384": "sha384",
    "sha-512": "sha512",
    "sha512": "sha512",
}
_SPACE = " \t\r\n"


def _own(context: Context, values: tuple[Value, ...]) -> str:
    """The argument, or the context node if there is none."""
    return string(values[0]) if values else context.node.string()


def _strings(values: tuple[Value, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, list):
            yield from (node.string() for node in value if node.relevant)
        else:
            yield string(value)


def _joined(separator: str, values: tuple[Value, ...]) -> str:
    texts = list(_strings(values))
    at_most(
        sum(map(len, texts)) + len(separator) * len(texts), TEXT_CHARACTERS, "characters in a text"
    )
    return separator.join(texts)


def _substring(context: Context, value: Value, start: Value, *length: Value) -> str:
    """From 1, both numbers rounded (XPath 1.0, 4.2)."""
    text = string(value)
    first = rounded(number(start, context.zone))
    end = first + rounded(number(length[0], context.zone)) if length else math.inf
    if math.isnan(first) or math.isnan(end):
        return ""
    low = int(max(first, 1)) if first < math.inf else len(text) + 1
    high = int(min(max(end, 1), len(text) + 1))
    return text[low - 1 : high - 1]


def _substr(context: Context, value: Value, start: Value, *end: Value) -> str:
    """From 0, the end left out, negative places counted from the end (ODK XForms, substr())."""
    text = string(value)
    first = number(start, context.zone)
    last = number(end[0], context.zone) if end else float(len(text))
    if math.isnan(first) or math.isnan(last):
        return ""
    bounds = (max(-len(text), min(len(text), place)) for place in (first, last))
    low, high = (int(place) + len(text) if place < 0 else int(place) for place in bounds)
    return text[low:high]


def _before(context: Context, value: Value, mark: Value) -> str:
    before, found, _ = string(value).partition(string(mark)) if string(mark) else ("", "", "")
    return before if found else ""


def _after(context: Context, value: Value, mark: Value) -> str:
    if not string(mark):
        return string(value)
    return string(value).partition(string(mark))[2]


def _translate(context: Context, value: Value, old: Value, new: Value) -> str:
    table: dict[int, str | None] = {}
    becomes = string(new)
    for place, character in enumerate(string(old)):
        table.setdefault(ord(character), becomes[place] if place < len(becomes) else None)
    return string(value).translate(table)


def _normalize_space(context: Context, *values: Value) -> str:
    text = _own(context, values)
    return " ".join(part for part in regex.split(f"[{_SPACE}]+", text) if part)


def _regex(context: Context, value: Value, pattern: Value) -> bool:
    """True if the pattern matches the whole text (ODK documentation, regex()).

    Bounded in time, since a form is untrusted.
    """
    scope = context.scope
    left = min(PATTERN_SECONDS, PATTERNS_SECONDS - scope.pattern_seconds)
    begun = perf_counter()
    try:
        found = regex.fullmatch(string(pattern), string(value), timeout=max(left, 0.001))
    except regex.error:
        raise ExpressionError("A pattern in this form cannot be read", string(pattern)) from None
    except TimeoutError:
        raise ExpressionError("A pattern in this form takes too long", string(pattern)) from None
    finally:
        scope.pattern_seconds += perf_counter() - begun
    return found is not None


def _digest(context: Context, value: Value, algorithm: Value, *encoding: Value) -> str:
    name = _DIGESTS.get(string(algorithm).lower())
    form = string(encoding[0]).lower() if encoding else "base64"
    if name is None or form not in ("base64", "hex"):
        raise ExpressionError("digest() does not know this algorithm or encoding")
    made = hashlib.new(name, string(value).encode(), usedforsecurity=False)
    return made.hexdigest() if form == "hex" else base64.b64encode(made.digest()).decode()


def _base64_decode(context: Context, value: Value) -> str:
    try:
        return base64.b64decode(string(value), validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return ""


CORE = {
    "string": Function(0, 1, lambda context, *values: _own(context, values)),
    "concat": Function(2, None, lambda context, *values: "".join(string(v) for v in values)),
    "starts-with": Function(2, 2, lambda _, a, b: string(a).startswith(string(b))),
    "contains": Function(2, 2, lambda _, a, b: string(b) in string(a)),
    "substring-before": Function(2, 2, _before),
    "substring-after": Function(2, 2, _after),
    "substring": Function(2, 3, _substring),
    "string-length": Function(0, 1, lambda context, *v: float(len(_own(context, v)))),
    "normalize-space": Function(0, 1, _normalize_space),
    "translate": Function(3, 3, _translate),
}
ODK = {
    "concat": Function(0, None, lambda context, *values: _joined("", values)),
    "join": Function(1, None, lambda context, mark, *values: _joined(string(mark), values)),
    "ends-with": Function(2, 2, lambda _, a, b: string(a).endswith(string(b))),
    "substr": Function(2, 3, _substr),
    "regex": Function(2, 2, _regex),
    "digest": Function(2, 3, _digest),
    "base64-decode": Function(1, 1, _base64_decode),
}
