"""What a council hands in or shows to others: its measures, the SSD episodes, Annex A list 2."""

from __future__ import annotations

import argparse

from forms.casework.measures.case import Case
from forms.casework.measures.exports import annex_a_list_2, dashboard, ssd_episodes
from forms.casework.measures.period import Period
from sync.ehm import audit, measuring
from sync.ehm.app import utc_now
from sync.ehm.cases import KnownCases
from sync.ehm.commands.command import Commands, command, day, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    figures = command(commands, "measures", "print the measures of a period as CSV", _measures)
    ssd = command(commands, "ssd-episodes", "print the SSD's early help episodes as CSV", _ssd)
    for each in (figures, ssd):
        each.add_argument("first", type=day, help="the first day of the period, as 2026-04-01")
        each.add_argument("last", type=day, help="its last day")
    annex = command(commands, "annex-a", "print Ofsted's Annex A list 2 as CSV", _annex_a)
    annex.add_argument("inspection", type=day, help="the day it begins, as 2026-12-01")
    for each in (ssd, annex):  # a row a child: who asked for it, and why, is in the audit
        each.add_argument("--by", required=True, metavar="NAME", help="who asked for it")
        each.add_argument("--reason", required=True, help="for what; both are in the audit")


def _measures(chosen: argparse.Namespace) -> int:
    with store(chosen).reading() as connection:
        results = measuring.figures_of_all(connection, _period(chosen))
    print(dashboard(results), end="")  # noqa: T201
    return 0


def _ssd(chosen: argparse.Namespace) -> int:
    period = _period(chosen)
    cases = _cases(chosen, "SSD early help episodes")
    print(ssd_episodes(cases, period), end="")  # noqa: T201
    return 0


def _annex_a(chosen: argparse.Namespace) -> int:
    cases = _cases(chosen, "Annex A list 2")
    print(annex_a_list_2(cases, chosen.inspection), end="")  # noqa: T201
    return 0


def _period(chosen: argparse.Namespace) -> Period:
    if chosen.first > chosen.last:
        raise ValueError("the first day is after the last")
    return Period(chosen.first, chosen.last)


def _cases(chosen: argparse.Namespace, what: str) -> list[Case]:
    """Every family, once the audit has who asked; nobody who hands in waits for the reading."""
    here = store(chosen)
    with here.writing() as connection:
        audit.note(connection, utc_now(), chosen.by, f"exported: {what}", detail=chosen.reason)
    with here.reading() as connection:
        return KnownCases().of(connection, measuring.everybody(connection))
