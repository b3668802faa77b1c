"""Figures of many families: each family's share of a period is kept, and the shares are added up.

A share is worked out once, and again when something was written in its family. Five quarters of
5,000 families take longer than a laptop waits the first time; so whoever wants figures has them
counted ahead, a few seconds at a time, and is told how far it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from forms.casework.measures.case import Case, Council, Feeds
from forms.casework.measures.period import Period
from forms.casework.measures.tally import Tally, tally, together
from sync.ehm.cases import KnownCases, WorkedOut


@dataclass(frozen=True, slots=True)
class Counting:
    """Figures of these families, by the council's ``rules`` (timescales, neighbourhoods) and feeds.

    ``own``: cases that are read for one worker alone, with only what they may see; nothing of them
    is kept.
    """

    connection: Connection
    cases: KnownCases
    families: Collection[str]
    rules: Council
    feeds: Feeds = field(default_factory=Feeds)
    own: Sequence[Case] | None = None

    def of_each(self, period: Period) -> Iterator[tuple[str, Tally]]:
        """What each family comes to in a period, with the family's id."""
        if self.own is not None:
            return ((case.family, self._share(period)(case)) for case in self.own)
        return self.cases.each(self.connection, self.families, self._wanted(period))

    def whole(self, period: Period) -> Tally:
        """What all of them come to in a period, with what other systems supply."""
        found = together(share for _, share in self.of_each(period))
        found.add(tally(replace(self.rules, cases=(), feeds=self.feeds), period))
        return found

    def ahead(
        self, periods: Collection[Period], is_over: Callable[[], bool] = lambda: False
    ) -> tuple[int, int]:
        """Count these while there is time: how many families are through, how many there are."""
        if self.own is not None:
            return len(self.own), len(self.own)
        wanted = [self._wanted(period) for period in periods]
        return self.cases.ahead(self.connection, self.families, wanted, is_over)

    def _wanted(self, period: Period) -> WorkedOut[Tally]:
        return WorkedOut(("figures", period), self._share(period))

    def _share(self, period: Period) -> Callable[[Case], Tally]:
        return lambda case: tally(replace(self.rules, cases=(case,)), period)
