"""The laptop's code made wrong on purpose: heads, exchange, replica."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from time import monotonic
from typing import Any
from unittest.mock import patch

from forms.records import protective
from forms.records.answer import Answer
from forms.records.change import Change
from forms.records.heads import Heads
from forms.records.protective import Protective
from sync.client import exchange, files, handing_in
from sync.client.handing_in import HandingIn
from sync.client.replica import AttachmentReference, Removed
from sync.contract import digest
from sync.contract.messages import (
    ErasedItem,
    FeedPage,
    HandIn,
    Head,
    LeftItem,
    Order,
    Result,
    Status,
    WireChange,
)
from tests.faults import invariants
from tests.faults.mutant import Mutant, instead
from tests.faults.trouble import Killable
from tests.sync.memory_replica import MemoryReplica, Place

Run = exchange._Run


def _last_write_wins(self: Heads, change: Change) -> None:
    for path, written in change.answers.items():
        self._heads[path] = {change.id: written.answer}


def _settled_by_the_clock() -> AbstractContextManager[Any]:
    """Of two answers the one that was written later, by the laptops' clocks, is kept."""
    times: dict[str, Any] = {}
    honest = Heads.add

    def add(self: Heads, change: Change) -> None:
        times[change.id] = change.at
        honest(self, change)
        for path in change.answers:
            heads = self._heads[path]
            if heads:
                last = max(heads, key=lambda each: (times[each], each))
                self._heads[path] = {last: heads[last]}

    return patch.object(Heads, "add", add)


def _no_memory_of_superseded(self: Heads, change: Change) -> None:
    """A base that comes after what names it stands up again."""
    for path, written in change.answers.items():
        for base in written.base:
            self._heads[path].pop(base, None)
        self._heads[path][change.id] = written.answer


def _a_removal_beats_an_edit(self: Heads, row: str) -> bool:
    return any(not answer.is_blank for answer in self._heads.get(row, {}).values())


def _answers_of_lowest_heads(self: Heads) -> dict[str, Answer]:
    """Without the rows that only an edit keeps."""
    found = {path: self.current(path) for path in self._heads}
    return {path: answer for path, answer in found.items() if not answer.is_blank}


def _caution_by_last_head(
    question: Protective, changes: Sequence[Change], acknowledged: Collection[str]
) -> Answer:
    heads = Heads(changes).of(question.path)
    return heads[max(heads)] if heads else Answer()


def _loosens_at_once(
    question: Protective, changes: Sequence[Change], acknowledged: Collection[str]
) -> Answer:
    return protective.safest(question, Heads(changes).of(question.path).values())


def _new_ids_on_retry(self: HandingIn, batch: Sequence[WireChange]) -> None:
    renamed = [c.model_copy(update={"id": _another_id()}) for c in batch]
    seen = self._replica.standing().seen
    reply = self._wire.hand_in(HandIn(seen=seen, changes=tuple(renamed)))
    results = [
        result.model_copy(update={"id": change.id})
        for result, change in zip(reply.of_each([c.id for c in renamed]), batch, strict=True)
    ]
    self._replica.record_results(results, reply.head)


def _another_id(numbers: random.Random = random.Random(7)) -> str:  # noqa: B008 - one for all
    return f"{numbers.getrandbits(32):08x}-0000-7000-8000-{numbers.getrandbits(48):012x}"


def _outbox_cleared_before_the_answer() -> AbstractContextManager[Any]:
    honest = HandingIn._hand_in_batch

    def hasty(self: HandingIn, batch: Sequence[WireChange]) -> None:
        seen = self._replica.standing().seen
        if seen is not None:
            done = [Result(id=change.id, status=Status.APPLIED) for change in batch]
            self._replica.record_results(done, seen)
        honest(self, batch)

    return patch.object(HandingIn, "_hand_in_batch", hasty)


def _head_not_sent_when_handing_in() -> AbstractContextManager[Any]:
    def unseen(*, seen: Head | None, changes: tuple[WireChange, ...]) -> HandIn:
        return HandIn(seen=None, changes=changes)

    return patch.object(handing_in, "HandIn", unseen)


def _nothing_offered_again(self: MemoryReplica) -> None:
    self.state.cursor, self.state.seen = "", None


def _only_ones_own_is_offered_again() -> AbstractContextManager[Any]:
    honest = MemoryReplica.begin_again

    def begin_again(self: MemoryReplica) -> None:
        honest(self)
        for change in self.state.changes.values():
            if change.author != self.worker:
                self.state.places[change.id] = Place.IN_EHM

    return patch.object(MemoryReplica, "begin_again", begin_again)


def _cursor_before_data() -> AbstractContextManager[Any]:
    """The cursor in one transaction, the data in the next."""
    honest = Killable.__getattr__

    def step(self: Killable, name: str) -> Any:
        if name != "stage":
            return honest(self, name)

        def stage(page: FeedPage) -> None:
            self._replica.state.cursor = page.cursor  # type: ignore[attr-defined]
            self._trouble.maybe_kill()
            self._replica.stage(page)

        return stage

    return patch.object(Killable, "__getattr__", step)


def _shown_as_it_arrives() -> AbstractContextManager[Any]:
    def stage(self: MemoryReplica, page: FeedPage) -> None:
        self.state.staged.extend(page.items)
        self.state.cursor = page.cursor
        self.saw(page.head)
        while self.show_next_families(monotonic):
            pass

    return patch.object(MemoryReplica, "stage", stage)


def _nothing_waits(self: MemoryReplica, family: str) -> bool:
    return False


def _a_left_family_stays() -> AbstractContextManager[Any]:
    honest = MemoryReplica._apply

    def apply(self: MemoryReplica, item: Any) -> None:
        if not isinstance(item, LeftItem):
            honest(self, item)

    return patch.object(MemoryReplica, "_apply", apply)


def _wiped_before_handing_in() -> AbstractContextManager[Any]:
    def obey(self: Run, order: Order | None) -> None:
        if order is not None:
            self._carry_out(order, 0)

    stack = ExitStack()
    stack.enter_context(patch.object(Run, "_obey", obey))
    stack.enter_context(patch.object(MemoryReplica, "carry_out", _carried_out_at_once))
    return stack


def _carried_out_at_once(self: MemoryReplica, order: Order) -> Removed:
    with patch.object(self, "_waits", lambda family: False):
        return _honest_carry_out(self, order) or Removed()


_honest_carry_out = MemoryReplica.carry_out


def _what_is_refused_is_dropped() -> AbstractContextManager[Any]:
    """Held work is taken for settled and thrown away: CHT's reports of families that moved on."""
    honest = MemoryReplica.record_results

    def record_results(self: MemoryReplica, results: Sequence[Result], head: Head) -> None:
        honest(self, results, head)
        for result in results:
            if result.status is Status.HELD:
                self._forget(result.id)

    return patch.object(MemoryReplica, "record_results", record_results)


def _file_called_sent_before_it_is(self: files.Transfer, reference: AttachmentReference) -> bool:
    content = self._replica.attachment(reference.name)
    self._replica.attachment_sent(reference.name)
    self._wire.send_attachment(reference, 0, content, is_last=True)
    return True


def _a_part_is_the_whole(
    self: MemoryReplica, name: str, offset: int, content: bytes, is_last: bool
) -> bool:
    self.state.attachments[name] = self.state.parts.pop(name, b"")[:offset] + content
    return True


def _erased_files_stay(self: MemoryReplica, names: set[str]) -> None:
    return


CLIENT_MUTANTS: dict[str, Mutant] = {
    "last write wins": instead(Heads, "add", _last_write_wins),
    "a conflict is settled by the clock": _settled_by_the_clock,
    "what was superseded before it came stands up": instead(Heads, "add", _no_memory_of_superseded),
    "a removal beats an edit": instead(Heads, "row_exists", _a_removal_beats_an_edit),
    "a row that an edit keeps is not shown": instead(Heads, "answers", _answers_of_lowest_heads),
    "the last head of a protective answer governs": instead(
        invariants, "governing", _caution_by_last_head
    ),
    "a protective answer is loosened at once": instead(invariants, "governing", _loosens_at_once),
    "a new id on each retry": instead(HandingIn, "_hand_in_batch", _new_ids_on_retry),
    "the outbox is cleared before the answer": _outbox_cleared_before_the_answer,
    "the head is not sent when handing in": _head_not_sent_when_handing_in,
    "nothing is offered again after a restore": instead(
        MemoryReplica, "begin_again", _nothing_offered_again
    ),
    "only one's own is offered again after a restore": _only_ones_own_is_offered_again,
    "the cursor is kept before the data": _cursor_before_data,
    "pages are shown as they arrive": _shown_as_it_arrives,
    "a family leaves before its work is handed in": instead(
        MemoryReplica, "_waits", _nothing_waits
    ),
    "a family whose access ended stays": _a_left_family_stays,
    "a laptop is wiped before it handed in": _wiped_before_handing_in,
    "an order does not wait for what was typed meanwhile": instead(
        MemoryReplica, "carry_out", _carried_out_at_once
    ),
    "what is held is dropped on the laptop": _what_is_refused_is_dropped,
    "an erasure takes what was written since": instead(
        ErasedItem, "takes_from", lambda item, change: True
    ),
    "an erased file stays on the laptop": instead(MemoryReplica, "_drop", _erased_files_stay),
    "a file is called sent before it is": instead(
        files.Transfer, "_send", _file_called_sent_before_it_is
    ),
    "a part of a file is taken for the whole": instead(
        MemoryReplica, "attachment_part", _a_part_is_the_whole
    ),
    "checked is said without looking": instead(digest, "everything", lambda held: "0" * 64),
}
