"""Private notes: each a record of its own that points at an answer, for few people's eyes.

A note is typed (about a third party, about safety, legal) and says on its own page that a subject
access request may reach it (`domain.md` y.restricted). It is on no paper, and on no screen that a
family or a child looks on. Runs in the vault lane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from desktop.services.records import Records
from desktop.vault import Vault
from forms.records.heads import Heads

PRIVATE_NOTE = "private_note"
_RECORD = "/private_note/about_record"
_PATH = "/private_note/about_path"
_QUESTION = "/private_note/about_question"


@dataclass(slots=True)
class PrivateNotes:
    """The private notes that may be on this device."""

    vault: Vault
    records: Records

    def open(self, record: str, path: str, question: str) -> str:
        """The record of the note on an answer; begun if there is none of this worker's."""
        about = self.vault.record(record)
        family = about.family if about is not None else ""
        form = about.form if about is not None else ""
        for row in self.vault.records(family):
            if row.form == PRIVATE_NOTE and self._is_mine(row.id, record, form, path):
                return row.id
        note = self.records.begin(family, PRIVATE_NOTE)
        filling = Filling(self.records.read(note), self.records.clock)
        for at, value in ((_RECORD, record), (_PATH, path), (_QUESTION, question)):
            filling.answer(at, value)
        self.records.seal(filling.freeze())
        return note

    def noted(self, record: str) -> frozenset[str]:
        """The paths of a record's answers that have a private note, in every version's words."""
        about = self.vault.record(record)
        if about is None:
            return frozenset()
        rows = self.vault.records(about.family)
        heads = [self._heads(row.id) for row in rows if row.form == PRIVATE_NOTE]
        return frozenset(
            path
            for note in heads
            if note.current(_RECORD).value == record
            for path in self._names(about.form, note.current(_PATH).value)
        )

    def with_notes(self, opened: OpenedRecord) -> OpenedRecord:
        """The record with the paths that have a note; a note has none, nor has any old pack."""
        is_known = any(form.id == PRIVATE_NOTE for form in self.records.packs.newest.forms)
        if not is_known or opened.form == PRIVATE_NOTE:
            return opened
        return replace(opened, noted=self.noted(opened.record))

    def _is_mine(self, note: str, record: str, form: str, path: str) -> bool:
        changes = self.vault.changes(note)
        heads = Heads(changes)
        is_there = heads.current(_RECORD).value == record
        is_there = is_there and path in self._names(form, heads.current(_PATH).value)
        return is_there and changes[0].author == self.vault.worker.id

    def _names(self, form: str, path: str) -> frozenset[str]:
        return self.records.packs.upgrades.names(form, path)

    def _heads(self, note: str) -> Heads:
        return Heads(self.vault.changes(note))
