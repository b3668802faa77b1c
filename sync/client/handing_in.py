"""What goes up: families begun here, batch after batch of changes, and the audit of the device."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sync.client.ahead import Ahead
from sync.client.batch import BatchSize, parts_of
from sync.client.errors import AnswerRefused, Declined
from sync.client.outcome import Step
from sync.client.replica import Replica
from sync.client.wire import Wire
from sync.contract.messages import (
    MAX_AUDIT,
    MAX_CHANGES,
    MAX_FAMILIES,
    HandedIn,
    HandIn,
    HandInAudit,
    RegisterFamilies,
    Result,
    Status,
    WireChange,
)


class HandingIn:
    """Hands in what is waiting here, and counts the changes: each call until nothing is left.

    Those of the forms ``first`` go before all others.
    """

    def __init__(
        self,
        replica: Replica,
        wire: Wire,
        say: Callable[[Step, int, int | None], None],
        batch: BatchSize,
        first: Collection[str],
        ahead: Ahead,
    ) -> None:
        self._replica = replica
        self._wire = wire
        self._say = say
        self._batch = batch
        self._first = first
        self._ahead = ahead
        self.sent = 0
        self.held = 0
        self.rejected = 0

    def families(self) -> None:
        """Families that were begun here."""
        while families := self._replica.unregistered(MAX_FAMILIES):
            self._say(Step.SENDING, 0, None)
            reply = self._wire.register(
                RegisterFamilies(seen=self._replica.standing().seen, families=tuple(families))
            )
            results = _results([family.id for family in families], reply)
            self._replica.families_registered(results, reply.head)

    def changes(self) -> None:
        """Batch by batch; the next one is made ready while one is on its way."""
        changes = self._to_send(())
        while changes:
            self._say(Step.SENDING, self.sent, self._total_to_send())
            changes = self._hand_in_batch(changes) or self._to_send(())

    def _to_send(self, on_their_way: Sequence[WireChange]) -> Sequence[WireChange]:
        """A batch; read in parts, so that no save waits for the whole of it."""
        batch: list[WireChange] = []
        for size in parts_of(self._batch.size):
            sent = {change.id for change in (*on_their_way, *batch)}
            most = MAX_CHANGES - len(batch)
            part = self._replica.outbox(most, size, self._first, sent) if most else ()
            if not part:
                break
            batch.extend(part)
        return batch

    def _total_to_send(self) -> int:
        return self.sent + self._replica.waiting().changes

    def _hand_in_batch(self, changes: Sequence[WireChange]) -> Sequence[WireChange]:
        """Hands in one batch; the one that was made ready meanwhile."""
        message = HandIn(seen=self._replica.standing().seen, changes=tuple(changes))
        try:
            with self._batch.timed():
                replied = self._ahead(lambda: self._wire.hand_in(message))
                following = self._to_send(changes)
                reply = replied()
        except Declined as no:
            if no.status != 413:
                raise
            self._too_large(changes)
            return ()
        results = _results([change.id for change in changes], reply)
        self._replica.record_results(results, reply.head)
        for result in results:
            self.sent += result.status.is_kept
            self.held += result.status is Status.HELD
            self.rejected += result.status is Status.REJECTED
        return following

    def _too_large(self, changes: Sequence[WireChange]) -> None:
        """Smaller batches; one that is too large alone is told of and set aside."""
        self._batch.halve()
        seen = self._replica.standing().seen
        if len(changes) > 1:
            if self._batch.is_least:
                self._hand_in_batch(changes[:1])
            return
        names = [change.id for change in changes]
        reply = self._wire.hand_in(HandIn(seen=seen, changes=(), too_large=tuple(names)))
        self._replica.record_results(_results(names, reply), reply.head)
        self.rejected += 1

    def audit(self) -> None:
        """What was looked at here, offline too; again from where a restored EHM is."""
        before = -1
        while lines := self._replica.audit_to_send(MAX_AUDIT):
            self._say(Step.SENDING, 0, None)
            taken = self._wire.hand_in_audit(HandInAudit(lines=tuple(lines)))
            self._replica.audit_taken(taken.upto)
            if taken.upto == before:
                return
            before = taken.upto


def _results(sent: Sequence[str], reply: HandedIn) -> list[Result]:
    """An answer that leaves something out would be asked for again for ever."""
    try:
        return reply.of_each(sent)
    except ValueError:
        raise AnswerRefused from None
