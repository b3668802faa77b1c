"""The clock that is handed in, so that nothing reads one in passing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """``now()`` is an aware time in UTC; ``zone`` is the IANA name of where the worker is."""

    now: Callable[[], datetime]
    zone: str = "Europe/London"

    def day(self, moment: datetime) -> date:
        """The day of a moment, where the worker is."""
        from zoneinfo import ZoneInfo  # here: the unlock page needs the time alone

        return moment.astimezone(ZoneInfo(self.zone)).date()

    def today(self) -> date:
        """The day, where the worker is."""
        return self.day(self.now())

    def new_id(self) -> str:
        """A UUIDv7 of this moment."""
        from secrets import token_bytes  # here, for the same reason

        from forms.records.identifiers import new_id

        return new_id(self.now(), token_bytes)


def system_clock() -> Clock:
    """The machine's own clock."""
    return Clock(lambda: datetime.now(UTC))
