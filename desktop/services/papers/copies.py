"""Which copies were made, what became of them, and which are still owed: a record of the family.

The record (form ``paper_copies``) has a row a copy. Like every record it is saved at once, synced
and never printed. The audit beside it has no names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.services.known_records import KnownRecords
from desktop.services.records import Records
from forms.casework.entities import Entity, entities
from forms.records.answer_path import row_path

FORM = "paper_copies"
_REPEAT = f"/{FORM}/made/copy"
OWED, GIVEN = "owed", "given"


@dataclass(slots=True)
class Copies:
    """The copies of one worker's families. In the vault lane."""

    records: Records
    known: KnownRecords
    clock: Clock

    def add(self, family: str, answers: Mapping[str, str]) -> str:
        """Write down a copy; the id of its row."""
        record = self.records.begin(family, FORM)
        filling = Filling(self.records.read(record), self.clock)
        row, _ = filling.add_row(_REPEAT)
        self._answer(filling, row, answers)
        return row.rpartition("[")[2].rstrip("]")

    def change(self, family: str, copy: str, answers: Mapping[str, str]) -> None:
        """Write what became of a copy, in the record that it was written down in."""
        made = (each.record for each in self.of_family(family) if each.id == copy)
        record = next(made, "") or self.records.begin(family, FORM)
        filling = Filling(self.records.read(record), self.clock)
        self._answer(filling, row_path(_REPEAT, copy), answers)

    def of_family(self, family: str) -> Sequence[Entity]:
        """Every copy of a family."""
        return entities(self.known.as_told(family).known, "paper_copy")

    def owed(self, family: str) -> Iterator[Entity]:
        """The copies that somebody still waits for."""
        return (copy for copy in self.of_family(family) if copy.said("became") == OWED)

    def _answer(self, filling: Filling, row: str, answers: Mapping[str, str]) -> None:
        for name, value in answers.items():
            filling.answer(f"{row}/{name}", value)
        self.records.seal(filling.freeze())
