"""The one gate for what people wrote: after it any text can be set, and none can vanish.

There is no markup on our pages, so nothing needs escaping: `<angry>` and `&` are only letters.
"""

import dataclasses
import functools
import unicodedata
from typing import Any, TypeVar

import regex

Content = TypeVar("Content")
NOT_SHOWN = "\ufffd"
_LINE_ENDS = regex.compile(r"\r\n?|\u2028|\u2029|\x85")
_UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}--[\n]]", regex.V1)
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_STRONG = regex.compile(
    r"(?P<left>\p{Bidi_Class=L})|(?P<right>[\p{Bidi_Class=R}\p{Bidi_Class=AL}])"
)


def printable(text: str) -> str:
    """`text` as it can be printed: NFC, line ends as `\\n`, a tab as a space.

    Controls, NUL, lone surrogates and noncharacters become U+FFFD, which shows.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub(NOT_SHOWN, lines))


def all_printable(value: Content) -> Content:
    """`value` (strings, tuples and dataclasses, at any depth) with every string printable."""
    made: Any = value
    if isinstance(value, str):
        made = printable(value)
    elif isinstance(value, tuple):
        made = tuple(map(all_printable, value))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
        made = dataclasses.replace(value, **{n: all_printable(part) for n, part in parts.items()})
    return made  # type: ignore[no-any-return]


def clusters(text: str) -> list[str]:
    """What a reader calls characters (Unicode's extended grapheme clusters)."""
    found: list[str] = regex.findall(r"\X", text)
    return found


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left (UAX 9, P2)."""
    found = _STRONG.search(text)
    return found is not None and found["right"] is not None


def has_strong(text: str) -> bool:
    """Whether any letter has a direction."""
    return _STRONG.search(text) is not None


def has_right_to_left(text: str) -> bool:
    """Whether any letter is written from right to left."""
    return any(found["right"] for found in _STRONG.finditer(text))


def is_silent(character: str) -> bool:
    """Whether `character` shows nothing of its own: joiners, soft hyphens, variation selectors."""
    return (
        unicodedata.category(character) == "Cf" and character not in _OVERRIDES
    ) or "\ufe00" <= character <= "\ufe0f"


@functools.lru_cache(maxsize=4096)
def stand_in(cluster: str) -> str:
    """What is shown for a cluster that no font of ours can draw.

    Pictures and direction overrides are named in words, `[slightly smiling face]`; spaces are
    spaces; anything else shows as U+FFFD. The text itself stays in the document for a reader.
    """
    shown = [character for character in cluster if not is_silent(character)]
    if not shown:
        return ""
    if all(unicodedata.category(character) == "Zs" for character in shown):
        return " " * len(shown)
    if all(unicodedata.category(character) in {"So", "Sk", "Sm", "Cf"} for character in shown):
        names = [unicodedata.name(character, "").lower() for character in shown]
        if all(names):
            return f"[{', '.join(names)}]"
    return NOT_SHOWN
