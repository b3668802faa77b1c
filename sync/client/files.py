"""Attachments both ways, in parts, from where the last attempt stopped. Words go up before them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from sync.client.batch import BatchSize
from sync.client.errors import (
    AnswerRefused,
    Declined,
    DeviceLocked,
    DeviceRevoked,
    Forked,
    NotWanted,
    SignInNeeded,
)
from sync.client.outcome import Step
from sync.client.replica import AttachmentReference, Replica
from sync.client.wire import Wire
from sync.contract.messages import MAX_PART

_AT_ONCE = 1_000
_TRIES = 2


def is_of(content: bytes, sha256: str) -> bool:
    """True if the content has this hash."""
    return hashlib.sha256(content).hexdigest() == sha256


def _by_name(references: Iterable[AttachmentReference]) -> list[list[AttachmentReference]]:
    found: dict[str, list[AttachmentReference]] = {}
    for each in references:
        found.setdefault(each.name, []).append(each)
    return list(found.values())


class Transfer:
    """Files to and fro. One that the EHM declines is left for another time and stops no other."""

    def __init__(
        self,
        replica: Replica,
        wire: Wire,
        say: Callable[[Step, int, int | None], None],
        batch: BatchSize,
        largest: int | None,
    ) -> None:
        self._replica = replica
        self._wire = wire
        self._say = say
        self._batch = batch
        self._largest = largest
        self._to_send = 0
        self._declined: set[str] = set()
        self.sent = 0
        self.received = 0

    def send(self) -> None:
        """Sends what the EHM does not have: on a metered line, nothing large."""
        waiting = _by_name(
            each
            for each in self._replica.attachments_to_send(_AT_ONCE)
            if each.name not in self._declined and (each.is_owed or not self._is_too_large(each))
        )
        self._to_send = self.sent + len(waiting)
        for references in waiting:
            self._send_for_any(references)

    def _send_for_any(self, references: Sequence[AttachmentReference]) -> None:
        """For the first record for which the EHM takes it; if none is wanted, it is let be."""
        name, is_wanted = references[0].name, False
        for reference in references:
            try:
                if self._kept(self._send, reference):
                    return
            except NotWanted:
                continue
            is_wanted = True
        if is_wanted:
            self._declined.add(name)
        else:
            self._replica.attachment_sent(name)

    def fetch(self) -> None:
        """Fetches what answers name and is not here; nothing where no file may go."""
        if self._largest == 0:
            return
        wanted = _by_name(self._replica.attachments_wanted(_AT_ONCE))
        for references in wanted:
            self._say(Step.FETCHING_FILES, self.received, len(wanted))
            self.received += any(self._kept(self._fetch, each) for each in references)

    def _kept(
        self, move: Callable[[AttachmentReference], bool], reference: AttachmentReference
    ) -> bool:
        try:
            return move(reference)
        except (SignInNeeded, DeviceLocked, DeviceRevoked, Forked, NotWanted):
            raise
        except Declined:
            return False

    def _is_too_large(self, reference: AttachmentReference) -> bool:
        return self._largest is not None and reference.size > self._largest

    def _send(self, reference: AttachmentReference) -> bool:
        """False: it is wanted, and too large for this line. Whether what is owed is, is asked."""
        there = self._wire.attachment_offset(reference)
        if not there.is_whole and self._is_too_large(reference):
            return False
        content = self._replica.attachment(reference.name)
        starts = 0
        while not there.is_whole:
            here = there.offset
            starts += here == 0
            if starts > _TRIES or here > len(content):
                raise AnswerRefused
            part = content[here : here + min(MAX_PART, self._batch.size)]
            is_last = here + len(part) == len(content)
            self._say(Step.SENDING_FILES, self.sent, self._to_send)
            with self._batch.timed():
                there = self._wire.send_attachment(reference, here, part, is_last=is_last)
        self._replica.saw(there.head)
        self._replica.attachment_sent(reference.name)
        self.sent += 1
        return True

    def _fetch(self, reference: AttachmentReference) -> bool:
        for _ in range(_TRIES):
            here = self._replica.attachment_begun(reference.name)
            is_good = True
            for part, is_last in self._wire.read_attachment(reference, here):
                is_good = self._replica.attachment_part(reference.name, here, part, is_last)
                here += len(part)
            if is_good:
                return True
        return False
