"""Dates and times as an XForm holds them: ISO 8601 text that counts days.

A date counts whole days since 1 January 1970, whatever the zone, as JavaRosa does: the difference
of two dates is then a whole number on both sides of a change of the clocks. A date with a time
counts days of elapsed time since midnight UTC of that day (ODK XForms, decimal-date-time()).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from math import floor, isfinite

_EPOCH = date(1970, 1, 1).toordinal()
_START = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400.0
_MOMENT = re.compile(
    r"\s*(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:T(\d\d?)(?::(\d\d))?(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?\s*",
    re.IGNORECASE,
)
_TIME = re.compile(r"\s*(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?\s*")
_FIRST, _LAST = date(1, 1, 2).toordinal() - _EPOCH, date(9999, 12, 30).toordinal() - _EPOCH


class Moment(str):  # noqa: SLOT000  # a text cannot have slots of its own
    """A text that is a date, or a date with a time, and knows it; compared by ``days``."""

    days: float
    instant: float
    """Days of elapsed time; of a date, to its midnight in the zone of the session."""
    when: datetime
    has_time: bool

    def __new__(cls, when: datetime, has_time: bool) -> Moment:
        """The text of an aware time; of its date alone if not ``has_time``."""
        moment = super().__new__(cls, _written(when) if has_time else when.date().isoformat())
        moment.when = when
        moment.has_time = has_time
        moment.instant = (when - _START).total_seconds() / _DAY
        moment.days = moment.instant if has_time else float(when.toordinal() - _EPOCH)
        return moment


def _written(when: datetime) -> str:
    """``2026-06-15T09:30:00.000+01:00``."""
    return when.isoformat(timespec="milliseconds")


def moment(text: str, zone: tzinfo) -> Moment | None:
    """The date, or date with time, that the text is; None if it is neither.

    A time without an offset is a time of ``zone``.
    """
    if len(text) < 8 or (found := _MOMENT.fullmatch(text)) is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        if hour is None:
            return Moment(datetime(int(year), int(month), int(day), tzinfo=zone), False)
        micros = int((fraction or "0").ljust(6, "0")[:6])
        own = _offset(offset) if offset else zone
        when = datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute or 0),
            int(second or 0),
            micros,
            own,
        )
        return Moment(when.astimezone(zone), True)
    except (ValueError, OverflowError):
        return None


def days_of(text: str, zone: tzinfo) -> float | None:
    """The days that a date-looking text counts, or None."""
    if len(text) < 8 or text[4:5] != "-":
        return None
    found = moment(text, zone)
    return None if found is None else found.days


def moment_of_days(days: float, zone: tzinfo, with_time: bool = False) -> Moment | None:
    """The date of a whole number of days, else the date and time; None past the calendar.

    ``with_time``: always the date and time.
    """
    if not isfinite(days) or not _FIRST <= days <= _LAST:
        return None
    whole = floor(days)
    if whole == days and not with_time:
        return Moment(datetime.combine(date.fromordinal(whole + _EPOCH), time(), zone), False)
    elapsed = _START + timedelta(milliseconds=round(days * _DAY * 1000))
    return Moment(elapsed.astimezone(zone), True)


def _offset(text: str) -> tzinfo:
    if text in ("Z", "z"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if int(digits[2:]) > 59:
        raise ValueError("no such offset")
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def time_of_day(text: str, zone: tzinfo, today: datetime) -> float | None:
    """The part of a day, from 0 to 1, of a time such as ``09:30``; None if it is not a time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, fraction, offset = found.groups()
    try:
        clock = time(
            int(hour), int(minute), int(second or 0), int((fraction or "0").ljust(6, "0")[:6])
        )
        if offset:
            when = datetime.combine(today.date(), clock, _offset(offset)).astimezone(zone)
            clock = when.time()
    except (ValueError, OverflowError):
        return None
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    return seconds / _DAY
