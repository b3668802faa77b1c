"""A record as casework sees it: the form it was filled on, and the heads of its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from forms.records.answer import BLANK, Answer
from forms.records.heads import Heads


class Declaration(Protocol):
    """That answers of a form make an entity: XLSForm's ``entities`` sheet and ``save_to``."""

    @property
    def dataset(self) -> str:
        """What kind of entity: ``person``, ``action`` ..."""

    @property
    def path(self) -> str:
        """The repeat or group that holds one entity, in the form's definition."""

    @property
    def properties(self) -> Mapping[str, str]:
        """Property name to the path of its question, in the form's definition."""


class Asked(Protocol):
    """A question of a form's definition."""

    @property
    def path(self) -> str:
        """Where it stands in the definition."""

    @property
    def control(self) -> str:
        """How it is asked: ``select1``, ``input`` ..."""

    @property
    def list_name(self) -> str:
        """The list that it lets people choose from; blank for none."""


class Form(Protocol):
    """As much of a form's definition as casework needs."""

    @property
    def entities(self) -> Iterable[Declaration]:
        """The entities that the form declares."""

    @property
    def questions(self) -> Iterable[Asked]:
        """What the form asks."""


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """One record of a family. ``begun`` and ``finalised_at`` are aware UTC.

    ``author`` began it. ``zone`` is where it was written: days are days there. ``hidden`` are the
    paths that read as blank, because their questions are not asked as things stand
    (`forms.casework.relevance.hidden_paths`).
    """

    id: str
    family: str
    form: str
    version: str
    definition: Form
    heads: Heads
    finalised: bool
    begun: datetime
    hidden: frozenset[str] = frozenset()
    finalised_at: datetime | None = None
    author: str = ""
    zone: str = "Europe/London"

    @property
    def begun_on(self) -> date:
        """The day on which it was begun."""
        return self.begun.astimezone(ZoneInfo(self.zone)).date()

    @property
    def finalised_on(self) -> date | None:
        """The day on which it was finalised; None while it is a draft."""
        if not self.finalised:
            return None
        return (self.finalised_at or self.begun).astimezone(ZoneInfo(self.zone)).date()

    def answer(self, path: str) -> Answer:
        """The current answer at a path; blank where the question is not asked."""
        return BLANK if path in self.hidden else self.heads.current(path)
