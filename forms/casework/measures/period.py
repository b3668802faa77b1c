"""Periods: from a first day up to and with a last one; quarters of the council's financial year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local days from ``first`` up to and with ``last`` (domain.md 3.6.0)."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """True for a day inside it."""
        return day is not None and self.first <= day <= self.last

    def earlier(self, months: int) -> Period:
        """The same period so many months before; the last day of a month stays one."""
        last = months_before(self.last, months)
        if (self.last + timedelta(days=1)).day == 1:
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return Period(months_before(self.first, months), last)

    @property
    def month_ends(self) -> tuple[date, ...]:
        """The thirteen month ends up to the last day: twelve months with the one before."""
        ends = []
        for back in range(12, -1, -1):
            month = months_before(self.last.replace(day=1), back)
            ends.append(month.replace(day=monthrange(month.year, month.month)[1]))
        return tuple(ends)

    @property
    def is_quarter(self) -> bool:
        """True for a whole quarter of the financial year."""
        return self == quarter_of(self.last)


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that begins in April of ``year``."""
    month = 4 + 3 * (number - 1)
    first = date(year + (month > 12), (month - 1) % 12 + 1, 1)
    return Period(first, months_before(first, -3) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """The financial quarter that a day lies in."""
    year = day.year if day.month >= 4 else day.year - 1
    return quarter(year, ((day.month - 4) % 12) // 3 + 1)


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last one of a month that is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
