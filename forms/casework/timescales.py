"""When something is due: the council's timescales, and days on which work is done (domain.md 4.2).

A timescale is in force from its ``valid_from`` on. What was due is reckoned by the timescale in
force when the clock began, so that a changed one never rewrites whether past work was on time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from forms.casework.people import read_date

WORKING_DAYS, WEEKS, CALENDAR_DAYS = "working days", "weeks", "calendar days"
REVIEWS = "reviews"
"""No time, but how many of them: the unit of a rule about drift."""

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Timescale:
    """How long one step may take: ``value`` of ``unit`` from ``from_event``.

    ``amber_before`` and ``red_after`` are days before and after the due day (of working days if
    that is the unit). ``applies_to`` is ``all`` or such as ``level 3``.
    """

    step: str
    from_event: str
    value: int
    unit: str
    amber_before: int
    red_after: int
    applies_to: str
    hard: bool
    valid_from: date


class Calendar:
    """The days on which nobody works beside weekends: bank holidays, closure days."""

    def __init__(self, closed: Iterable[date] = ()) -> None:
        self._closed = frozenset(closed)

    @classmethod
    def of_table(cls, rows: Iterable[Mapping[str, str]]) -> Calendar:
        """The calendar of a pack: rows with a ``day`` (or ``date``) on which nobody works."""
        days = (read_date(row.get("day") or row.get("date") or "") for row in rows)
        return cls(day for day in days if day is not None)

    def is_working(self, day: date) -> bool:
        """True on a working day."""
        return day.weekday() < _SATURDAY and day not in self._closed

    def plus_working_days(self, day: date, number: int) -> date:
        """The working day that is so many working days after ``day`` (before, if negative)."""
        step = timedelta(days=1 if number >= 0 else -1)
        left = abs(number)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def plus(self, day: date, value: int, unit: str) -> date:
        """``day`` and so many units of a timescale later."""
        if unit == WORKING_DAYS:
            return self.plus_working_days(day, value)
        return day + timedelta(weeks=value) if unit == WEEKS else day + timedelta(days=value)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days after ``start`` up to and with ``end``."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is due, and how that stands."""

    day: date
    amber_from: date
    red_from: date

    def standing(self, today: date) -> str:
        """``later``, ``soon``, ``due`` or ``overdue``."""
        if today >= self.red_from:
            return "overdue"
        if today >= self.day:
            return "due"
        return "soon" if today >= self.amber_from else "later"

    def was_met(self, done: date) -> bool:
        """True if what was done on that day was in time."""
        return done < self.red_from


class Timescales:
    """Every timescale of a council, through time, over its calendar."""

    def __init__(self, timescales: Iterable[Timescale], calendar: Calendar | None = None) -> None:
        self._all = tuple(timescales)
        self.calendar = calendar or Calendar()

    def due(self, step: str, begun: date, *, level: int | None = None) -> Due | None:
        """When a step is due whose clock began on that day; None if the council set no time."""
        scale = self._in_force(step, begun, level)
        if scale is None:
            return None
        day = self.calendar.plus(begun, scale.value, scale.unit)
        in_days = WORKING_DAYS if scale.unit == WORKING_DAYS else CALENDAR_DAYS
        return Due(
            day,
            self.calendar.plus(day, -scale.amber_before, in_days),
            self.calendar.plus(day, scale.red_after, in_days) + timedelta(days=1),
        )

    def has(self, step: str) -> bool:
        """Whether the council says anything of this step, from whichever day."""
        return any(scale.step == step for scale in self._all)

    def value(self, step: str, begun: date) -> int:
        """The bare number of a step whose clock began on that day; 0 if the council set none."""
        scale = self._in_force(step, begun, None)
        return scale.value if scale is not None else 0

    def _in_force(self, step: str, begun: date, level: int | None) -> Timescale | None:
        fitting = [
            scale
            for scale in self._all
            if scale.step == step and scale.applies_to in ("all", "", f"level {level}")
        ]
        in_force = [scale for scale in fitting if scale.valid_from <= begun]
        if in_force:
            return max(in_force, key=_newest)
        return min(fitting, key=_newest, default=None)  # work older than the council's first rule


def _newest(scale: Timescale) -> tuple[date, bool]:
    return scale.valid_from, scale.applies_to not in ("all", "")


def read_timescales(
    tables: Mapping[str, Sequence[Mapping[str, str]]], calendar_table: str = "calendar"
) -> Timescales:
    """The timescales and the calendar of a pack's tables. A row without a number is left out."""
    scales = [scale for row in tables.get("timescales", ()) if (scale := _read(row)) is not None]
    return Timescales(scales, Calendar.of_table(tables.get(calendar_table, ())))


def _read(row: Mapping[str, str]) -> Timescale | None:
    valid_from = read_date(row.get("valid_from", ""))
    numbers = [_number(row.get(name, "")) for name in ("value", "amber_before", "red_after")]
    if valid_from is None or numbers[0] is None:
        return None
    return Timescale(
        step=row["step"],
        from_event=row.get("from_event", ""),
        value=numbers[0],
        unit=row.get("unit", CALENDAR_DAYS),
        amber_before=numbers[1] or 0,
        red_after=numbers[2] or 0,
        applies_to=row.get("applies_to", "all"),
        hard=row.get("hard") in ("yes", "hard"),
        valid_from=valid_from,
    )


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None
