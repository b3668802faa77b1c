"""What this device has and the EHM has not: families begun, changes sealed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from desktop.vault.changes import Changes
from desktop.vault.store import Store
from desktop.vault.times import from_text
from forms.collecting import nothing_collected
from forms.records.change import Change
from sync.client.replica import Waiting
from sync.contract import digest
from sync.contract.changes import to_wire
from sync.contract.messages import NewFamily, Result, Status, WireChange

_AT_ONCE = 20
_CANNOT_BE_SENT = (
    "The council's system cannot take this change as it is; it may be too long. It is kept on this"
    " laptop. Shorten the answer, or ring your council's IT help desk."
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Changes of a family that wait at the EHM for a person, or (not ``is_kept``) that it refused.

    ``words`` are the EHM's. ``family`` is blank for one that is not this worker's any more.
    """

    family: str
    words: str
    changes: int
    is_kept: bool


class Outbox:
    """Reading the outbox, and noting what the EHM said of what was sent."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes
        self._marks: dict[str, str] = {}  # fingerprints of what was read to be sent, till answered

    def families(self, limit: int) -> list[NewFamily]:
        """Families that the centre has not confirmed, oldest first."""
        found = self._store.rows(
            "SELECT id, reference, begun FROM family WHERE registration = 'waiting'"
            " ORDER BY begun, place LIMIT ?",
            (limit,),
        )
        return [
            NewFamily(id=family, reference=reference, begun=from_text(begun))
            for family, reference, begun in found
        ]

    def note_families(self, results: Sequence[Result]) -> None:
        """Confirmed families are done; rejected ones are set aside with the words."""
        self._store.run_many(
            "UPDATE family SET registration = ?, code = ?, words = ? WHERE id = ?",
            [
                ("done" if each.status.is_kept else "rejected", each.code, each.words, each.id)
                for each in results
            ],
        )

    def changes(
        self, limit: int, size: int, first: Collection[str] = (), sent: Collection[str] = ()
    ) -> list[WireChange]:
        """Sealed changes to send: at most ``limit`` and ``size`` bytes, or one; none of ``sent``.

        Those of the forms ``first`` come before all others, then the oldest.

        One that breaks the contract is set aside as rejected: it never blocks the others.
        """
        batch: list[WireChange] = []
        with nothing_collected():
            for change in self._waiting(limit, first, sent):
                message = self._message(change)
                if message is None:
                    continue
                canonical = digest.canonical(message)
                size -= len(canonical)
                if batch and size < 0:
                    break
                self._marks[message.id] = digest.fingerprint_of(canonical)
                batch.append(message)
        return batch

    def _waiting(
        self, limit: int, first: Collection[str], sent: Collection[str]
    ) -> Iterator[Change]:
        """Read a few at a time: a batch may be full long before its number is reached."""
        is_first = "form IN (SELECT value FROM json_each(?))"
        places = self._store.rows(
            f"SELECT place FROM change WHERE standing = 'waiting'"  # noqa: S608 - no value in it
            " AND id NOT IN (SELECT value FROM json_each(?))"
            f" ORDER BY NOT {is_first}, place LIMIT ?",
            (json.dumps(sorted(sent)), json.dumps(sorted(first)), limit),
        )
        for start in range(0, len(places), _AT_ONCE):
            part = [place for (place,) in places[start : start + _AT_ONCE]]
            here = "change.place IN (SELECT value FROM json_each(?))"
            found = self._changes.where(here, (json.dumps(part),))
            is_late = {change.id: change.form not in first for change in found}
            yield from sorted(found, key=lambda change: is_late[change.id])

    def note_changes(self, results: Sequence[Result]) -> None:
        """Notes what the EHM said of changes."""
        with self._store.transaction():
            for result in results:
                if result.status in {Status.HELD, Status.REJECTED}:
                    self._set_aside(result)
                else:
                    self._note_known(result.id, self._marks.get(result.id, ""))
        for result in results:
            self._marks.pop(result.id, None)

    def is_listed(self, change: str) -> None:
        """The EHM says that it has this change; nothing if it is not here, or known already."""
        standing = self._store.value("SELECT standing FROM change WHERE id = ?", (change,))
        if standing != "known":
            self.acknowledge(change)

    def acknowledge(self, change: str) -> None:
        """The EHM has this change as it stands here; nothing if it is not here."""
        self._marks.pop(change, None)
        for here in self._changes.where("change.id = ? AND standing <> 'open'", (change,)):
            self._note_known(change, digest.fingerprint(to_wire(here)))

    def _note_known(self, change: str, mark: str) -> None:
        if not mark:
            self.acknowledge(change)
            return
        self._store.run(
            "UPDATE written SET standing = 'known', acknowledged = 1, fingerprint = ?,"
            " code = '', words = '' WHERE id = ? AND standing <> 'open'",
            (mark, change),
        )

    def set_aside(self) -> list[SetAside]:
        """What was sent and is not part of the records at the centre, in the order it was made."""
        found = self._store.rows(
            "SELECT iif(hidden, '', family.id), change.words, count(*), standing = 'held'"
            " FROM change JOIN family ON family.place = change.family"
            " WHERE standing IN ('held', 'rejected') GROUP BY 1, 2, 4 ORDER BY min(change.place)"
        )
        return [SetAside(family, said, count, bool(kept)) for family, said, count, kept in found]

    def offer_again(self) -> None:
        """Put every family and every sealed change back in, under their own ids."""
        self._store.run("UPDATE family SET registration = 'waiting', code = '', words = ''")
        self._store.run(
            "UPDATE written SET standing = 'waiting', code = '', words = ''"
            " WHERE standing <> 'open'"
        )
        self._store.run("UPDATE attachment SET sent = 0")

    def waiting(self) -> Waiting:
        """How much is on this device alone."""
        changes, oldest = self._store.rows(
            "SELECT count(*), min(at) FROM change WHERE standing = 'waiting'"
        )[0]
        attachments = self._store.value("SELECT count(*) FROM attachment WHERE NOT sent")
        return Waiting(changes, attachments, from_text(oldest) if oldest else None)

    def _message(self, change: Change) -> WireChange | None:
        try:
            return to_wire(change)
        except ValidationError:
            self._set_aside(
                Result(
                    id=change.id,
                    status=Status.REJECTED,
                    code="cannot_be_sent",
                    words=_CANNOT_BE_SENT,
                )
            )
            return None

    def _set_aside(self, result: Result) -> None:
        self._store.run(
            "UPDATE written SET standing = ?, code = ?, words = ?"
            " WHERE id = ? AND standing = 'waiting'",
            (result.status.value, result.code, result.words, result.id),
        )
