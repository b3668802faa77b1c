"""A record as casework sees it: the form it was filled on, and the heads of its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from forms.casework.finished_texts import Finishing
from forms.records.answer import BLANK, Answer
from forms.records.change import CENTRE, Change
from forms.records.finalising import is_final
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

    def following(self, paths: Collection[str]) -> frozenset[str]:
        """The other parts of the form that could tell what is answered at these paths."""


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """One record of a family. ``begun`` and ``finalised_at`` are aware UTC.

    ``finalised``: from finishing until somebody says why it is written on; what arrives meanwhile
    from who had not seen that it was finished leaves it so (`stays_finished`).
    ``author`` began it. ``zone`` is where it was written: days are days there. ``hidden`` are the
    paths that read as blank, because their questions are not asked as things stand
    (`forms.casework.relevance.hidden_paths`). ``at_centre``: who wrote those changes that were made
    at the centre itself, by the change (`written_at_centre`). ``texts``: what the council's texts
    were when it was finished, by path, and ``finishings`` every time that it was
    (`forms.casework.finished_texts`).
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
    at_centre: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    finishings: tuple[Finishing, ...] = ()
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What `forms.casework.entities` has found in it, by dataset: the record never changes."""

    @property
    def as_finished(self) -> bool:
        """True while it is finished and says what it was finished with, and no more."""
        return self.finalised and is_final(self.heads)

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

    def is_from_the_centre(self, paths: Iterable[str]) -> bool:
        """True if whatever stands at these paths was written signed in at the centre itself."""
        written = {change for path in paths for change in self.heads.of(path)}
        return bool(written) and written <= set(self.at_centre)

    def is_second_word(self, path: str) -> bool:
        """True if the answer at a path is a second person's, signed in at the centre.

        What anybody types on a laptop is nobody's second word, whatever it says. Neither is what
        whoever began the record wrote, nor one of two answers that nobody has settled.
        """
        heads = self.heads.of(path)
        return bool(heads) and all(
            self.at_centre.get(change, self.author) != self.author for change in heads
        )


def written_at_centre(changes: Iterable[Change]) -> dict[str, str]:
    """The changes of a record that were made at the centre, and by whom.

    A laptop cannot hand one in as its own: the centre keeps back what says so (``not_your_words``).
    """
    return {change.id: change.author for change in changes if change.device == CENTRE}
