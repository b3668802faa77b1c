"""The quarter's figures: of one's own families offline, of the team's and the council's online.

What leaves as a file has small numbers hidden and the others to the nearest 5, whoever saves it
(domain.md 3.6.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.services.clock import Clock
from desktop.services.figure_views import (
    COUNCIL,
    OWN,
    TEAM,
    Dashboard,
    FigureLine,
    Number,
    Publication,
    SoFar,
)
from desktop.services.known_records import KnownRecords
from desktop.services.packs import Packs
from desktop.services.roles import duties_of
from desktop.services.team import TeamDesk
from desktop.vault import Vault
from forms.casework.measures.case import Council, areas_of, case_of
from forms.casework.measures.catalogue import in_words_of, names_of_cuts
from forms.casework.measures.frozen import TOTAL
from forms.casework.measures.measure import Count, Result, compute
from forms.casework.measures.period import Period, quarter_of
from forms.casework.people import family_name
from forms.casework.timescales import read_timescales
from sync.contract.messages import (
    AllMeasured,
    AskListed,
    AskMeasures,
    Figure,
    Measured,
    PublishQuarter,
    Revised,
)
from sync.contract.messages.measures import Scope

QUARTERS_BEFORE = 4
QUARTERS_OFFERED = 8
_OF_OTHER_SYSTEMS = frozenset({"M5", "M8", "M15", "M16", "M17", "M22", "M38"})
_SCOPES: Mapping[str, Scope] = {OWN: "own", TEAM: "team", COUNCIL: "council"}


@dataclass(slots=True)
class Figures:
    """The figures that somebody may see. ``own`` runs in the vault lane, the others online."""

    vault: Vault
    packs: Packs
    known: KnownRecords
    clock: Clock
    team: TeamDesk

    @property
    def scopes(self) -> tuple[str, ...]:
        """Whose figures are offered to this role; the EHM decides what they get."""
        duties = duties_of(self.vault.worker.role)
        if not duties.own_measures:
            return (COUNCIL,) if duties.all_measures else ()
        return (OWN, TEAM, COUNCIL) if duties.all_measures else (OWN,)

    def quarters(self) -> tuple[tuple[date, date], ...]:
        """First and last days of the quarters that are offered, the latest first.

        This one is not for an analyst: their figures leave the service.
        """
        period = quarter_of(self.clock.now().astimezone(ZoneInfo(self.clock.zone)).date())
        latest = 0 if duties_of(self.vault.worker.role).own_measures else 1
        found = (_before(period, back) for back in range(latest, latest + QUARTERS_OFFERED))
        return tuple((each.first, each.last) for each in found)

    def own(self, last: date) -> Dashboard:
        """The quarter to that day, over the families on this laptop. In the vault lane."""
        period = quarter_of(last)
        families = [(row.id, self.known.as_told(row.id).known) for row in self.vault.families()]
        names = {family: family_name(records) for family, records in families}
        tables = self.packs.newest.tables
        over = Council(
            [case_of(family, records) for family, records in families],
            read_timescales(tables),
            areas_of(tables.get("areas", ())),
        )
        earlier = [_before(period, back) for back in range(1, QUARTERS_BEFORE + 1)]
        figures = [
            _line(
                compute(measure, over, period),
                [_number(compute(measure, over, each).total) for each in earlier],
                names,
            )
            for measure in in_words_of(tables)
            if measure.key not in _OF_OTHER_SYSTEMS
        ]
        checked = self.vault.recall("last_checked")
        at = datetime.fromisoformat(checked) if isinstance(checked, str) else None
        ends = tuple(each.last for each in earlier)
        return Dashboard(
            OWN,
            period.first,
            period.last,
            tuple(figures),
            ends,
            checked=at,
            cuts=names_of_cuts(tables),
        )

    def count(self, scope: str, last: date) -> SoFar:
        """Have the centre count what `asked` wants, for a few seconds; then `asked` is quick.

        Online. Errors: SyncError, NotEnrolled.
        """
        question = _question(scope, quarter_of(last))
        told = self.team.ask(lambda wire: wire.count_ahead(question))
        return SoFar(told.counted, told.families)

    def asked(self, scope: str, last: date) -> Dashboard:
        """As the centre has it now, over the team's or the council's families. Online.

        Errors: SyncError, NotEnrolled.
        """
        period = quarter_of(last)
        question = _question(scope, period)
        told = self.team.ask(lambda wire: wire.measures(question))
        is_over = period.last < self.clock.now().astimezone(ZoneInfo(self.clock.zone)).date()
        return replace(
            _dashboard(scope, told),
            cuts=names_of_cuts(self.packs.newest.tables),
            can_list=self.scopes != (COUNCIL,),
            can_publish=scope == COUNCIL and is_over and OWN in self.scopes,
        )

    def families_behind(
        self, shown: Dashboard, key: str, cut: str = "", value: str = ""
    ) -> tuple[tuple[str, str], ...]:
        """The families behind a figure of the centre: id, and the number or reference. Online."""
        question = AskListed(
            scope=_SCOPES[shown.scope],
            first=shown.first,
            last=shown.last,
            measure=key,
            cut=cut,
            value=value,
        )
        listed = self.team.ask(lambda wire: wire.listed(question))
        return tuple((one.id, one.number or one.reference) for one in listed.families)

    def holds(self, family: str) -> bool:
        """True for a family on this laptop. In the vault lane."""
        return any(family in row.ids for row in self.vault.families())

    def publish(self, shown: Dashboard) -> Dashboard:
        """Publish the quarter that is shown, and read it again. Online."""
        said = PublishQuarter(last=shown.last)
        self.team.ask(lambda wire: wire.publish_quarter(said))
        return self.asked(shown.scope, shown.last)


def _question(scope: str, period: Period) -> AskMeasures:
    return AskMeasures(
        scope=_SCOPES[scope],
        first=period.first,
        last=period.last,
        quarters_before=QUARTERS_BEFORE,
    )


def _before(period: Period, back: int) -> Period:
    for _ in range(back):
        period = quarter_of(period.first - timedelta(days=1))
    return period


def _line(result: Result, before: Sequence[Number], names: Mapping[str, str]) -> FigureLine:
    measure, listed = result.measure, dict.fromkeys(unit.family for unit in result.listed())
    return FigureLine(
        measure.key,
        measure.title,
        measure.numerator,
        measure.denominator,
        _number(result.total),
        measure.version,
        tuple(before),
        tuple(
            (cut, tuple((value, _number(count)) for value, count in values.items()))
            for cut, values in result.by.items()
        ),
        tuple((family, names.get(family, "")) for family in listed if family),
        measure.caveats,
    )


def _number(count: Count) -> Number:
    return Number(count.counted, count.of, count.percent, count.mean, count.median, count.hidden)


def _dashboard(scope: str, told: AllMeasured) -> Dashboard:
    published = told.published
    revised: dict[str, dict[str, Revised]] = {}
    for one in published.revised if published else ():
        revised.setdefault(one.measure, {})[one.cut] = one
    changed = len({one.measure for one in published.revised}) if published else 0
    return Dashboard(
        scope,
        told.first,
        told.last,
        tuple(
            _told_line(
                each,
                [earlier.figures.get(each.key) for earlier in told.before],
                revised.get(each.key, {}),
            )
            for each in told.measures
        ),
        tuple(earlier.last for earlier in told.before),
        computed=told.computed,
        written=told.written,
        published=Publication(published.number, published.at, published.by.name, changed)
        if published
        else None,
    )


def _told_line(
    told: Measured, before: Iterable[Figure | None], revised: Mapping[str, Revised]
) -> FigureLine:
    was = {
        cut: Number(0) if one.before is None else _told(one.before)
        for cut, one in revised.items()
        if one.before is not None or cut != TOTAL
    }
    return FigureLine(
        told.key,
        told.title,
        told.numerator,
        told.denominator,
        _told(told.total),
        told.version,
        tuple(_told(figure) if figure is not None else None for figure in before),
        tuple(
            (cut, tuple((value, _told(figure)) for value, figure in values.items()))
            for cut, values in told.by.items()
        ),
        (),
        told.caveats,
        was.get(TOTAL),
        was,
        TOTAL in revised and revised[TOTAL].redefined,
    )


def _told(figure: Figure) -> Number:
    return Number(
        figure.counted, figure.of, figure.percent, figure.mean, figure.median, figure.hidden
    )
