"""Somebody for whom a paper is made, and what is known of their family."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forms.casework.known_record import KnownRecord
from forms.pack import Pack
from forms.records.answer_path import schema_path
from forms.records.change import Change
from forms.records.protective import Protective, governing

HOME, HUB = "household", "hub"
MEMBER, PARTNER, ELSEWHERE = "member", "partner", "elsewhere"
EX_PARTNER, OTHER_PARENT = "ex_partner", "other_parent"
CHILD, YOUNG_PERSON = "child", "young_person"
PROFESSIONAL, PROFESSIONAL_MORE = "professional", "professional_more"


@dataclass(frozen=True, slots=True, repr=False)
class Reader:
    """Somebody for whom a paper is made.

    ``kind`` is a reader of the pack's table ``recipients``; ``person`` the id of their row in the
    household; ``circle`` what a child calls them when saying who may know. A home has ``homes``:
    everybody who lives there and reads what lies there; each of them must be allowed to have it.
    ``refused`` says in the council's words why nothing is printed for them; blank if it may be;
    ``lifted_by`` is the form of a decision that may lift it, blank where none may, and
    ``in_view_of`` the changes that it has to be made in view of.
    """

    key: str
    kind: str
    name: str
    person: str = ""
    circle: str = "family"
    homes: tuple[Reader, ...] = ()
    refused: str = ""
    lifted_by: str = ""
    in_view_of: frozenset[str] = frozenset()

    @property
    def is_of_the_home(self) -> bool:
        """Whether they live where the family lives."""
        return self.kind in {HOME, MEMBER, PARTNER, CHILD, YOUNG_PERSON}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """All that is known of a family, and what the EHM has listed back of it."""

    records: Sequence[KnownRecord]
    changes: Mapping[str, Sequence[Change]]
    acknowledged: Collection[str]
    pack: Pack
    today: date

    def values(self, record: KnownRecord, path: str) -> frozenset[str]:
        """What an answer says: of a protective one what governs, of any other every head."""
        guard = self._guard(record.form, schema_path(path))
        if guard is not None:
            question = Protective(record.form, path, guard.safest_first)
            return frozenset(
                {governing(question, self.changes.get(record.id, ()), self.acknowledged).value}
            )
        heads = record.heads.of(path).values()
        return frozenset(answer.value for answer in heads) or frozenset({""})

    def _guard(self, form: str, path: str) -> Protective | None:
        for guard in self.pack.protective:
            if (guard.form, guard.path) == (form, path):
                return guard
        return None
