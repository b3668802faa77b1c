"""What the pages show: plain words and numbers, made by the services, without Qt.

A view is a finished answer to "what should this page say now". It holds no keys, no handles and
nothing that the worker may not see; a page never asks further questions of it. Times are aware
datetimes in UTC; the page puts them into the worker's own zone and words. Words that a form, a pack
or a person wrote come as they are; words of the program itself are made by the page. No view has a
repr, so that no name reaches a log or a report by way of one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from desktop.services.case_views import ApprovalLine, HubLine
from desktop.services.trouble import Trouble


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """Somebody to telephone, from the pack; shown without a network."""

    name: str
    number: str
    when: str = ""
    urgent: bool = False


# Sync ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class FamilyNews:
    """What a sync brought to one family: each line a sentence, such as "The plan: 2 answers"."""

    family: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SyncState:
    """How this device stands with the council. Never being online is normal, and no fault.

    ``overdue`` is true after the pack's number of days without a check, when caution is due.
    ``lease`` says what the laptop does about long without contact. ``set_aside``: what was sent and
    is not part of the records at the council, family by family, and why.
    """

    waiting: int = 0
    attachments: int = 0
    oldest: datetime | None = None
    last_checked: datetime | None = None
    overdue: bool = False
    lease: Trouble | None = None
    set_aside: tuple[FamilyNews, ...] = ()


class SyncStep(Enum):
    """Where a sync has got to, in the order in which it goes."""

    CONNECTING = "connecting"
    SENDING = "sending"
    SENDING_FILES = "sending files"
    FETCHING = "fetching"
    FETCHING_FILES = "fetching files"
    TIDYING = "tidying"


@dataclass(frozen=True, slots=True, repr=False)
class SyncProgress:
    """How far one step is; ``total`` is None while nobody knows how much there is."""

    step: SyncStep
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SyncOutcome:
    """How a sync ended. With ``trouble`` or ``cancelled`` what had gone is gone; the rest waits.

    ``offline``: the trouble is only that there is no way to the council now, which is normal.
    ``must_lock``: the council has locked or wiped this laptop. ``sign_in_due``:
    what is new comes after the worker has signed in. ``retry``: trying again by itself
    can help, ``retry_after`` seconds or more from now. ``recovered``: uses of the
    council's recovery key for this laptop that no unlock has told of yet. ``new_forms``: the
    version of the council's forms that came; ``forms_trouble``: why they cannot be used.
    """

    finished: datetime
    sent: int
    received: int
    news: tuple[FamilyNews, ...] = ()
    state: SyncState = field(default_factory=SyncState)
    trouble: Trouble | None = None
    cancelled: bool = False
    offline: bool = False
    must_lock: bool = False
    sign_in_due: bool = False
    retry: bool = True
    retry_after: float | None = None
    recovered: tuple[Trouble, ...] = ()
    new_forms: str = ""
    forms_trouble: Trouble | None = None


# Families ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class FamilySummary:
    """One line of the list of families.

    ``name`` is empty until somebody has said one. ``waiting`` counts changes of this family that
    the council does not have; ``others`` names colleagues whose changes came since the worker
    last looked; ``conflicts`` counts answers that differ and need settling. ``merged`` are the
    references of families that the council found to be this one, and that are shown with it.
    ``notice`` is the council's word to the worker alone.
    """

    family: str
    reference: str
    name: str = ""
    last_written: datetime | None = None
    waiting: int = 0
    others: tuple[str, ...] = ()
    conflicts: int = 0
    merged: tuple[str, ...] = ()
    notice: str = ""


# A family ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class PersonLine:
    """Somebody of the household; ``about`` is words such as "child, 7; here half of the week"."""

    person: str
    name: str
    about: str = ""


class RecordState(Enum):
    """What a record is; the page says it in words."""

    DRAFT = "draft"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, repr=False)
class RecordLine:
    """A record of the family. ``about`` names the person it is about, if it is about one.

    ``missing`` counts what must still be answered before it can be finished; None if not reckoned.
    ``begun_as`` is the reference that it was written under, in a merged family. ``at_hub``: how far
    a request for support has come. ``arrived_from``: who wrote in it without having seen that it
    was finished.
    """

    record: str
    form: str
    title: str
    state: RecordState
    about: str = ""
    missing: int | None = None
    waiting: int = 0
    last_written: datetime | None = None
    writer: str = ""
    begun_as: str = ""
    at_hub: HubLine | None = None
    arrived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class NextStep:
    """What the pack says comes next, and why. ``record`` is the one to go on with, if begun.

    ``person`` names the child that the record would be about, for forms about a child.
    """

    form: str
    title: str
    why: str
    record: str | None = None
    person: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SafetyNotice:
    """Whether something is safe, as the cautious answer governs it.

    ``words`` says what holds and why; ``what_to_do`` what follows. ``record`` is the safety check
    to open, None if there is none yet; ``checked`` is when this was last compared with the council.
    """

    safe: bool
    words: str
    what_to_do: str = ""
    record: str | None = None
    checked: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ConflictLine:
    """An answer that two people gave differently; both are kept until somebody settles it."""

    record: str
    path: str
    form_title: str
    question: str


@dataclass(frozen=True, slots=True, repr=False)
class ActionLine:
    """One action of the plan: what, who, by when, and how it stands, in the plan's own words."""

    what: str
    who: str = ""
    by_when: date | None = None
    standing: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class GoalLine:
    """What the family wants to be different, and the actions towards it."""

    goal: str
    actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PlanLine:
    """The family's plan as it stands, and what the council calls it.

    ``unsettled`` counts answers that differ; ``arrived_from`` as for any record.
    """

    record: str
    goals: tuple[GoalLine, ...] = ()
    finished: bool = False
    agreed: date | None = None
    review: date | None = None
    unsettled: int = 0
    title: str = "Our family plan"
    arrived_from: tuple[str, ...] = ()

    @property
    def actions(self) -> int:
        """How many actions there are in all goals."""
        return sum(len(goal.actions) for goal in self.goals)


@dataclass(frozen=True, slots=True, repr=False)
class FamilyOverview:
    """Everything that a family's page says.

    ``talk`` and ``paper`` are None before any safety check. ``steps`` are in the pack's order; the
    first is what is next. ``notes`` are private notes, which are never on a list that others may
    read over a shoulder. ``begins`` are the forms that may be begun at any time, beside the steps.
    ``merged`` and ``notice`` are as in the list; the notice is for the worker alone, and so are
    ``approvals``: what a second person looks at. ``has_ended``: help has, and none began since.
    """

    family: str
    reference: str
    name: str = ""
    people: tuple[PersonLine, ...] = ()
    steps: tuple[NextStep, ...] = ()
    begins: tuple[NextStep, ...] = ()
    records: tuple[RecordLine, ...] = ()
    notes: tuple[RecordLine, ...] = ()
    plan: PlanLine | None = None
    talk: SafetyNotice | None = None
    paper: SafetyNotice | None = None
    conflicts: tuple[ConflictLine, ...] = ()
    waiting: int = 0
    merged: tuple[str, ...] = ()
    notice: str = ""
    approvals: tuple[ApprovalLine, ...] = ()
    has_ended: bool = False
