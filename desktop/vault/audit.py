"""The audit: who opened, changed, printed and exported what. Appended to, never edited.

Each entry's hash takes in the one before it, and the number and hash of the newest are kept beside
them, so an entry that was edited, removed, reordered or cut off is found.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from desktop.vault.state import State
from desktop.vault.store import Store
from desktop.vault.times import to_text

_NEWEST = "newest audit entry"
_NO_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: a ``kind`` of the program's own list (``opened``, ``printed``, ``searched``).

    ``reason`` is the worker's where the family is not on their caseload. ``detail`` is a code or a
    number, such as a copy's; never a name, an answer or a word that was searched for.
    """

    kind: str
    family: str = ""
    record: str = ""
    reason: str = ""
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An event with who, where and when. ``at`` is UTC text."""

    number: int
    at: str
    worker: str
    device: str
    event: Event


class Audit:
    """The chain of one vault."""

    def __init__(self, store: Store, state: State, worker: str, device: str) -> None:
        self._store = store
        self._state = state
        self._worker = worker
        self._device = device

    def note(self, event: Event, at: datetime) -> None:
        """Append an entry, durable on return."""
        with self._store.transaction():
            number, before = self._newest()
            entry = AuditEntry(number + 1, to_text(at), self._worker, self._device, event)
            text = json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False)
            linked = _link(before, text)
            self._store.run("INSERT INTO audit VALUES (?, ?, ?)", (entry.number, text, linked))
            self._state.put(_NEWEST, [entry.number, linked])

    def entries(self) -> list[AuditEntry]:
        """All entries, oldest first."""
        return [
            AuditEntry(**{**read, "event": Event(**read["event"])})
            for (text,) in self._store.rows("SELECT entry FROM audit ORDER BY number")
            for read in [json.loads(text)]
        ]

    def is_whole(self) -> bool:
        """False if an entry was edited, removed, reordered or cut off."""
        before, last = _NO_HASH, 0
        for number, text, linked in self._store.rows("SELECT * FROM audit ORDER BY number"):
            if number != last + 1 or linked != _link(before, text):
                return False
            before, last = linked, number
        return (last, before) == self._newest()

    def _newest(self) -> tuple[int, str]:
        found = self._state.get(_NEWEST)
        return (int(found[0]), str(found[1])) if isinstance(found, list) else (0, _NO_HASH)


def _link(before: str, text: str) -> str:
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
