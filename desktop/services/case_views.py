"""What the pages of casework show: views as in `views`, of a family's course and a worker's day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from forms.casework.directory import Service
from forms.casework.genogram import Genogram, Helper


class AtHub(Enum):
    """How far a request has come."""

    WAITS = "waits"
    REFUSED = "refused"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, repr=False)
class HubLine:
    """How a request stands. ``name`` is who accepted or decided, ``decision`` the form's own code.

    ``words``: the hub's, or why it was not taken. ``withdrawn``: why it is not before the hub.
    """

    record: str
    standing: AtHub
    urgent: bool = False
    at: datetime | None = None
    name: str = ""
    decision: str = ""
    words: str = ""
    withdrawn: str = ""
    family_knows: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ApprovalLine:
    """What a second person looks at, and what they said. ``kind`` and ``standing`` are codes."""

    record: str
    kind: str
    standing: str
    by: str = ""
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class TaskLine:
    """One thing to do: its kind, by when, how pressing, in whose words, and where it is done.

    ``name`` is the family, ``about`` a person of it. ``standing``: overdue, due, soon, later.
    """

    kind: str
    due: date
    standing: str
    family: str
    name: str
    what: str = ""
    about: str = ""
    form: str = ""
    record: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class VisitLine:
    """A visit of today, and what must be known before the door, in the words of the records."""

    family: str
    name: str
    at: str
    where: str
    people: tuple[str, ...]
    before: tuple[str, ...]
    """Sentences for the worker alone; never shown before somebody asks for them."""


@dataclass(frozen=True, slots=True, repr=False)
class Work:
    """A worker's work: today's visits, and everything to do, the most pressing first."""

    today: date
    visits: tuple[VisitLine, ...] = ()
    tasks: tuple[TaskLine, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """How a family's help stands. ``level`` is None before it is decided; ``level_code`` is
    what its scheme calls it.

    ``agreed`` and ``not_agreed`` are names. ``home`` is blank where the address is protected.
    ``prompts``, ``drift`` and ``asked`` (audit questions: key, answer, names) are for the worker.
    """

    level: int | None = None
    level_code: str = ""
    level_words: str = ""
    level_since: date | None = None
    begun: date | None = None
    ended: date | None = None
    closing_waits: date | None = None
    agreed: tuple[str, ...] = ()
    not_agreed: tuple[str, ...] = ()
    lead: str = ""
    lead_since: date | None = None
    lead_number: str = ""
    home: str = ""
    home_is_protected: bool = False
    tasks: tuple[TaskLine, ...] = ()
    drift: tuple[str, ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class HappeningLine:
    """One line of the chronology. ``title`` is the form's, for what was finished."""

    kind: str
    day: date | None
    when: str
    what: str
    names: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True, repr=False)
class Chronology:
    """Everything that happened, and who can be asked about: name by id."""

    lines: tuple[HappeningLine, ...]
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class DomainLine:
    """One of the ten outcomes: first and latest score of a rater, 0 to 10, and where it goes."""

    domain: str
    title: str
    rater: str
    first: float
    latest: float
    first_on: date
    latest_on: date
    sustained: bool | None = None


@dataclass(frozen=True, slots=True, repr=False)
class FamilyPictures:
    """The family tree, who helps, and how far the family has come."""

    tree: Genogram
    helpers: tuple[Helper, ...]
    domains: tuple[DomainLine, ...]


@dataclass(frozen=True, slots=True, repr=False)
class BoardAction:
    """One action on the plan board, and the place in the plan's form where it is written."""

    what: str
    who: str
    by_when: date | None
    progress: str
    is_late: bool
    goal: str
    record: str
    path: str
    advice: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PlanBoard:
    """Every action of the plan, and what could be clearer in the plan as a whole."""

    actions: tuple[BoardAction, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class DirectoryView:
    """Services that were found, of how many, what can be looked for, and the day."""

    found: tuple[Service, ...]
    total: int
    areas: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]
    today: date
