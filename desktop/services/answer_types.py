"""Whether an answer is of the type that its question asks for. It is kept whatever it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from forms.xforms import Node

NO_WHOLE_NUMBER = "Write a whole number in figures, such as 12"
NO_NUMBER = "Write a number in figures, such as 12 or 12.5"
NO_DATE = "There is no such date. Write it in figures, such as 27 3 2014"
NO_TIME = "Write the time in figures, such as 9:30 or 14:30"
NO_MOMENT = "Write the whole day, and the time in figures, such as 9:30 or 14:30"

WHOLE_NUMBER = re.compile(r"[+-]?\d+")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
IN_PART = re.compile(rf"\d{{4}}(-{_MONTH})?|--{_MONTH}(-{_DAY})?|---{_DAY}")
"""A date of which parts are not known, as XML Schema writes gYear, gYearMonth and their like."""


def what_does_not_fit(node: Node) -> str:
    """Why what somebody wrote is no answer of this type, and what to do; blank if it is one."""
    value = node.value
    if node.control != "input" or node.is_calculated or not value:
        return ""
    match node.type:
        case "int" | "integer":
            return "" if WHOLE_NUMBER.fullmatch(value) else NO_WHOLE_NUMBER
        case "decimal":
            return "" if NUMBER.fullmatch(value) else NO_NUMBER
        case "date":
            return "" if IN_PART.fullmatch(value) or _reads(date.fromisoformat, value) else NO_DATE
        case "time":
            return "" if _reads(time.fromisoformat, value) else NO_TIME
        case "dateTime":
            return "" if _reads(datetime.fromisoformat, value) else NO_MOMENT
    return ""


def _reads(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
