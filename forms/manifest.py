"""What ``pack.json`` says: everything small of a pack, as builder and device know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from forms.records.upgrading import Upgrade

FORMAT = 1
AUDIENCE_ROLES = ("worker", "coordinator", "manager", "analyst", "information_governance")
SHARED = ("never", "basic", "more")
"""When contributors get a form: never; where the family lets them know that there is help
(``basic``); or only where they may also know what it is about (``more``)."""
RETENTION_RULES = ("helped", "helped_no_birthday", "not_taken_up")
"""What the table ``retention`` says for how many years it is kept, as the EHM obeys it."""
NEEDS_PROGRAM = "0.1.0"
"""The oldest program that can use the packs built here. Raised when a pack begins to say something
that must not be passed over."""


@dataclass(frozen=True, slots=True)
class PackForm:
    """One form as the pack offers it: the current ``version``, and the ``versions`` it holds.

    ``order`` is its place in the work with a family and ``why`` the sentence that says why then;
    a form of ``any_time`` is no step, but may be begun whenever it is wanted; one of ``at_first``
    is a step only for a family of which nothing else is written. ``version`` counts from the day
    ``begins`` (2027-04-01; blank: at once), and the version ``until_then`` before it (blank: the
    form is not offered before). One that is not ``offered`` any
    more is here for the records that were begun on it. ``unchecked`` are the
    languages, as the form names them, whose words are *drafted, not checked*: never the only basis
    of an agreement, a notice or a safety text.
    """

    id: str
    version: str
    title: str
    order: int
    why: str
    once_per_family: bool = False
    about_child: bool = False
    any_time: bool = False
    at_first: bool = False
    offered: bool = True
    versions: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    begins: str = ""
    until_then: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ring. ``urgent``: shown when a child may be in danger."""

    key: str
    name: str
    number: str
    when: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that a family is told or signs, in one language.

    ``checked_by`` is blank while it is *drafted, not checked*: then it is never the only basis of
    an agreement or a notice.
    """

    key: str
    version: str
    language: str
    words: str
    checked_by: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A protective question: what it guards (``paper``, ``talk``, ``contact`` ...)."""

    guards: str
    form: str
    path: str
    safest_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """A part of a form that is not on the screen while somebody sits beside the worker.

    With ``when``, only while one of ``values`` is answered there, in the same row.
    """

    path: str
    when: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carry:
    """A question of ``form`` at ``path`` that is the same as one of another form, at ``to``.

    ``[]`` in ``to`` stands for the row of the same UUID. Where ``path`` is a repeat, ``to`` is the
    repeat of the other form that has the same rows, or the question there that names the row.
    Finishing this form begins the other one, unless that comes ``later``, in its own time.
    """

    form: str
    path: str
    to: str
    later: bool = False

    @property
    def target(self) -> str:
        """The form that the answer is carried to."""
        return self.to.split("/")[1]


@dataclass(frozen=True, slots=True)
class FormChange:
    """What is different, in words, for whoever has a record of ``form`` on version ``since``."""

    form: str
    since: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalledBefore:
    """In which words an earlier version of ``form`` asked the question that is at ``path`` now."""

    form: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``pack.json`` holds. ``words`` and ``terms`` are by language, then key;
    ``never_printed`` are paths of the definition, by form. ``program`` is the oldest program that
    can use the pack; what a later builder says besides, an older program passes over.
    """

    format: int
    version: str
    council: str
    is_demo: bool
    forms: tuple[PackForm, ...]
    guards: tuple[Guard, ...]
    contacts: tuple[Contact, ...]
    wordings: tuple[Wording, ...]
    words: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    lists: tuple[str, ...]
    never_printed: Mapping[str, tuple[str, ...]]
    carries: tuple[Carry, ...] = ()
    changed: tuple[FormChange, ...] = ()
    upgrades: tuple[Upgrade, ...] = ()
    program: str = "0.1.0"
    called_before: tuple[CalledBefore, ...] = ()


MANIFEST = TypeAdapter(Manifest)
