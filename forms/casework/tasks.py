"""What is to be done by when: from the council's timescales, the plan and what was agreed.

A task is computed from the records and goes when they say that it is done; nobody ticks it off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from forms.casework.agreement import WRITTEN, agreements
from forms.casework.closing import waiting
from forms.casework.contacts import contacts
from forms.casework.entities import entities
from forms.casework.episodes import Episode, episode_on, episodes
from forms.casework.known_record import KnownRecord
from forms.casework.levels import LevelDecision, level_history, level_on
from forms.casework.meetings import Meeting, Review, meetings, reviews
from forms.casework.people import Person, household, read_date
from forms.casework.plan import family_plan
from forms.casework.requests import LEVEL_4, MORE_WANTED, requests
from forms.casework.timescales import Due, Timescales
from forms.casework.transitions import transitions

ASSESSMENT, FIRST_MEETING, FIRST_REVIEW, REVIEW = (
    "assessment_complete", "first_meeting", "first_review", "review",
)  # fmt: skip
VISITS = frozenset({"visit", "meeting", "review_visit"})
_LEVEL_3 = 3


@dataclass(frozen=True, slots=True, repr=False)
class Task:
    """One thing to do. ``standing`` is ``later``, ``soon``, ``due`` or ``overdue``.

    ``what`` is what people wrote (an action, a follow-up), or blank; ``about`` the id of the person
    it is about; ``form`` and ``record`` are where it is done. ``at`` is a time of day, if agreed.
    """

    kind: str
    due: date
    standing: str
    what: str = ""
    about: str = ""
    form: str = ""
    record: str = ""
    at: str = ""

    @property
    def is_visit(self) -> bool:
        """True if somebody goes somewhere for it."""
        return self.kind in VISITS


def tasks(records: Sequence[KnownRecord], timescales: Timescales, today: date) -> tuple[Task, ...]:
    """Everything to do for a family, the most pressing first; nothing for one whose help ended.

    While a finished closing waits for a manager, no meeting or review falls due by itself: what
    was agreed with somebody does.
    """
    known = list(records)
    everything = episodes(known)
    if everything and episode_on(everything, today) is None and everything[-1].start <= today:
        return tuple(_sorted(_after_the_end(known, today)))
    people = household(known)
    closing_waits = any(waiting(known))
    found = [
        *(() if closing_waits else _by_timescale(known, everything, timescales, today)),
        *_agreed_dates(known, today),
        *_of_plan(known, today),
        *_of_agreement(known, today),
        *_of_requests(known, today),
        *_of_people(people, today),
    ]
    return tuple(_sorted(found))


def assessment_due(started: date, timescales: Timescales, level: int | None) -> Due | None:
    """By when an assessment that was begun on that day is due."""
    return timescales.due(ASSESSMENT, started, level=level)


def first_meeting_clock(
    started: date | None, history: Iterable[LevelDecision], day: date
) -> date | None:
    """From when the time to a first meeting runs: the day on which level 3 was first decided.

    Where the assessment itself decided it, the clock began with the assessment (domain.md 3.6.5).
    """
    decided = [one for one in history if one.is_final and one.since <= day]
    raised = next((one for one in decided if one.level == _LEVEL_3), None)
    if raised is None:
        return None
    return started if started is not None and raised is decided[0] else raised.since


def review_due(
    agreed: date | None, reviewed: Sequence[Review], timescales: Timescales, level: int | None
) -> Due | None:
    """When the next review is due: after the plan was agreed, or after the last review."""
    if reviewed:
        return timescales.due(REVIEW, reviewed[-1].on, level=level)
    return timescales.due(FIRST_REVIEW, agreed, level=level) if agreed else None


def _by_timescale(
    records: Sequence[KnownRecord],
    everything: Sequence[Episode],
    timescales: Timescales,
    today: date,
) -> Iterator[Task]:
    history = level_history(records)
    level = level_on(history, today)
    started = None
    for record in records:
        for entity in entities([record], "assessment"):
            began = read_date(entity.said("started")) or record.begun_on
            started = min(started, began) if started else began
            if not record.finalised and (due := assessment_due(began, timescales, level)):
                yield _due(ASSESSMENT, due, today, form="assessment", record=record.id)
    held = meetings(records)
    clock = first_meeting_clock(started, history, today)
    if clock is not None and not _met_since(held, everything, today):
        meet_by = timescales.due(FIRST_MEETING, clock, level=_LEVEL_3)
        if meet_by is not None:
            yield _due(FIRST_MEETING, meet_by, today, form="team_meeting")
    plan = family_plan(records)
    agreed = _agreed_on(records, plan.record) if plan and plan.finalised else None
    reviewed = [review for review in reviews(records) if review.is_final]
    if due := review_due(agreed, reviewed, timescales, level):
        yield _due(REVIEW if reviewed else FIRST_REVIEW, due, today, form="review")


def _met_since(held: Iterable[Meeting], everything: Sequence[Episode], today: date) -> bool:
    episode = episode_on(everything, today)
    begun = episode.start if episode else date.min
    return any(m.was_held_by(today) and m.held is not None and m.held >= begun for m in held)


def _agreed_on(records: Iterable[KnownRecord], id: str) -> date | None:  # noqa: A002 - the field's own word
    return next((record.finalised_on for record in records if record.id == id), None)


def _agreed_dates(records: Sequence[KnownRecord], today: date) -> Iterator[Task]:
    """Meetings, visits and reviews whose day was agreed with the family."""
    held = {m.held for m in meetings(records) if m.held is not None}
    for meeting in meetings(records):
        ahead = meeting.next_meeting
        if ahead is not None and not any(day >= ahead for day in held):
            at = _time(records, "meeting", meeting.record)
            yield _on("meeting", ahead, today, form="team_meeting", at=at)
    done = [contact.on for contact in contacts(records) if contact.kind != "seen"]
    for entity in entities(records, "visit"):
        ahead = read_date(entity.said("next"))
        if ahead is not None and not any(day >= ahead for day in done):
            at = entity.said("next")[11:16]
            yield _on("visit", ahead, today, form="visit_note", at=at)
    for contact in contacts(records):
        by = contact.follow_up_by
        if by is not None and not any(day >= by for day in done if day > contact.on):
            yield _on("follow_up", by, today, what=contact.follow_up, record=contact.record)
    plan = family_plan(records)
    if plan is not None and plan.next_review is not None:
        after = [r.on for r in reviews(records) if r.on >= plan.next_review - timedelta(days=7)]
        if not after:
            yield _on(
                "review_visit", plan.next_review, today, form="review", what=plan.review_where
            )


def _time(records: Iterable[KnownRecord], dataset: str, record: str) -> str:
    found = (e.said("next") for e in entities(records, dataset) if e.record == record)
    return next(found, "")[11:16]


def _of_plan(records: Sequence[KnownRecord], today: date) -> Iterator[Task]:
    plan = family_plan(records)
    if plan is None:
        return
    for action in plan.actions:
        if action.is_open and action.by_when is not None:
            words = f"{action.what} ({action.who})" if action.who else action.what
            yield _on("action", action.by_when, today, what=words, form="plan", record=plan.record)


def _of_agreement(records: Sequence[KnownRecord], today: date) -> Iterator[Task]:
    """What was agreed by word of mouth wants to be written (domain.md 1.7)."""
    newest = {one.person: one for one in agreements(records)}
    for one in newest.values():
        if one.holds_on(today) and one.method not in WRITTEN:
            week = one.on + timedelta(days=7)
            yield _on("written_agreement", week, today, about=one.person, record=one.record)
    for entity in entities(records, "assessment"):
        if entity.said("existing_check") == "not_yet":
            yield _on("existing_check", today, today, form="assessment", record=entity.record)


def _of_requests(records: Sequence[KnownRecord], today: date) -> Iterator[Task]:
    for request in requests(records):
        if request.kind == LEVEL_4 and request.rung is None and not request.decision:
            yield _on("telephone", request.made, today, form="request", record=request.record)
        if request.decision == MORE_WANTED:
            day = request.decided or today
            yield _on("more_wanted", day, today, form="request", record=request.record)
        elif request.decision and not request.family_knows:
            day = request.decided or today
            yield _on("tell_family", day, today, form="request", record=request.record)


def _of_people(people: Sequence[Person], today: date) -> Iterator[Task]:
    for change in transitions(people, today):
        yield Task(f"transition_{change.kind}", change.on, "later", about=change.person)


def _after_the_end(records: Sequence[KnownRecord], today: date) -> Iterator[Task]:
    """After closure only the contact that the family agreed to is left (domain.md 1.24)."""
    made = [read_date(e.said("on")) for e in entities(records, "contact")]
    for dataset, name in (("in_touch", "first_on"), ("contact", "next_on")):
        for entity in entities(records, dataset):
            day = read_date(entity.said(name))
            if day is not None and not any(done and done >= day for done in made):
                yield _on(
                    "keep_in_touch", day, today, form="keeping_in_touch", record=entity.record
                )


def _due(kind: str, due: Due, today: date, form: str = "", record: str = "") -> Task:
    return Task(kind, due.day, due.standing(today), form=form, record=record)


def _on(
    kind: str,
    day: date,
    today: date,
    *,
    what: str = "",
    about: str = "",
    form: str = "",
    record: str = "",
    at: str = "",
) -> Task:
    soon = today + timedelta(days=7)
    standing = (
        "overdue" if day < today else "due" if day == today else "soon" if day <= soon else "later"
    )
    return Task(kind, day, standing, what, about, form, record, at)


def _sorted(found: Iterable[Task]) -> list[Task]:
    return sorted(found, key=lambda t: (t.due, t.at, t.kind, t.record, t.about, t.what))
