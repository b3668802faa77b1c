"""What leaves the service as a table: SSD episodes, Annex A list 2, dashboard (domain.md 3.6.0).

A value that begins as a formula would is written so that no spreadsheet runs it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from forms.casework.episodes import Episode, episode_on, members
from forms.casework.measures.case import Assessment, Case
from forms.casework.measures.measure import HIDDEN, Count, Result, for_outside
from forms.casework.measures.period import Period, months_before

SSD_COLUMNS = (
    "earl_episode_id", "earl_person_id", "earl_episode_start_date", "earl_episode_end_date",
    "earl_episode_reason", "earl_episode_end_reason", "earl_episode_organisation",
    "earl_episode_worker_id",
)  # fmt: skip
ANNEX_A_COLUMNS = (
    "Child ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Assessment start date",
    "Assessment completion date", "Organisation completing assessment",
)  # fmt: skip
DASHBOARD_COLUMNS = (
    "measure", "version", "title", "numerator", "denominator", "first", "last", "cut", "value",
    "count", "of", "percent", "mean", "median", "caveats",
)  # fmt: skip
_GENDER = {"female": "F", "male": "M", "non_binary": "I"}


def ssd_episodes(cases: Iterable[Case], period: Period) -> str:
    """``ssd_early_help_episodes``: a row a child of each episode open at any time in the period."""
    rows = [
        row
        for case in cases
        for episode in case.episodes
        if episode.was_open_in(period.first, period.last)
        for row in _ssd_rows(case, episode, period)
    ]
    return _csv(SSD_COLUMNS, rows)


def _ssd_rows(case: Case, episode: Episode, period: Period) -> list[tuple[str, ...]]:
    lead = case.lead(episode.end or period.last)
    return [
        (
            f"{episode.id}-{member.person}",
            member.person,
            _day(member.since),
            _day(member.until),
            episode.start_reason,
            episode.end_reason,
            (lead.organisation or lead.agency) if lead else "",
            lead.worker if lead else "",
        )
        for member in members(episode, case.people)
        if member.since <= period.last and (member.until is None or member.until >= period.first)
    ]


def annex_a_list_2(cases: Iterable[Case], inspection: date) -> str:
    """Every early help assessment in the six months before an inspection, a row a child.

    Help that goes on is there too: with its own assessments, whenever they were, without a day of
    completion where one is not finished, and without either day where there is none.
    """
    window = Period(months_before(inspection, 6), inspection)
    rows = []
    for case in cases:
        episode = episode_on(case.episodes, inspection)
        own = _own(case, episode) if episode is not None else []
        for assessment in case.assessments:
            recent = window.holds(assessment.started) or window.holds(assessment.finished)
            if recent or assessment in own:
                rows += _annex_a_rows(case, assessment, inspection)
        if episode is not None and not own:
            rows += _annex_a_rows(case, None, inspection)
    return _csv(ANNEX_A_COLUMNS, rows)


def _own(case: Case, episode: Episode) -> list[Assessment]:
    """The assessments of an episode; one left unfinished when help ended before is not of it."""
    before = max((e.end for e in case.episodes if e.end and e.end <= episode.start), default=None)
    return [
        one
        for one in case.assessments
        if (one.finished is not None and one.finished >= episode.start)
        or (one.finished is None and (before is None or one.started >= before))
    ]


def _annex_a_rows(
    case: Case, assessment: Assessment | None, inspection: date
) -> list[tuple[str, ...]]:
    started = assessment.started if assessment is not None else None
    finished = assessment.finished if assessment is not None else None
    day = finished or inspection
    lead = case.lead(day)
    return [
        (
            child.id,
            _GENDER.get(child.gender, "U"),
            child.ethnicity or "NOBT",
            _day(child.born),
            "" if (age := child.age(inspection)) is None else str(age),
            _day(started),
            _day(finished),
            (lead.organisation or lead.agency) if lead else "",
        )
        for child in case.children(day)
    ]


def dashboard(results: Sequence[Result]) -> str:
    """Every measure with its definition, small numbers hidden: a row in all, and one a cut."""
    rows = []
    for result in map(for_outside, results):
        rows.append(_row(result, "", "", result.total))
        for cut, values in result.by.items():
            rows += [_row(result, cut, value, count) for value, count in values.items()]
    return _csv(DASHBOARD_COLUMNS, rows)


def _row(result: Result, cut: str, value: str, count: Count) -> tuple[str, ...]:
    measure, period = result.measure, result.period
    figures: tuple[str, ...] = (HIDDEN, "", "", "", "")
    if not count.hidden:
        percent = "" if count.percent is None else f"{count.percent:.1f}"
        figures = (str(count.counted), *map(_number, (count.of,)), percent,
                   *map(_number, (count.mean, count.median)))  # fmt: skip
    return (
        measure.key,
        str(measure.version),
        measure.title,
        measure.numerator,
        measure.denominator,
        _day(period.first),
        _day(period.last),
        cut,
        value,
        *figures,
        " ".join(measure.caveats),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _csv(columns: tuple[str, ...], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(value) for value in row] for row in rows)
    return text.getvalue()


def _inert(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
