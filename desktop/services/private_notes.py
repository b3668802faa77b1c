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
        for row in self.vault.records(family):
            if row.form == PRIVATE_NOTE and self._is_mine(row.id, record, path):
                return row.id
        note = self.records.begin(family, PRIVATE_NOTE)
        filling = Filling(self.records.read(note), self.records.clock)
        for at, value in ((_RECORD, record), (_PATH, path), (_QUESTION, question)):
            filling.answer(at, value)
        self.records.seal(filling.freeze())
        return note

    def noted(self, record: str) -> frozenset[str]:
        """The paths of a record's answers that have a private note."""
        about = self.vault.record(record)
        rows = self.vault.records(about.family) if about is not None else []
        heads = [self._heads(row.id) for row in rows if row.form == PRIVATE_NOTE]
        return frozenset(
            note.current(_PATH).value for note in heads if note.current(_RECORD).value == record
        )

    def with_notes(self, opened: OpenedRecord) -> OpenedRecord:
        """The record with the paths that have a note; a note has none, nor has any old pack."""
        is_known = any(form.id == PRIVATE_NOTE for form in self.records.packs.newest.forms)
        if not is_known or opened.form == PRIVATE_NOTE:
            return opened
        return replace(opened, noted=self.noted(opened.record))

    def _is_mine(self, note: str, record: str, path: str) -> bool:
        changes = self.vault.changes(note)
        heads = Heads(changes)
        about = heads.current(_RECORD).value, heads.current(_PATH).value
        return about == (record, path) and changes[0].author == self.vault.worker.id

    def _heads(self, note: str) -> Heads:
        return Heads(self.vault.changes(note))
