"""Units of measures of timeliness: what was due by when, and whether it was done by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from forms.casework.episodes import Episode
from forms.casework.measures.case import Case, Council
from forms.casework.measures.measure import Unit
from forms.casework.measures.open_help import cuts_of
from forms.casework.measures.period import Period
from forms.casework.tasks import (
    FIRST_MEETING,
    FIRST_REVIEW,
    REVIEW,
    assessment_due,
    first_meeting_clock,
)
from forms.casework.timescales import Due

GIVEN_WITHIN_WORKING_DAYS = 5
IN_TOUCH_TOLERANCE = timedelta(days=14)
MEETING_WITHIN = timedelta(weeks=8)
_LEVEL_3 = 3


def assessments_on_time(council: Council, period: Period) -> Iterator[Unit]:
    """M24."""
    for case in council.cases:
        for assessment in case.assessments:
            if not period.holds(assessment.finished) or assessment.finished is None:
                continue
            level = case.level(assessment.finished)
            due = assessment_due(assessment.started, council.timescales, level)
            if due is not None:
                on_time = due.was_met(assessment.finished)
                cuts = cuts_of(council, case, assessment.finished)
                yield Unit(case.family, assessment.record, counted=on_time, cuts=cuts)


def first_meetings_on_time(council: Council, period: Period) -> Iterator[Unit]:
    """M25: episodes at level 3 whose time for a first meeting ran out in the period."""
    for case in council.cases:
        for episode in case.episodes:
            clock = _clock(case, episode, period.last)
            due = council.timescales.due(FIRST_MEETING, clock, level=_LEVEL_3) if clock else None
            if clock is None or due is None or not period.holds(due.day):
                continue
            if not episode.is_open_on(min(due.day, period.last)):
                continue
            held = [m.held for m in case.meetings if m.held and m.was_held_by(period.last)]
            on_time = any(episode.start <= day and due.was_met(day) for day in held)
            cuts = cuts_of(council, case, due.day)
            yield Unit(case.family, episode.id, counted=on_time, cuts=cuts)


def reviews_on_time(council: Council, period: Period) -> Iterator[Unit]:
    """M26: every review that fell due in the period; one that was missed counts as late."""
    for case in council.cases:
        for episode in case.episodes:
            held = _reviews_held(case, episode)
            for number, due in enumerate(_reviews_due(council, case, episode, held)):
                if period.holds(due.day) and episode.is_open_on(due.day):
                    on_time = number < len(held) and due.was_met(held[number])
                    cuts = cuts_of(council, case, due.day)
                    subject = f"{episode.id} review {number + 1}"
                    yield Unit(case.family, subject, counted=on_time, cuts=cuts)


def plans_given_on_time(council: Council, period: Period) -> Iterator[Unit]:
    """M27."""
    calendar = council.timescales.calendar
    for case in council.cases:
        for meeting in case.meetings:
            if meeting.held is None or not period.holds(meeting.held):
                continue
            if not meeting.was_held_by(period.last):
                continue
            by = calendar.plus_working_days(meeting.held, GIVEN_WITHIN_WORKING_DAYS)
            given = any(meeting.held <= one.on <= by for one in case.plans.given)
            yield Unit(case.family, meeting.record, counted=given)


def kept_in_touch(council: Council, period: Period) -> Iterator[Unit]:
    """M18: contacts that the family agreed to, due in the period."""
    for case in council.cases:
        made = [one.on for one in case.in_touch if one.kind == "yes"]
        for due in case.in_touch:
            if due.kind == "due" and period.holds(due.on):
                done = any(abs(day - due.on) <= IN_TOUCH_TOLERANCE for day in made)
                yield Unit(case.family, f"{due.record} {due.on}", counted=done)


def met_lately(council: Council, period: Period) -> Iterator[Unit]:
    """M13: episodes at level 3 that had a meeting in the eight weeks before."""
    since = period.last - MEETING_WITHIN
    for case in council.cases:
        for episode in case.episodes:
            if episode.is_open_on(period.last) and case.level(period.last) == _LEVEL_3:
                met = any(
                    m.held is not None and m.held >= since and m.was_held_by(period.last)
                    for m in case.meetings
                )
                yield Unit(case.family, episode.id, counted=met)


def freshness(council: Council, period: Period) -> Iterator[Unit]:
    """M38: devices that have not synced for a week."""
    day = min(period.last, council.feeds.read_on or period.last)
    for device in council.feeds.devices:
        stale = day - device.on > timedelta(days=7)
        waits = "something waits" if device.detail not in ("", "0") else "nothing waits"
        yield Unit("", device.kind, counted=stale, cuts={"waits": waits})


def _clock(case: Case, episode: Episode, day: date) -> date | None:
    """From when the time to a first meeting runs in this episode."""
    decided = [one for one in case.levels if _is_within(episode, one.since)]
    begun = [a.started for a in case.assessments if a.started >= episode.start]
    clock = first_meeting_clock(min(begun, default=None), decided, day)
    return max(clock, episode.start) if clock is not None else None


def _reviews_held(case: Case, episode: Episode) -> list[date]:
    return [one.on for one in case.reviews if one.is_final and _is_within(episode, one.on)]


def _reviews_due(council: Council, case: Case, episode: Episode, held: list[date]) -> Iterator[Due]:
    """When each review fell due: the first after the plan was agreed, each other after the last."""
    agreed = [day for day in case.plans.agreed if _is_within(episode, day)]
    begun, step = min(agreed, default=None), FIRST_REVIEW
    for last in (*held, None):
        if begun is None:
            return
        due = council.timescales.due(step, begun, level=case.level(begun))
        if due is None:
            return
        yield due
        begun, step = last, REVIEW


def _is_within(episode: Episode, day: date) -> bool:
    return episode.start <= day and (episode.end is None or day <= episode.end)
