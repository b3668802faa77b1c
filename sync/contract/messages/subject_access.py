"""A request for one's own data: whom it is about, and a draft for an officer."""

from __future__ import annotations

from sync.contract.messages.devices import Worker
from sync.contract.messages.head import Head
from sync.contract.messages.kinds import Identifier, Reason, Reply, Request, Time, Word


class FindSubject(Request):
    """Asks who is in a family, by its number or reference, with the reason."""

    number: Word
    reason: Reason


class Subject(Reply):
    """Somebody of the household; ``born`` as the records have it, or blank."""

    id: Identifier
    name: str
    born: str = ""


class Subjects(Reply):
    """The people of a family whom a draft can be about."""

    family: Identifier
    number: str
    people: tuple[Subject, ...]


class AskAccess(Request):
    """Asks for the draft of one person of a family, with the reason."""

    family: Identifier
    person: Identifier
    reason: Reason


class AccessLine(Reply):
    """One answer: the question's words, what is written, by whom and when.

    ``marks``: ``third_party``, ``restricted``, ``serious_harm``: to be looked at with care. A line
    without marks is not ready to be given either.
    """

    record: Identifier
    form: str
    title: str
    question: str
    value: str
    by: Worker
    at: Time
    marks: tuple[str, ...] = ()


class AccessDraft(Reply):
    """A draft for an officer. It must be read whole before anything of it is given to anybody.

    ``left_out``: answers that are of others alone. ``unread``: records whose form no pack has.
    ``held``: changes that nobody has looked at yet. ``last_heard``: when each laptop that has the
    family was heard of last; what is only on it is not in here.
    """

    head: Head
    family: Identifier
    number: str
    subject: Subject
    made: Time
    reason: str
    lines: tuple[AccessLine, ...]
    left_out: int
    unread: int
    held: int
    last_heard: tuple[tuple[str, Time | None], ...] = ()
