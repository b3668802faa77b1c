"""What a record says, as its form words it: for somebody who reads it once, online."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from forms.records.heads import Heads
from forms.xforms import Definition, Node, NodeKind, Session
from sync.contract.messages import Line
from sync.ehm.written_here import ZONE

_HAS_NO_WORDS = (".strokes.json", ".jpg", ".png")


def lines(definition: Definition, heads: Heads, now: datetime, only: str = "") -> Iterator[Line]:
    """Each question that is asked and answered, in order; ``only`` the one at a path."""
    told = {p: a.value for p, a in heads.answers().items() if not p.startswith("@") and a.value}
    session = Session(definition, told, clock=lambda: now, zone=ZoneInfo(ZONE))
    for node in session.root.walk():
        is_answered = node.kind is NodeKind.QUESTION and node.value and node.relevant
        if is_answered and node.label and only in ("", node.path):
            yield Line(question=node.label.replace("**", ""), answer=_said(node))


def _said(node: Node) -> str:
    if node.value.endswith(_HAS_NO_WORDS):
        return "Drawn or signed"
    if node.type == "date":
        return _day(node.value)
    labels = {choice.name: choice.label for choice in node.choices}
    if not labels:
        return node.value
    return ", ".join(labels.get(part, part) for part in node.value.split())


def _day(value: str) -> str:
    """Dates of which parts are not known stay as they were typed."""
    with suppress(ValueError):
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return value
