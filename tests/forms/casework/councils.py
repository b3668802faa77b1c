"""Invented councils: families over three years, whose measures are known because they are planned.

A `Life` is what is planned for one family: plain facts and days. `council_records` writes them as
the shipped forms hold them; `council_truth` counts the plans, without the code of the measures.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.forms.casework.telling import row_id

FIRST, TODAY = date(2023, 12, 1), date(2026, 11, 23)
AREAS = {"ZZ1": "North", "ZZ2": "South"}
STATEMENTS = tuple(f"m9_{letter}" for letter in "abcdefg")
DAY = timedelta(days=1)


@dataclass
class Help:
    """One time of early help, as it is planned."""

    start: date
    end: date | None = None
    reason: str = ""
    stepped_down: bool = False
    assessed: date | None = None
    assessment_started: date | None = None
    late: bool = False
    level: int = 2
    authors: tuple[tuple[str, str], ...] = ()
    first_meeting: date | None = None
    meeting_late: bool = False
    attended: tuple[bool, ...] = ()
    notes_given: bool = False
    plan: date | None = None
    reviews: tuple[tuple[date, bool], ...] = ()
    """Each review: the day it was held, and whether that was in time."""
    heard: tuple[bool, ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()


@dataclass
class Life:
    """One family, as it is planned."""

    number: int
    children: int
    two_parents: bool
    postcode: str
    confidential: bool
    leads: list[tuple[date, str]] = field(default_factory=list)
    helps: list[Help] = field(default_factory=list)
    asked: list[date] = field(default_factory=list)
    duplicate_asked: list[date] = field(default_factory=list)
    declined: list[date] = field(default_factory=list)
    carers: list[date] = field(default_factory=list)
    is_carer: bool = False
    hub: list[date] = field(default_factory=list)
    tools: list[tuple[date, str]] = field(default_factory=list)
    oversight: list[date] = field(default_factory=list)
    told_of_oversight: list[date] = field(default_factory=list)
    """Days for which a worker wrote down what the manager said: nothing of the manager's own."""
    surveys: list[tuple[date, str, str]] = field(default_factory=list)
    smart: int = 0
    vague: int = 0
    large_print: bool = False
    large_given: bool = False
    scores: tuple[int, int] | None = None
    views: tuple[bool, ...] = ()
    noticed: bool = True
    neglect: bool = False
    visits: list[date] = field(default_factory=list)
    in_touch: tuple[bool, bool] | None = None
    """After the last help: was the first contact made in time, and had everything lasted."""
    mash: list[tuple[date, bool, bool]] = field(default_factory=list)
    """Contacts with the hub about the first child: day, below level 4, shared onward in time."""
    statutory: date | None = None
    neet_risk: bool = False

    @property
    def family(self) -> str:
        return f"family-{self.number}"

    def child(self, number: int) -> str:
        return row_id("child", self.number, number)

    def born(self, number: int) -> int:
        """The year in which a child was born."""
        return 2008 + self.number % 6 + number

    def lead(self, day: date) -> str:
        found = [agency for since, agency in self.leads if since <= day]
        return found[-1] if found else ""


def council(families: int, seed: int = 1) -> Iterator[Life]:
    """The plans of so many families."""
    chance = random.Random(seed)
    for number in range(families):
        yield _life(number, chance)


def _life(number: int, chance: random.Random) -> Life:
    """Over sixty lines: one draw after another, and their order is what the seed stands for."""

    def some(share: float) -> bool:
        return chance.random() < share

    def a_day(first: date, last: date) -> date:
        return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))

    life = Life(
        number,
        chance.randint(1, 4),
        some(0.5),
        chance.choice(["ZZ1 1AA", "ZZ2 4BB", "AB1 1AA", ""]),
        some(0.15),
    )
    first = a_day(FIRST, TODAY - timedelta(days=30))
    life.helps.append(_help(first, life.children, chance))
    ended = life.helps[0].end
    if ended and some(0.3):
        again = ended + timedelta(days=chance.choice([60, 200, 420]))
        if again < TODAY - timedelta(days=20):
            life.helps.append(_help(again, life.children, chance))
    life.leads = [(life.helps[0].start + DAY, chance.choice(["start_well", "school", "gp"]))]
    if some(0.3):
        life.leads.append((a_day(life.leads[0][0] + DAY, TODAY), "start_well"))
    if some(0.1):
        life.leads = []
    if some(0.6):
        life.asked.append(first - timedelta(days=5))
        if some(0.4):
            life.asked.append(first - timedelta(days=5 + chance.choice([100, 300, 500])))
        if some(0.3):
            life.duplicate_asked.append(first - timedelta(days=4))
    life.asked.sort()
    if some(0.15):
        life.declined.append(a_day(FIRST, TODAY))
    life.is_carer = some(0.2)
    if some(0.15):
        life.carers.append(a_day(first, TODAY))
    if some(0.2):
        life.hub.append(a_day(first, TODAY))
    life.tools = [(a_day(first, TODAY), t) for t in ("gcp", "cse", "sdq") if some(0.2)]
    life.oversight = [a_day(first, TODAY) for _ in range(chance.randint(0, 3))]
    for who in ("adult", "young", "child"):
        if some(0.3):
            answer = chance.choice(["1", "2", "4", "5", "na", "", "4"])
            life.surveys.append((a_day(first, TODAY), who, answer.replace("na", "")
                                 if who == "child" else answer))  # fmt: skip
    life.smart, life.vague = chance.randint(0, 3), chance.randint(0, 2)
    life.large_print = some(0.2)
    life.large_given = some(0.5)
    life.views = tuple(some(0.7) for _ in range(1 + life.two_parents))
    life.noticed, life.neglect = some(0.8), some(0.3)
    life.visits = sorted(a_day(first, TODAY) for _ in range(chance.randint(0, 12)))
    life.in_touch = (some(0.6), some(0.5)) if some(0.7) else None
    life.mash = sorted(
        (a_day(FIRST, TODAY), some(0.7), some(0.6)) for _ in range(chance.choice([0, 0, 1, 3]))
    )
    life.statutory = a_day(FIRST, TODAY) if some(0.1) else None
    life.neet_risk = some(0.1)
    life.scores = (chance.randint(0, 10), chance.randint(0, 10)) if some(0.6) else None
    life.told_of_oversight = [a_day(first, TODAY)] if some(0.2) else []
    return life


def _help(start: date, children: int, chance: random.Random) -> Help:
    def some(share: float) -> bool:
        return chance.random() < share

    one = Help(start, stepped_down=some(0.2), level=chance.choice([2, 2, 3]))
    if some(0.05):
        one.end, one.reason = start, "no_contact"  # opened and closed on one day
        return one
    one.assessment_started = start
    one.late = some(0.3)
    if some(0.85):
        one.assessed = start + timedelta(days=40 if one.late else 14)
    if one.assessed and one.assessed <= TODAY:
        authors = [
            ("Oak School", "school"),
            ("Oak School", "school"),
            ("0-19 team", "school_nurse"),
        ]
        one.authors = tuple(chance.sample(authors, chance.randint(0, 3)))
        one.heard = tuple(some(0.7) for _ in range(children))
        one.plan = one.assessed + timedelta(days=7)
        if one.level == 3 and some(0.8):
            one.meeting_late = some(0.4)
            one.first_meeting = start + timedelta(days=75 if one.meeting_late else 30)
            one.attended = (*(some(0.7) for _ in range(chance.randint(1, 4))), True)
            one.notes_given = some(0.5)
        one.reviews = tuple(_reviews(one.plan, chance))
    else:
        one.assessed = None
    if some(0.6):
        wanted = start + timedelta(days=chance.randint(60, 500))
        one.end = wanted if wanted < TODAY else None
    if one.end:
        one.reason = chance.choice(["needs_met", "step_up", "withdrew", "moved", "no_contact"])
        one.reviews = tuple(r for r in one.reviews if r[0] < one.end)
        if one.first_meeting and one.first_meeting >= one.end:
            one.first_meeting = None
        if one.plan and one.plan >= one.end:
            one.plan, one.reviews = None, ()
        if one.assessed and one.assessed >= one.end:
            one.assessed, one.plan, one.authors, one.heard = None, None, (), ()
            one.first_meeting, one.reviews = None, ()
        found = chance.sample(["SF01", "SF03", "SF05"], chance.randint(0, 3))
        one.outcomes = tuple((d, chance.choice(["achieved", "partly"])) for d in found)
    if one.first_meeting and one.first_meeting > TODAY:
        one.first_meeting = None
    return one


def _reviews(plan: date, chance: random.Random) -> Iterator[tuple[date, bool]]:
    begun, weeks = plan, 6
    for _ in range(4):
        in_time = chance.random() < 0.6
        held = begun + timedelta(weeks=weeks, days=-5 if in_time else 20)
        if held > TODAY or chance.random() < 0.2:
            return
        yield held, in_time
        begun, weeks = held, 12
