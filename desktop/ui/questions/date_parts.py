"""A date as it is said and typed: day, month, year, any of them perhaps not known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from desktop.services.answer_types import IN_PART

_WHOLE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"(\d{4})")
_MONTH_DAY = re.compile(r"--(\d\d)-(\d\d)")
_MONTH_ONLY = re.compile(r"--(\d\d)")
_DAY_ONLY = re.compile(r"---(\d\d)")
_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}


@dataclass(frozen=True, slots=True)
class DateParts:
    """What was typed into day, month and year. Each is text, and may be empty."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def read(cls, value: str) -> DateParts:
        """The parts of a value that ``written`` made, or of a date with a time."""
        value = value.partition("T")[0]
        if found := _WHOLE.fullmatch(value):
            year, month, day = found.groups()
            return cls(_shown(day), _shown(month), year)
        if found := _MONTH.fullmatch(value):
            return cls("", _shown(found[2]), found[1])
        if _YEAR.fullmatch(value):
            return cls("", "", value)
        if found := _MONTH_DAY.fullmatch(value):
            return cls(_shown(found[2]), _shown(found[1]), "")
        if found := _MONTH_ONLY.fullmatch(value):
            return cls("", _shown(found[1]), "")
        if found := _DAY_ONLY.fullmatch(value):
            return cls(_shown(found[1]), "", "")
        day, _, rest = value.partition("/")
        month, _, year = rest.partition("/")
        return cls(day, month, year)

    def written(self) -> str:
        """ISO 8601: ``2014-03-05``, and with parts not known ``2014-03``, ``2014``, ``--03-05``,
        ``--03``, ``---05`` (as XML Schema writes gYearMonth, gYear, gMonthDay, gMonth, gDay).

        Parts that are not numbers come as ``day/month/year``, as typed: nothing is thrown away.
        """
        day, month, year = self.day.strip(), self.month.strip(), self.year.strip()
        number = _MONTHS.get(month.lower(), 0) or (int(month) if _small(month) else 0)
        sound = (not day or _small(day)) and (not month or number > 0)
        if not sound or (year and not _YEAR.fullmatch(year)) or (year and day and not month):
            return f"{day}/{month}/{year}"
        text = [f"{number:02}" if month else "", f"{int(day):02}" if day else ""]
        if year:
            return "-".join(part for part in (year, *text) if part)
        if month:
            return "--" + "-".join(part for part in text if part)
        return f"---{text[1]}" if day else ""

    @property
    def is_blank(self) -> bool:
        """True if nothing was typed."""
        return not (self.day or self.month or self.year)

    @property
    def is_known_in_part(self) -> bool:
        """True if what is there is right as far as it goes, and a part is missing."""
        return bool(IN_PART.fullmatch(self.written()))

    @property
    def is_whole(self) -> bool:
        """True if it is a day of the calendar."""
        found = _WHOLE.fullmatch(self.written())
        if found is None:
            return False
        year, month, day = (int(part) for part in found.groups())
        return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2


def _shown(number: str) -> str:
    return str(int(number))
