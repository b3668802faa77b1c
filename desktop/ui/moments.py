"""Times and dates in words, in the worker's own zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.services.clock import Clock
from desktop.ui.words import tr

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Moments:
    """Says moments in words, as seen from the clock's now and in its zone."""

    def __init__(self, clock: Clock) -> None:
        from zoneinfo import ZoneInfo  # not before the unlock page is shown

        self._clock, self._zone = clock, ZoneInfo(clock.zone)

    def when(self, moment: datetime) -> str:
        """ "14:02" today, "yesterday 14:02", "Tue 09:10" within a week, else with the date."""
        local, now = moment.astimezone(self._zone), self._clock.now().astimezone(self._zone)
        time = f"{local:%H:%M}"
        days = (now.date() - local.date()).days
        if days == 0:
            return time
        if days == 1:
            return tr("yesterday {time}", time=time)
        if 1 < days < 7:
            return f"{tr(_DAYS[local.weekday()])} {time}"
        return f"{self.day(local.date())} {time}"

    def today(self) -> date:
        """The day where the worker is."""
        return self._clock.now().astimezone(self._zone).date()

    def day(self, day: date) -> str:
        """ "Tue 24 Nov", with the year unless it is this one."""
        words = f"{tr(_DAYS[day.weekday()])} {day.day} {tr(_MONTHS[day.month - 1])}"
        this_year = self._clock.now().astimezone(self._zone).year
        return words if day.year == this_year else f"{words} {day.year}"


def wait_in_words(wait: timedelta) -> str:
    """ "30 seconds", "2 minutes": never shorter than the wait itself."""
    seconds = -int(-wait.total_seconds() // 1)
    if seconds <= 90:
        return tr("1 second") if seconds == 1 else tr("{n} seconds", n=seconds)
    return tr("{n} minutes", n=-(-seconds // 60))
