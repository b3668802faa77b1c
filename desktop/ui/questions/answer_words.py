"""An answer in words, as one reads it on a page of answers."""

from __future__ import annotations

from datetime import date, datetime

from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.questions.date_parts import DateParts
from desktop.ui.questions.finding import type_of
from desktop.ui.questions.signature import TYPED, WITNESSED
from desktop.ui.questions.time import shown_time
from desktop.ui.words import listed, tr
from forms.records.attachment import is_attachment_name
from forms.xforms import Node

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def answer_words(node: Node, value: str) -> str:
    """The value of a question as people say it; empty for no answer."""
    if not value:
        return ""
    kind = type_of(node)
    if kind in {"select_one", "select_minimal", "likert", "faces"} or node.control == "select1":
        return _choice(node, value)
    if kind in {"select_multiple", "rank"}:
        return listed([_choice(node, name) for name in value.split()])
    if kind in {"signature", "drawing", "photo"}:
        return _drawn(kind, value)
    if kind in {"date", "month", "year"}:
        return _date(kind, value)
    if kind == "date_time":
        return _date_time(value)
    if kind == "time":
        return shown_time(value)
    if kind == "acknowledge":
        return tr("Yes, done")
    return value


def date_words(value: str) -> str:
    """A date as people say it, known in part or whole: "5 March 2014", "March 2014"."""
    return _date("date", value)


def _choice(node: Node, name: str) -> str:
    for choice in node.choices:
        if choice.name == name:
            return without_emphasis(choice.label) or name
    return name


def _drawn(kind: str, value: str) -> str:
    if value.startswith(TYPED):
        return tr("{name} (typed)", name=value.removeprefix(TYPED))
    if value.startswith(WITNESSED):
        return tr("{words} (agreed aloud, witnessed)", words=value.removeprefix(WITNESSED))
    if is_attachment_name(value):
        return {"signature": tr("Signed"), "photo": tr("A picture")}.get(kind, tr("A drawing"))
    return value


def _date(kind: str, value: str) -> str:
    parts = DateParts.read(value)
    if kind == "year":
        return parts.year
    if parts.is_whole and kind == "date":
        day = date.fromisoformat(parts.written())
        return f"{day.day} {tr(_MONTHS[day.month - 1])} {day.year}"
    month = int(parts.month) if parts.month.isdigit() else 0
    named = tr(_MONTHS[month - 1]) if 1 <= month <= 12 else parts.month
    day_words = parts.day if kind == "date" else ""
    return " ".join(part for part in (day_words, named, parts.year) if part)


def _date_time(value: str) -> str:
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        day, _, time = value.rpartition("T")
        return " ".join(part for part in (_date("date", day), shown_time(time)) if part)
    return f"{_date('date', when.date().isoformat())}, {when:%H:%M}"
