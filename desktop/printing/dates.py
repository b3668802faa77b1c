"""Dates as people say them, in the words of any language."""

from dataclasses import dataclass
from datetime import date

from desktop.printing.story import Run


@dataclass(frozen=True)
class DateWords:
    """Names of days (Monday first) and months, and how a date is put together."""

    days: tuple[str, ...]
    months: tuple[str, ...]
    long: str = "{weekday} {day} {month} {year}"
    short: str = "{day} {month} {year}"


ENGLISH = DateWords(
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    (
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
    ),
)


def long_date(day: date, words: DateWords = ENGLISH) -> str:
    """`Tuesday 4 March 2026`, whatever the machine's language."""
    return _said(words.long, day, words)


def short_date(day: date, words: DateWords = ENGLISH) -> str:
    """`4 March 2026`."""
    return _said(words.short, day, words)


def date_cell(day: date, words: DateWords = ENGLISH) -> tuple[Run, ...]:
    """`4 March 2026` on one line, in a table."""
    return (Run(short_date(day, words), together=True),)


def _said(pattern: str, day: date, words: DateWords) -> str:
    return pattern.format(
        weekday=words.days[day.weekday()],
        day=day.day,
        month=words.months[day.month - 1],
        year=day.year,
    )
