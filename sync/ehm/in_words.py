"""What a record says, as its form words it: for somebody who reads it once, online."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from forms.records.heads import Heads
from forms.xforms import Definition, Node, NodeKind, NoSuchPath, Session
from sync.contract.messages import Line
from sync.ehm.written_here import ZONE

_HAS_NO_WORDS = (".strokes.json", ".jpg", ".png")
_CHOSEN = ("select1", "select", "rank")


def lines(definition: Definition, heads: Heads, now: datetime, only: str = "") -> Iterator[Line]:
    """Each question that is asked and answered, in order; ``only`` the one at a path."""
    for node in _session(definition, heads, now).root.walk():
        is_answered = node.kind is NodeKind.QUESTION and node.value and node.relevant
        if is_answered and node.label and only in ("", node.path):
            yield Line(question=node.label.replace("**", ""), answer=_said(node, node.value, {}))


def wording(
    definition: Definition, heads: Heads, now: datetime, names: Mapping[str, str]
) -> Callable[[str, str], str]:
    """How a value at a path of the record reads, as the record's own version of its form words it.

    Of any answer that stands, asked or not. ``names``: of the people whom an answer may name
    by their id. What the form has no words or no place for reads as it was written.
    """
    session = _session(definition, heads, now)

    def said(path: str, value: str) -> str:
        with suppress(NoSuchPath):
            return _said(session.node(path), value, names)
        return value

    return said


def _session(definition: Definition, heads: Heads, now: datetime) -> Session:
    told = {p: a.value for p, a in heads.answers().items() if not p.startswith("@") and a.value}
    return Session(definition, told, clock=lambda: now, zone=ZoneInfo(ZONE))


def _said(node: Node, value: str, names: Mapping[str, str]) -> str:
    if value.endswith(_HAS_NO_WORDS):
        return "Drawn or signed"
    if node.type == "date":
        return _day(value)
    if node.type == "dateTime":
        return _moment(value)
    if node.control not in _CHOSEN:
        return " ".join(names.get(word, word) for word in value.split(" "))
    labels = {**names, **{choice.name: choice.label for choice in node.choices if choice.label}}
    return ", ".join(labels.get(part, part) for part in value.split())


def _moment(value: str) -> str:
    """A time as it was on the clock of whoever wrote it."""
    with suppress(ValueError):
        at = datetime.fromisoformat(value)
        return f"{at.day} {at:%B %Y} at {at:%H:%M}"
    return value


def _day(value: str) -> str:
    """Dates of which parts are not known stay as they were typed."""
    with suppress(ValueError):
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return value
