"""The one exchange loop: hand in, with files, take in, show, check; then fetch files.

It may be stopped at any point, by an error, a cancel or the end of the process: the replica keeps
what was done, and the next run goes on from there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from forms.records.upgrading import version_order
from sync.client import files, orders
from sync.client.ahead import Ahead, thread_ahead
from sync.client.batch import BatchSize
from sync.client.completing import completed
from sync.client.errors import (
    AnswerRefused,
    Declined,
    DeviceLocked,
    DeviceRevoked,
    Forked,
    SyncError,
)
from sync.client.handing_in import HandingIn
from sync.client.outcome import FamilyOutcome, Outcome, Progress, Step
from sync.client.replica import Replica, Standing
from sync.client.wire import Wire
from sync.contract import digest, signatures
from sync.contract.messages import (
    DigestRequest,
    FeedPage,
    FeedRequest,
    Head,
    Item,
    LeftItem,
    Order,
    PackNotice,
    Receipt,
)

_ROUNDS = 6
_RESTORES = 3


class Cancelled(Exception):
    """The worker said stop."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Trusted:
    """Which device this is, and the key by which it knows its council."""

    device: str
    signing_key: str


class Exchange:
    """Brings a replica level with an EHM, as often as ``run`` is called; one run at a time.

    ``device`` and ``signing_key``, the council's public key, are from enrolment: orders, leases and
    packs that it did not sign, or for another device, are passed over. ``timer`` counts seconds and
    never goes back. ``first`` are the forms whose changes are sent before all others: a withdrawal
    must not wait behind other work. ``ahead``: where the line is used while the store works.
    """

    def __init__(
        self,
        replica: Replica,
        wire: Wire,
        clock: Callable[[], datetime],
        *,
        device: str,
        signing_key: str,
        timer: Callable[[], float],
        first: Collection[str] = (),
        ahead: Callable[[], AbstractContextManager[Ahead]] = thread_ahead,
    ) -> None:
        self._replica = replica
        self._wire = wire
        self._ahead = ahead
        self._clock = clock
        self._council = _Trusted(device, signing_key)
        self._timer = timer
        self._batch = BatchSize(timer)
        self._first = first

    def run(
        self,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        largest_file: int | None = None,
    ) -> Outcome:
        """One exchange. Every trouble with line or EHM is in the outcome; the replica's are raised.

        ``largest_file``: on a metered line, leave files of more bytes for another time.
        """
        began = self._clock()
        with self._ahead() as ahead:
            run = _Run(
                self._replica,
                self._wire,
                self._council,
                self._timer,
                self._batch,
                progress,
                cancelled,
                self._first,
                largest_file,
                ahead,
            )
            try:
                run.go()
            except SyncError as trouble:
                run.found(trouble=trouble)
            except Cancelled:
                run.found(cancelled=True)
        return dataclasses.replace(run.outcome(began), ended=self._clock())


class _Run:
    """One run: what it has done so far, and the steps."""

    def __init__(
        self,
        replica: Replica,
        wire: Wire,
        council: _Trusted,
        timer: Callable[[], float],
        batch: BatchSize,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        first: Collection[str],
        largest_file: int | None,
        ahead: Ahead,
    ) -> None:
        self._ahead = ahead
        self._timer = timer
        self._handing_in = HandingIn(replica, wire, self._say, batch, first, ahead)
        self._files = files.Transfer(replica, wire, self._say, batch, largest_file)
        self._replica = replica
        self._wire = wire
        self._council = council
        self._progress = progress
        self._cancelled = cancelled
        self._found: dict[str, object] = {}
        self._received = 0
        self._families: dict[str, FamilyOutcome] = {}
        self._pack: PackNotice | None = None

    def found(self, **what: object) -> None:
        """Notes fields of the outcome."""
        self._found.update(what)

    def outcome(self, began: datetime) -> Outcome:
        """What was done so far."""
        families = {
            family: dataclasses.replace(each, checked=bool(self._found.get("checked")))
            for family, each in self._families.items()
        }
        counts = {
            "sent": self._handing_in.sent,
            "held": self._handing_in.held,
            "rejected": self._handing_in.rejected,
            "received": self._received,
            "files_sent": self._files.sent,
            "files_received": self._files.received,
        }
        known = {**counts, **self._found, "families": families}
        return Outcome(began=began, ended=began, **known)  # type: ignore[arg-type]

    def go(self) -> None:
        """The whole of it."""
        self._say(Step.CONNECTING)
        self._replica.seal_all()
        try:
            self._survive_restores()
            self._take_pack()
            self._files.fetch()
        except (DeviceRevoked, DeviceLocked) as ended:
            self._obey(ended.order)
            raise

    def _say(self, step: Step, done: int = 0, total: int | None = None) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(Progress(step, done, total))

    def _survive_restores(self) -> None:
        """Goes level; each time the EHM turns out to have lost its past, gives it back."""
        for _ in range(_RESTORES):
            try:
                self._go_level()
            except Forked:
                self._replica.begin_again()
                self.found(rescued=True)
            else:
                return
        self._go_level()

    def _go_level(self) -> None:
        for _ in range(_ROUNDS):
            self._handing_in.families()
            self._handing_in.changes()
            self._handing_in.audit()
            page = self._fetch_and_send_files()
            self._keep_lease()
            self._give_up(page.orders)
            was_new = self._show()
            if was_new:
                self._files.send()  # what was shown may ask anew for a file that is here
            if page.digest == digest.everything(self._replica.digests()):
                self.found(checked=True)
                return
            if not was_new:
                self._mend()

    # down
    def _fetch_and_send_files(self) -> FeedPage:
        """Files go up before what was fetched is shown: it may take them away with their words.

        And after it was asked for: that is where an EHM that lost its past is noticed. Whoever is
        given nothing any more still hands them in.
        """
        try:
            page = self._fetch()
        except (Forked, DeviceRevoked, DeviceLocked):
            raise
        except Declined:
            self._files.send()
            raise
        self._files.send()
        return page

    def _fetch(self) -> FeedPage:
        """Stages pages until there is no more; the last page.

        The next page is on its way while one is staged and made ready to be shown.
        """
        fetched, before = 0, self._replica.standing()
        self._say(Step.FETCHING)
        replied = self._asked(before.seen, before.cursor, before.pack)
        while True:
            page = self._completed(replied(), before)
            is_new = bool(page.items or page.workers or page.cursor != before.cursor)
            if page.more:
                if not page.items or page.cursor == before.cursor:
                    raise AnswerRefused
                replied = self._asked(page.head, page.cursor, before.pack)
            if is_new:
                self._replica.stage(page)
            else:
                self._replica.saw(page.head)
            fetched += len(page.items)
            before = self._replica.standing()
            self._pack = page.pack or self._pack
            if not page.more:
                return page
            self._prepare(Step.FETCHING, fetched, fetched + page.left)

    def _prepare(self, step: Step, done: int, total: int) -> None:
        """Part by part: a save, or a cancel, comes between."""
        self._say(step, done, total)
        while self._replica.prepare_next(self._timer):
            self._say(step, done, total)

    def _asked(
        self, seen: Head | None, cursor: str, pack: str, *, whole: bool = False
    ) -> Callable[[], FeedPage]:
        request = FeedRequest(seen=seen, cursor=cursor, pack=pack, whole=whole)
        return self._ahead(lambda: self._wire.feed(request))

    def _completed(self, page: FeedPage, before: Standing) -> FeedPage:
        whole = completed(page, self._replica)
        if whole is None:
            page = self._asked(before.seen, before.cursor, before.pack, whole=True)()
            whole = completed(page, self._replica)
        if whole is None:
            raise AnswerRefused
        return whole

    def _show(self) -> bool:
        """Shows whatever can be shown; False if nothing was staged."""
        shown_before, (total, _items) = 0, self._replica.staged()
        while total:
            self._prepare(Step.SHOWING, shown_before, total)
            families = self._replica.show_next_families(self._timer)
            if not families:
                break
            shown_before += len(families)
            for shown in families:
                self._received += shown.changes
                so_far = self._families.get(shown.family, FamilyOutcome(shown.family))
                self._families[shown.family] = so_far.and_then(shown)
        return bool(total)

    # check
    def _mend(self) -> None:
        """Asks again, whole, for every family that differs."""
        self._say(Step.CHECKING)
        standing, here = self._replica.standing(), self._replica.digests()
        reply = self._wire.digest(
            DigestRequest(seen=standing.seen, cursor=standing.cursor, families=here)
        )
        self._replica.saw(reply.head)
        if not reply.level:
            return
        gone = [family for family in reply.not_yours if here[family] != digest.EMPTY]
        if gone:
            self._replica.stage(_leaving(gone, standing.cursor, reply.head))
        for done, family in enumerate(reply.differing):
            self._say(Step.CHECKING, done, len(reply.differing))
            self._replica.mend(family, self._whole_family(family))

    def _whole_family(self, family: str) -> list[Item]:
        items: list[Item] = []
        cursor = ""
        while True:
            seen = self._replica.standing().seen
            page = self._wire.feed(FeedRequest(seen=seen, cursor=cursor, family=family))
            if page.more and not page.items:
                raise AnswerRefused
            items.extend(page.items)
            cursor = page.cursor
            if not page.more:
                return items

    # the rest
    def _take_pack(self) -> None:
        notice = self._pack
        here = self._replica.standing().pack
        if notice is None or (here and version_order(notice.version) <= version_order(here)):
            return  # an older pack, shown again by whoever is between, takes nothing back
        text = signatures.pack_text(notice)
        if not signatures.is_signed(self._council.signing_key, text, notice.signature):
            raise AnswerRefused
        self._say(Step.FETCHING_FORMS)
        content = self._wire.pack(notice)
        if not files.is_of(content, notice.sha256):
            raise AnswerRefused
        self._replica.keep_pack(notice, content)
        self.found(new_pack=notice.version)

    def _give_up(self, orders: Sequence[Order]) -> None:
        """Removes families as ordered, but one in which something is unsent: it goes next time."""
        for order in filter(self._is_ours, orders):
            self._carry_out(order, 0)

    def _obey(self, order: Order | None) -> None:
        """A revoked or locked device hands in what it has, to the last word typed, then obeys."""
        if order is None or not self._is_ours(order):
            return
        for _ in range(_ROUNDS):
            self._replica.seal_all()
            self._handing_in.changes()
            self._handing_in.audit()
            if self._carry_out(order, self._handing_in.sent):
                return

    def _is_ours(self, order: Order) -> bool:
        return orders.is_for_us(order, self._council.device, self._council.signing_key)

    def _carry_out(self, order: Order, handed_in: int) -> bool:
        """False if something that would go has to be handed in first."""
        removed = self._replica.carry_out(order)
        if removed is None:
            return False
        receipt = Receipt(
            device=order.device,
            done=True,
            handed_in=handed_in,
            removed_changes=removed.changes,
            removed_files=removed.attachments,
        )
        self._wire.receipt(order.id, receipt)
        return True

    def _keep_lease(self) -> None:
        lease, kept = self._wire.lease, self._replica.lease()
        device, key = self._council.device, self._council.signing_key
        if lease is not None and orders.is_newer_lease(lease, kept, device, key):
            self._replica.keep_lease(lease)


def _leaving(families: Sequence[str], cursor: str, head: Head) -> FeedPage:
    """What the feed would have said, had a restore not lost that these families' access ended."""
    items = tuple(LeftItem(family=family) for family in families)
    return FeedPage(head=head, cursor=cursor, more=False, left=0, items=items)
