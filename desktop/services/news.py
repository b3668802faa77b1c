"""What colleagues have written in a record since this worker last looked at it.

What was seen is remembered as the ids of colleagues' changes: no clock decides, and a change that
was made long ago and arrives today is new today.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from desktop.services.filling import Filling
from desktop.services.open_change import Said
from desktop.services.opened_record import OpenedRecord
from desktop.vault import Vault
from forms.records.answer_path import is_row
from forms.records.change import Change
from forms.xforms import NoSuchPath


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer that a colleague gave meanwhile, and what stood there before it."""

    path: str
    said: Said
    before: Said | None


@dataclass(slots=True)
class News:
    """What this worker has seen of each record. Runs in the vault lane."""

    vault: Vault

    def with_news(self, opened: OpenedRecord) -> OpenedRecord:
        """The record with the changes that are new to this worker; nothing is, the first time."""
        seen = self.vault.recall(_key(opened.record))
        if not isinstance(seen, list):
            self.seen(opened.record)
            return opened
        return replace(opened, news=frozenset(self.unseen(opened.record, opened.changes)))

    def unseen(self, record: str, changes: Sequence[Change]) -> list[str]:
        """The ids of colleagues' changes that this worker has not seen."""
        seen = self.vault.recall(_key(record))
        known = set(seen) if isinstance(seen, list) else set()
        me = self.vault.worker.id
        return [c.id for c in changes if c.author != me and c.id not in known]

    def seen(self, record: str) -> None:
        """Everything in a record has been seen now."""
        me = self.vault.worker.id
        theirs = [c.id for c in self.vault.changes(record) if c.author != me]
        self.vault.remember(_key(record), theirs)


def new_answers(filling: Filling) -> list[NewAnswer]:
    """The answers that are news in a record and still asked, in the order in which they came."""
    found: list[NewAnswer] = []
    for path in _written_in(filling.opened.changes, filling.opened.news):
        try:
            node = filling.session.node(path)
        except NoSuchPath:
            continue
        history = filling.history(path)
        at = max(i for i, said in enumerate(history) if said.change in filling.opened.news)
        if node.relevant and node.control:
            found.append(NewAnswer(path, history[at], history[at - 1] if at else None))
    return found


def _written_in(changes: Sequence[Change], ids: Collection[str]) -> list[str]:
    paths: dict[str, None] = {}
    for change in changes:
        if change.id in ids:
            paths.update(dict.fromkeys(change.answers))
    return [path for path in paths if not is_row(path) and not path.startswith("@")]


def _key(record: str) -> str:
    return f"seen/{record}"
