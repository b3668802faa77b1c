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
    def parts(self) -> tuple[Period, ...] | None:
        """The months of a quarter, the quarters of a financial year, nothing of a month.

        None: it is none of these, and figures of it do not leave the service.
        """
        if self == month_of(self.last):
            return ()
        if self == quarter_of(self.last):
            return tuple(month_of(months_before(self.last, back)) for back in (2, 1, 0))
        four = tuple(quarter_of(months_before(self.last, back)) for back in (9, 6, 3, 0))
        is_year = four[0].first == self.first and four[-1].last == self.last
        return four if is_year and self.first.month == 4 else None

    @property
    def with_parts(self) -> tuple[Period, ...]:
        """Itself, and every quarter and month that it is made of."""
        found = (part.with_parts for part in self.parts or ())
        return (self, *(each for parts in found for each in parts))


def month_of(day: date) -> Period:
    """The month that a day lies in."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return Period(day.replace(day=1), last)


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
