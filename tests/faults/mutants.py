"""Our own code, made wrong on purpose. The simulator must catch each of these."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from forms.records.change import Change
from forms.records.heads import Heads
from sync.client import exchange, files
from sync.client.replica import AttachmentReference
from sync.contract import digest
from sync.contract.messages import ErasedItem, FeedPage, HandIn, Head, Result, Status, WireChange
from sync.ehm import changes, erased, heads, history, schema
from tests.faults.trouble import Killed
from tests.sync.memory_replica import MemoryReplica

Mutant = Callable[[], AbstractContextManager[Any]]
Run = exchange._Run


def _instead(owner: object, name: str, code: object) -> Mutant:
    return lambda: patch.object(owner, name, code)


def _last_write_wins(self: Heads, change: Change) -> None:
    for path, written in change.answers.items():
        self._heads[path] = {change.id: written.answer}


def _new_ids_on_retry(self: Run, batch: Sequence[WireChange]) -> None:
    renamed = [c.model_copy(update={"id": _another_id()}) for c in batch]
    seen = self._replica.standing().seen
    reply = self._wire.hand_in(HandIn(seen=seen, changes=tuple(renamed)))
    results = [
        result.model_copy(update={"id": change.id})
        for result, change in zip(reply.results, batch, strict=True)
    ]
    self._replica.record_results(results, reply.head)


def _another_id(numbers: random.Random = random.Random(7)) -> str:  # noqa: B008 - one for all
    return f"{numbers.getrandbits(32):08x}-0000-7000-8000-{numbers.getrandbits(48):012x}"


def _outbox_cleared_before_the_answer() -> AbstractContextManager[Any]:
    honest = Run._hand_in_batch

    def hasty(self: Run, batch: Sequence[WireChange]) -> None:
        seen = self._replica.standing().seen
        if seen is not None:
            done = [Result(id=change.id, status=Status.APPLIED) for change in batch]
            self._replica.record_results(done, seen)
        honest(self, batch)

    return patch.object(Run, "_hand_in_batch", hasty)


def _head_not_sent_when_handing_in() -> AbstractContextManager[Any]:
    def unseen(*, seen: Head | None, changes: tuple[WireChange, ...]) -> HandIn:
        return HandIn(seen=None, changes=changes)

    return patch.object(exchange, "HandIn", unseen)


def _nothing_offered_again(self: MemoryReplica) -> None:
    self.state.cursor, self.state.seen = "", None


def _cursor_before_data(self: MemoryReplica, page: FeedPage) -> None:
    self.state.cursor = page.cursor
    if page.items and _chance.random() < 0.3:
        raise Killed
    self.state.staged.extend(page.items)
    self.saw(page.head)


_chance = random.Random(11)


def _outbox_order_only(self: MemoryReplica, family: str) -> bool:
    return False


@contextmanager
def _no_past_for_newcomers() -> Iterator[None]:
    honest = history.deliver

    def deliver(connection: Any, deliveries: Any, at: int | None = None) -> None:
        if at is None:
            honest(connection, deliveries)

    with patch.object(history, "deliver", deliver):
        yield


def _everybody(connection: Any, which: Any) -> dict[str, list[str]]:
    everybody = sorted(connection.execute(schema.worker.select()).scalars())
    return dict.fromkeys(which, everybody)


def _held_is_dropped() -> AbstractContextManager[Any]:
    honest = changes._store

    def store(connection: Any, sender: Any, batch: Any) -> None:
        kept = {name: change for name, change in batch.kept.items() if name not in batch.held}
        honest(connection, sender, type(batch)(batch.results, kept, batch.held, batch.released))

    return patch.object(changes, "_store", store)


def _file_called_sent_before_it_is(self: files.Transfer, reference: AttachmentReference) -> bool:
    content = self._replica.attachment(reference.name)
    self._replica.attachment_sent(reference.name)
    self._wire.send_attachment(reference, 0, content, is_last=True)
    return True


def _leaves_no_trace(kind: str) -> Mutant:
    honest = history.append

    def append(connection: Any, happenings: Any) -> list[int]:
        return honest(connection, [each for each in happenings if each.kind != kind])

    return _instead(history, "append", append)


MUTANTS: dict[str, Mutant] = {
    "last write wins": _instead(Heads, "add", _last_write_wins),
    "a new id on each retry": _instead(Run, "_hand_in_batch", _new_ids_on_retry),
    "outbox cleared before the answer": _outbox_cleared_before_the_answer,
    "the head is not sent when handing in": _head_not_sent_when_handing_in,
    "the EHM does not check the head": _instead(history, "holds", lambda connection, seen: True),
    "nothing is offered again after a restore": _instead(
        MemoryReplica, "begin_again", _nothing_offered_again
    ),
    "the cursor is kept before the data": _instead(MemoryReplica, "stage", _cursor_before_data),
    "a family leaves before its work is handed in": _instead(
        MemoryReplica, "_waits", _outbox_order_only
    ),
    "idempotency is forgotten": _instead(changes, "_known", lambda connection, ids: {}),
    "superseded heads stay": _instead(heads, "parts", lambda rows: iter(())),
    "access that ended goes on": _instead(
        history, "withdraw", lambda connection, worker, family: None
    ),
    "everybody gets everything": _instead(history, "members", _everybody),
    "a newcomer gets no past": _no_past_for_newcomers,
    "what is held is dropped": _held_is_dropped,
    "what is held leaves no trace in history": _leaves_no_trace("held"),
    "a file leaves no trace in history": _leaves_no_trace("attachment"),
    "the ledger of erasures is not looked at": _instead(
        erased, "on_arrival", lambda connection, changes: list(changes)
    ),
    "an erasure takes what was written since": _instead(
        ErasedItem, "takes_from", lambda item, change: True
    ),
    "what was held is never shown": _instead(changes, "release", lambda connection, which: []),
    "a file is called sent before it is": _instead(
        files.Transfer, "_send", _file_called_sent_before_it_is
    ),
    "checked is said without looking": _instead(digest, "everything", lambda held: "0" * 64),
}

# A seed that caught each when it was written: tried first, so the suite is quick.
CAUGHT_BY = {
    "an erasure takes what was written since": 500046,
    "last write wins": 1,
    "outbox cleared before the answer": 6,
    "the head is not sent when handing in": 1,
    "the EHM does not check the head": 1,
    "nothing is offered again after a restore": 1,
    "the cursor is kept before the data": 1,
    "a family leaves before its work is handed in": 85,
    "everybody gets everything": 2,
    "a newcomer gets no past": 10,
    "what is held is dropped": 6,
    "what is held leaves no trace in history": 85,
    "a file leaves no trace in history": 45,
    "the ledger of erasures is not looked at": 37,
    "what was held is never shown": 39,
    "a file is called sent before it is": 57,
    "checked is said without looking": 1,
}
