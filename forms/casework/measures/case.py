"""What the records of one family come to, as measures need it: one `Case` a family."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.casework.agreement import Agreement, agreements
from forms.casework.closing import closures, waiting
from forms.casework.contacts import Contact, contacts
from forms.casework.entities import Entity, entities
from forms.casework.episodes import Episode, episodes
from forms.casework.homes import Home, homes, main_home
from forms.casework.known_record import KnownRecord
from forms.casework.levels import LevelDecision, level_history, level_on
from forms.casework.meetings import Meeting, Review, meetings, reviews
from forms.casework.needs import Need, Outcome, needs, outcomes
from forms.casework.oversight import managers_notes
from forms.casework.people import Person, distinct, household, read_date
from forms.casework.plan import FamilyPlan, family_plan
from forms.casework.relationships import Relationship, relationships
from forms.casework.requests import Request, requests
from forms.casework.responsible import Lead, lead_on, leads
from forms.casework.scores import Score, scores
from forms.casework.timescales import Timescales
from forms.casework.voices import Voice, voices

NOT_SHOWN, UNMAPPED = "not shown", "not mapped"


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """One assessment: when it began and was finished, and which organisations wrote in it."""

    record: str
    started: date
    finished: date | None
    authors: frozenset[tuple[str, str]]
    """Organisation and kind of agency of everybody whose content was taken in."""


@dataclass(frozen=True, slots=True, repr=False)
class Dated:
    """Something that happened on a day: a tool used, a referral, an oversight entry ..."""

    kind: str
    on: date
    people: tuple[str, ...] = ()
    record: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Feedback:
    """One survey: whose (``adult``, ``young``, ``child``), how collected, and its answers."""

    who: str
    on: date
    collected: str
    answers: Mapping[str, str]
    record: str


@dataclass(frozen=True, slots=True, repr=False)
class Plans:
    """The newest plan, the days on which plans were agreed, and what was given to whom."""

    newest: FamilyPlan | None = None
    agreed: tuple[date, ...] = ()
    given: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """One family, folded from its records. It can be thrown away and made again."""

    family: str
    people: tuple[Person, ...] = ()
    homes: tuple[Home, ...] = ()
    related: tuple[Relationship, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    notices: tuple[Dated, ...] = ()
    leads: tuple[Lead, ...] = ()
    levels: tuple[LevelDecision, ...] = ()
    episodes: tuple[Episode, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    requests: tuple[Request, ...] = ()
    declined: tuple[Dated, ...] = ()
    referrals: tuple[Dated, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    reviews: tuple[Review, ...] = ()
    voices: tuple[Voice, ...] = ()
    views: frozenset[str] = frozenset()
    contacts: tuple[Contact, ...] = ()
    tools: tuple[Dated, ...] = ()
    groups: tuple[Dated, ...] = ()
    needs: tuple[Need, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    scores: tuple[Score, ...] = ()
    plans: Plans = field(default_factory=Plans)
    feedback: tuple[Feedback, ...] = ()
    oversight: tuple[Dated, ...] = ()
    closures_to_agree: tuple[str, ...] = ()
    """Closures that are finished, and that no second person has agreed to at the centre."""
    in_touch: tuple[Dated, ...] = ()
    """Contacts after closure: ``kind`` is ``due``, ``yes``, ``no``; ``detail`` the domains kept."""

    def children(self, day: date) -> tuple[Person, ...]:
        """The children that the help is for on that day."""
        return tuple(
            p
            for p in self.people
            if p.is_child and not p.is_unborn and p.included != "no" and p.belongs_on(day)
        )

    def level(self, day: date) -> int | None:
        """The level of need in force on that day."""
        return level_on(self.levels, day)

    def lead(self, day: date) -> Lead | None:
        """Who was responsible on that day."""
        return lead_on(self.leads, day)

    def postcode(self, day: date) -> str | None:
        """Where the family lived on that day; None if it is not to be shown, or nobody knows."""
        home = main_home(self.homes, day)
        return None if home is None or home.confidential else home.postcode


@dataclass(frozen=True, slots=True, repr=False)
class Feeds:
    """What other systems supply. Empty where a council supplies none: then nothing is counted.

    ``mash``: contacts, ``kind`` the status on the contact, ``detail`` ``below`` if under level 4.
    ``onward``: contacts shared with the early help front door. ``statutory``: starts of s.17, s.47
    or care; ``social_care_ended``: ``kind`` is ``cin``, ``cp`` or ``assessment``. ``people`` are
    ids of persons. ``neet_risk`` are persons. ``devices``: ``on`` is the last sync, ``kind`` the
    device, ``detail`` how many records wait. ``read_on``: the day that all this is of.
    """

    mash: tuple[Dated, ...] = ()
    onward: tuple[Dated, ...] = ()
    statutory: tuple[Dated, ...] = ()
    social_care_ended: tuple[Dated, ...] = ()
    neet_risk: frozenset[str] = frozenset()
    devices: tuple[Dated, ...] = ()
    read_on: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Council:
    """Everything that measures are computed over: a council's cases, or one worker's."""

    cases: Sequence[Case]
    timescales: Timescales
    area_of: Callable[[str], str] = lambda _: UNMAPPED
    feeds: Feeds = field(default_factory=Feeds)

    def area(self, case: Case, day: date) -> str:
        """The neighbourhood of a family on a day; not shown where the address is protected."""
        postcode = case.postcode(day)
        return NOT_SHOWN if postcode is None else self.area_of(postcode)


def areas_of(rows: Iterable[Mapping[str, str]]) -> Callable[[str], str]:
    """Neighbourhoods by the beginning of the postcode, the longest that fits (``areas`` table).

    A beginning ends where a part of the postcode ends: M2 is no beginning of M29 8AB.
    """
    starts = {" ".join(row["postcode_starts"].upper().split()): row["area"] for row in rows}

    def area_of(postcode: str) -> str:
        plain = "".join(postcode.split()).upper()
        outward, inward = (plain[:-3], plain[-3:]) if len(plain) > 4 else (plain, "")
        longest_first = (*(f"{outward} {inward[:n]}" for n in (3, 2, 1)), outward)
        return next((starts[start] for start in longest_first if start in starts), UNMAPPED)

    return area_of


def case_of(family: str, records: Iterable[KnownRecord]) -> Case:
    """The case that these records of one family come to."""
    known = sorted(records, key=lambda r: (r.begun, r.id))
    return Case(
        family=family,
        people=tuple(distinct(household(known))),
        homes=homes(known),
        related=relationships(known),
        agreements=agreements(known),
        notices=_dated(known, "notice", people="person"),
        leads=leads(known),
        levels=level_history(known),
        episodes=episodes(known),
        assessments=_assessments(known),
        requests=requests(known),
        declined=_dated(known, "declined"),
        referrals=_dated(known, "referral", kind="kind", people="people"),
        meetings=meetings(known),
        reviews=reviews(known),
        voices=voices(known),
        views=frozenset(view.said("person") for view in entities(known, "view")),
        contacts=contacts(known),
        tools=(
            *_dated(known, "tool", kind="tool", people="person"),
            *_dated(known, "tool_use", kind="tool", people="person"),
        ),
        groups=tuple(
            Dated(group, day, flag.chosen("person"), flag.record)
            for flag, day in _with_days(known, "group", "from")
            for group in flag.chosen("groups")
        ),
        needs=needs(known),
        outcomes=outcomes(record for record, _ in closures(known)),
        scores=scores(known),
        plans=_plans(known),
        feedback=_feedback(known),
        oversight=_overseen(known),
        closures_to_agree=tuple(record.id for record in waiting(known)),
        in_touch=_in_touch(known),
    )


def _with_days(
    records: Iterable[KnownRecord], dataset: str, name: str = "on"
) -> list[tuple[Entity, date]]:
    return [
        (entity, read_date(entity.said(name)) or record.finalised_on or record.begun_on)
        for record in records
        for entity in entities([record], dataset)
    ]


def _dated(
    records: Iterable[KnownRecord], dataset: str, kind: str = "", people: str = ""
) -> tuple[Dated, ...]:
    return tuple(
        Dated(
            entity.said(kind) if kind else dataset,
            day,
            entity.chosen(people) if people else (),
            entity.record,
        )
        for entity, day in _with_days(records, dataset)
    )


def _overseen(records: Iterable[KnownRecord]) -> tuple[Dated, ...]:
    return tuple(
        Dated(note.said("occasion"), read_date(note.said("on")) or record.begun_on, (), record.id)
        for record in records
        for note in managers_notes([record])
    )


def _assessments(records: Iterable[KnownRecord]) -> tuple[Assessment, ...]:
    known = list(records)
    given = [
        (day, (e.said("organisation").casefold().strip(), e.said("agency")))
        for e, day in _with_days(known, "contribution")
        if e.said("accepted") == "yes" and "assessment" in (e.chosen("parts") or ("assessment",))
    ]
    found = []
    for record in known:
        for entity in entities([record], "assessment"):
            completed = read_date(entity.said("completed"))
            finished = (completed or record.finalised_on) if record.finalised else None
            written = {
                (one.said("organisation").casefold().strip(), one.said("agency"))
                for one in entities([record], "contributor")
            }
            taken = {who for day, who in given if finished is None or day <= finished}
            authors = frozenset(who for who in written | taken if who[0])
            started = read_date(entity.said("started")) or record.begun_on
            found.append(Assessment(record.id, started, finished, authors))
    return tuple(found)


def _plans(records: Sequence[KnownRecord]) -> Plans:
    agreed = sorted(
        record.finalised_on
        for record in records
        if record.finalised_on is not None
        and any(declared.dataset == "plan" for declared in record.definition.entities)
    )
    given = tuple(
        Dated(e.said("format"), day, (), e.record, e.said("person_name"))
        for dataset in ("given", "circulated")
        for e, day in _with_days(records, dataset)
    )
    return Plans(family_plan(records), tuple(agreed), given)


def _feedback(records: Iterable[KnownRecord]) -> tuple[Feedback, ...]:
    return tuple(
        Feedback(
            record.form.removeprefix("feedback_"),
            read_date(entity.said("on")) or record.begun_on,
            entity.said("collected"),
            {name: entity.said(name) for name in entity.values if name.startswith("m9_")},
            record.id,
        )
        for record in records
        for entity in entities([record], "feedback")
    )


def _in_touch(records: Iterable[KnownRecord]) -> tuple[Dated, ...]:
    found = []
    for record in records:
        for entity in entities([record], "in_touch"):
            first = read_date(entity.said("first_on"))
            if entity.said("agreed") == "yes" and first is not None:
                found.append(Dated("due", first, (), record.id))
        for entity in entities([record], "contact"):
            on = read_date(entity.said("on"))
            if on is not None:
                kept = entity.said("kept")
                found.append(Dated(entity.said("made"), on, (), record.id, kept))
            ahead = read_date(entity.said("next_on"))
            if ahead is not None:
                found.append(Dated("due", ahead, (), record.id))
    return tuple(found)
