"""Functions about dates and times (ODK XForms, date and time functions)."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta

from forms.xforms.context import Context
from forms.xforms.functions.function import Function
from forms.xforms.moments import Moment, moment, moment_of_days, time_of_day
from forms.xforms.spoken_lists import in_language
from forms.xforms.tree import Branch
from forms.xforms.values import Value, number, string

_FIELD = re.compile("%(.)", re.DOTALL)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NOT_A_DATE = "Invalid Date"
DATES_LIST = "dates"
"""The list that says months and days (``month 11``, ``day 1``: Monday) in other languages."""


def _today(context: Context) -> Moment:
    return Moment(context.scope.now().replace(hour=0, minute=0, second=0, microsecond=0), False)


def _now(context: Context) -> Moment:
    return Moment(context.scope.now(), True)


def _moment(context: Context, value: Value, with_time: bool = False) -> Moment | None:
    """A value as a moment: a date-looking text, or a number of days."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return None
    if not isinstance(value, float):
        text = string(value)
        found = moment(text, context.scope.zone)
        if found is not None:
            return found
        value = number(text, None)
    return moment_of_days(value, context.scope.zone, with_time)


def _date(context: Context, value: Value) -> str:
    """The moment, blank for blank, "Invalid Date" for anything else."""
    return _moment_text(context, value, with_time=False)


def _date_time(context: Context, value: Value) -> str:
    """As date(), but a number is always a time: elapsed days since 1970 began in Greenwich."""
    return _moment_text(context, value, with_time=True)


def _moment_text(context: Context, value: Value, with_time: bool) -> str:
    if not isinstance(value, (float, bool)) and not string(value):
        return ""
    found = _moment(context, value, with_time)
    return NOT_A_DATE if found is None else found


def _decimal_date_time(context: Context, value: Value) -> float:
    found = _moment(context, value, with_time=True)
    return math.nan if found is None else found.instant


def _decimal_time(context: Context, value: Value) -> float:
    found = time_of_day(string(value), context.scope.zone, context.scope.now())
    return math.nan if found is None else found


def _format_date(context: Context, value: Value, pattern: Value) -> str:
    """The date in the form of a pattern such as ``%e %b %Y``; blank if it is no date."""
    found = _moment(context, value)
    if found is not None:
        return _formatted(found.when, string(pattern), context)
    clock = time_of_day(string(value), context.scope.zone, context.scope.now())
    if clock is None:
        return ""
    midnight = datetime(1970, 1, 1, tzinfo=UTC)
    return _formatted(midnight + timedelta(days=clock), string(pattern), context)


def _formatted(when: datetime, pattern: str, context: Context) -> str:
    month, day = _MONTHS[when.month - 1], _DAYS[when.weekday()]
    other_month = _other(context, f"month {when.month}")
    other_day = _other(context, f"day {when.isoweekday()}")
    fields = {
        "Y": f"{when.year:04d}",
        "y": f"{when.year % 100:02d}",
        "m": f"{when.month:02d}",
        "n": str(when.month),
        "b": other_month or month[:3],
        "B": other_month or month,
        "d": f"{when.day:02d}",
        "e": str(when.day),
        "H": f"{when.hour:02d}",
        "h": str(when.hour),
        "M": f"{when.minute:02d}",
        "S": f"{when.second:02d}",
        "3": f"{when.microsecond // 1000:03d}",
        "a": other_day or day[:3],
        "A": other_day or day,
        "W": str(when.isocalendar().week),
        "u": str(when.isoweekday()),
        "Z": when.strftime("%z"),
        "%": "%",
    }
    return _FIELD.sub(lambda found: fields.get(found[1], found[0]), pattern)


def _other(context: Context, name: str) -> str:
    """A month or day in the language of the words that are being made; blank in the form's own."""
    table = context.scope.instances.get(DATES_LIST) if context.scope.saying else None
    for root in table.elements() if isinstance(table, Branch) else ():
        for row in root.index("item", "name").get(name, ()):
            for own in row.named.get("label", ()):
                said = in_language(own, context.scope.saying)
                return "" if said == own.string() else said
    return ""


CORE: dict[str, Function] = {}
ODK = {
    "today": Function(0, 0, _today),
    "now": Function(0, 0, _now),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date_time),
    "decimal-date-time": Function(1, 1, _decimal_date_time),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format_date),
    "format-date-time": Function(2, 2, _format_date),
}
