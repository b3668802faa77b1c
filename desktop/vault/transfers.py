"""Attachments on their way to the EHM and from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from desktop.vault.attachments import insert_attachment
from desktop.vault.store import Store
from forms.records.attachment import is_attachment_name
from sync.client.replica import AttachmentReference


class Transfers:
    """What to send, what is wanted, and the parts of what is coming."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def to_send(self, limit: int) -> list[AttachmentReference]:
        """Attachments here that the EHM has not confirmed: those owed, then what changes name."""
        owed = self._store.rows(
            "SELECT name, file_owed.record, size FROM file_owed JOIN attachment USING (name)"
            " WHERE NOT sent ORDER BY attachment.rowid LIMIT ?",
            (limit,),
        )
        named = self._store.rows(
            "SELECT name, record.id, size FROM attachment"
            " JOIN answer ON answer.value = attachment.name"
            " JOIN change ON change.place = answer.change"
            " JOIN record ON record.place = answer.record"
            " WHERE NOT sent AND standing IN ('known', 'held') AND answer.value GLOB 'sha256-*'"
            " GROUP BY name, record.id ORDER BY attachment.rowid LIMIT ?",
            (limit - len(owed),),
        )
        return [
            *(AttachmentReference(name, record, size, is_owed=True) for name, record, size in owed),
            *(AttachmentReference(name, record, size) for name, record, size in named),
        ]

    def sent(self, name: str) -> None:
        """The EHM has all of it. What no answer here names is only kept until then."""
        with self._store.transaction():
            self._store.run("UPDATE attachment SET sent = 1 WHERE name = ?", (name,))
            owed = self._store.value("SELECT 1 FROM file_owed WHERE name = ?", (name,))
            self._store.run("DELETE FROM file_owed WHERE name = ?", (name,))
            if owed and name not in self._named():
                self._store.run("DELETE FROM attachment WHERE name = ?", (name,))

    def owe(self, changes: Sequence[int]) -> None:
        """Keep what these changes drew and the EHM has not, though their words go."""
        self._store.run(
            "INSERT OR IGNORE INTO file_owed SELECT DISTINCT attachment.name, record.id FROM answer"
            " JOIN attachment ON attachment.name = answer.value"
            " JOIN change ON change.place = answer.change"
            " JOIN record ON record.place = answer.record"
            " WHERE NOT sent AND standing IN ('known', 'held') AND answer.value GLOB 'sha256-*'"
            " AND answer.change IN (SELECT value FROM json_each(?))",
            (json.dumps(list(changes)),),
        )

    def ask_again(self, names: Collection[str]) -> None:
        """An answer that named these is no more: the EHM may have let go of their bytes."""
        for name in names:
            self._store.run("UPDATE attachment SET sent = 0 WHERE name = ?", (name,))

    def wanted(self, limit: int) -> list[AttachmentReference]:
        """Attachments that an acknowledged answer names and that are not here whole."""
        found = self._store.rows(
            "SELECT answer.value, record.id FROM answer"
            " JOIN change ON change.place = answer.change"
            " JOIN record ON record.place = answer.record"
            " WHERE answer.value GLOB 'sha256-*' AND standing = 'known'"
            " AND NOT EXISTS (SELECT 1 FROM attachment WHERE name = answer.value)"
            " GROUP BY answer.value, record.id ORDER BY answer.place",
        )
        named = [AttachmentReference(*row) for row in found if is_attachment_name(row[0])]
        return named[:limit]

    def begun(self, name: str) -> int:
        """How many bytes of it are here."""
        return int(
            self._store.value(
                "SELECT coalesce(sum(length(content)), 0) FROM attachment_part WHERE name = ?",
                (name,),
            )
        )

    def keep_part(self, name: str, offset: int, content: bytes, is_last: bool) -> bool:
        """Keep a part in its place; with the last, check the hash. False: all of it thrown away."""
        with self._store.transaction():
            self._cut_at(name, offset)
            if self.begun(name) != offset:
                self._forget_parts(name)
                return False
            self._store.run(
                "INSERT INTO attachment_part (name, start, content) VALUES (?, ?, ?)",
                (name, offset, content),
            )
            return self._finish(name) if is_last else True

    @contextmanager
    def dropping_what_is_named_no_more(self) -> Iterator[None]:
        """Drop the attachments that an answer named before this block and none after; none owed."""
        before = self._named()
        yield
        for name in before - self._named() - self._owed():
            self._store.run("DELETE FROM attachment WHERE name = ?", (name,))
            self._forget_parts(name)

    def named_by(self, changes: Sequence[int]) -> set[str]:
        """The attachments that answers of these changes are."""
        found = self._store.rows(
            "SELECT DISTINCT value FROM answer WHERE answer.value GLOB 'sha256-*'"
            " AND answer.change IN (SELECT value FROM json_each(?))",
            (json.dumps(list(changes)),),
        )
        return {name for (name,) in found}

    def _named(self) -> set[str]:
        found = self._store.rows(
            "SELECT DISTINCT value FROM answer WHERE answer.value GLOB 'sha256-*'"
        )
        return {name for (name,) in found}

    def _owed(self) -> set[str]:
        return {name for (name,) in self._store.rows("SELECT DISTINCT name FROM file_owed")}

    def _finish(self, name: str) -> bool:
        parts = self._store.rows(
            "SELECT content FROM attachment_part WHERE name = ? ORDER BY start", (name,)
        )
        whole = b"".join(part for (part,) in parts)
        self._forget_parts(name)
        if not name.startswith(f"sha256-{hashlib.sha256(whole).hexdigest()}."):
            return False
        insert_attachment(self._store, name, whole, is_sent=True)
        return True

    def _cut_at(self, name: str, offset: int) -> None:
        self._store.run("DELETE FROM attachment_part WHERE name = ? AND start >= ?", (name, offset))
        self._store.run(
            "UPDATE attachment_part SET content = substr(content, 1, ?2 - start)"
            " WHERE name = ?1 AND start + length(content) > ?2",
            (name, offset),
        )

    def _forget_parts(self, name: str) -> None:
        self._store.run("DELETE FROM attachment_part WHERE name = ?", (name,))
