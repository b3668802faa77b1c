"""Which type a question is, and the part that asks it. A new type is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from desktop.ui.questions.acknowledge import Acknowledge
from desktop.ui.questions.calculation import Calculation
from desktop.ui.questions.date import Date
from desktop.ui.questions.date_time import DateTime
from desktop.ui.questions.drawing import Drawing
from desktop.ui.questions.faces import Faces
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.likert import Likert
from desktop.ui.questions.long_text import LongText
from desktop.ui.questions.note import Note
from desktop.ui.questions.number import Number
from desktop.ui.questions.photo import Photo
from desktop.ui.questions.rank import Rank
from desktop.ui.questions.scale import Scale, steps_of
from desktop.ui.questions.select_minimal import SelectMinimal
from desktop.ui.questions.select_multiple import SelectMultiple
from desktop.ui.questions.select_one import SelectOne
from desktop.ui.questions.signature import Signature
from desktop.ui.questions.text import Text
from desktop.ui.questions.time import Time
from desktop.ui.questions.unknown import Unknown
from forms.xforms import Node

MOST_ROWS = 40
"""More options than this drop down from a list instead of filling the page."""

Maker = Callable[[Surroundings, QWidget | None], Field]

TYPES: Mapping[str, Maker] = MappingProxyType(
    {
        "text": Text,
        "long_text": LongText,
        "integer": partial(Number, whole=True),
        "decimal": partial(Number, whole=False),
        "date": Date,
        "month": partial(Date, with_day=False),
        "year": partial(Date, with_day=False, with_month=False),
        "time": Time,
        "date_time": DateTime,
        "select_one": SelectOne,
        "select_minimal": SelectMinimal,
        "select_multiple": SelectMultiple,
        "likert": Likert,
        "faces": Faces,
        "scale": Scale,
        "rank": Rank,
        "signature": Signature,
        "drawing": Drawing,
        "photo": Photo,
        "note": Note,
        "calculation": Calculation,
        "acknowledge": Acknowledge,
        "unknown": Unknown,
    }
)

_INPUTS: Mapping[str, str] = MappingProxyType(
    {
        "string": "text",
        "": "text",
        "int": "integer",
        "integer": "integer",
        "decimal": "decimal",
        "date": "date",
        "time": "time",
        "dateTime": "date_time",
    }
)


def type_of(node: Node) -> str:
    """The name of the node's type, a key of ``TYPES``; ``unknown`` if there is none for it."""
    looks = set(node.appearance.split())
    match node.control:
        case "input":
            return _type_of_input(node, looks)
        case "select1":
            return "calculation" if node.readonly else _type_of_select_one(node, looks)
        case "range":
            if "faces" in looks:
                return "faces"
            return "scale" if steps_of(node) else "decimal"
        case "upload" if {"signature", "draw"} & looks:
            return "signature" if "signature" in looks else "drawing"
        case "upload" if node.media_type.startswith("image/"):
            return "photo"
        case "trigger":
            return "acknowledge"
        case "select":
            return "select_multiple"
        case "note":
            return "calculation" if node.is_calculated or node.value else "note"
        case "rank":
            return "rank"
    return "unknown"


def field_for(node: Node, around: Surroundings, parent: QWidget) -> Field:
    """The part that asks this node."""
    return TYPES[type_of(node)](around, parent)


def _type_of_input(node: Node, looks: set[str]) -> str:
    if node.readonly or node.is_calculated:
        return "calculation"
    kind = _INPUTS.get(node.type, "unknown")
    if kind == "text" and "multiline" in looks:
        return "long_text"
    if kind == "date" and "month-year" in looks:
        return "month"
    if kind == "date" and "year" in looks:
        return "year"
    return kind


def _type_of_select_one(node: Node, looks: set[str]) -> str:
    for look in ("faces", "likert"):
        if look in looks:
            return look
    is_long = len(node.choices) > MOST_ROWS
    return "select_minimal" if is_long or {"minimal", "autocomplete"} & looks else "select_one"
