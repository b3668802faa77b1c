"""Somebody who is chosen in a form before they are written down: added to the household first.

Runs in the vault lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from desktop.services.records import Records
from forms.records.answer_path import is_row, row_id
from forms.xforms import Definition

HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True, repr=False)
class Added:
    """Somebody new: their id, what was written of them in the household, and the form anew.

    ``definition`` is of the record in which they are chosen, with them in its list.
    """

    person: str
    family: str
    written: Mapping[str, str]
    definition: Definition


@dataclass(slots=True)
class NewPeople:
    """Adds people to the household of a family, takes them back, and adds them again."""

    records: Records

    def add(self, opened: OpenedRecord, name: str, role: str) -> Added:
        """Write somebody down, by name and role, for the record that is open."""
        filling = self._household(opened.family)
        declared = next(e for e in filling.opened.definition.entities if e.dataset == "person")
        given, _, last = name.strip().rpartition(" ")
        said = {"role": role, "given_name": given or last, "last_name": last if given else ""}
        places = declared.properties
        told = {places[key]: words for key, words in said.items() if words and key in places}
        row, _ = filling.add_row(declared.path, told)
        answers = filling.session.answers()
        written = {path: answers[path] for path in answers if path.startswith(row)}
        self.records.seal(filling.freeze())
        definition = self.records.read(opened.record).definition
        return Added(row_id(row), opened.family, written, definition)

    def take_back(self, added: Added) -> None:
        """Take somebody out of the household again: choosing them was undone."""
        filling = self._household(added.family)
        rows = [path for path in added.written if is_row(path)]
        filling.remove_row(min(rows, key=len))
        self.records.seal(filling.freeze())

    def put_back(self, added: Added) -> None:
        """Write them down again, as the same person: choosing them was done again."""
        filling = self._household(added.family)
        filling.answer_together(added.written)
        self.records.seal(filling.freeze())

    def _household(self, family: str) -> Filling:
        record = self.records.begin(family, HOUSEHOLD)
        return Filling(self.records.read(record), self.records.clock)
