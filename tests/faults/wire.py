"""A wire without HTTP: the production routes called as functions, faults before and after."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError

from sync.client import reading
from sync.client.errors import EhmFailed, NotReachable, declined
from sync.client.replica import AttachmentReference
from sync.client.wire import Uploaded
from sync.contract import signatures
from sync.contract.following import Followed
from sync.contract.messages import (
    AuditTaken,
    ChangeItem,
    DigestReply,
    DigestRequest,
    FeedPage,
    FeedRequest,
    FollowingItem,
    HandedIn,
    HandIn,
    HandInAudit,
    Head,
    Lease,
    PackNotice,
    Receipt,
    RegisterFamilies,
    WireChange,
)
from sync.ehm import audit_routes, file_routes, order_routes, routes
from sync.ehm.access import Asking
from sync.ehm.problems import Refusal
from tests.faults.centre import DEVICE_KEY, Centre
from tests.faults.ehms import ProcessEnded
from tests.faults.trouble import Trouble
from tests.faults.truth import Truth

Reply = TypeVar("Reply", bound=BaseModel)

_REQUEST = Request({"type": "http", "headers": []})
_STATEMENTS = 40


class DirectWire:
    """One device's way to the EHM, with a witness at each answer."""

    def __init__(
        self, centre: Centre, worker: str, device: str, trouble: Trouble, truth: Truth
    ) -> None:
        self._centre = centre
        self._trouble = trouble
        self._truth = truth
        self.worker = worker
        self.device = device
        self.more_is_coming = False
        self.fed_at: Head | None = None
        self.has_seen: Callable[[], Head | None] = lambda: None

    def _credential(self) -> str:
        if self._trouble.happens("401 in the middle", self._trouble.line * 0.3):
            return f"Bearer {self.device}.1.{secrets.token_urlsafe(8)}"
        return f"Bearer {self._centre.council.token(self.device, self._centre.clock())}"

    def _serve(self, route: Callable[[Asking], Response]) -> Response:
        """What one process of the EHM makes of one request."""
        trouble, ehm = self._trouble, self._centre.any_process()
        full = trouble.happens("EHM's disk full", trouble.server)
        try:
            with self._struck(full=full):
                return route(Asking(_REQUEST, ehm, self._credential(), None))
        except Refusal as refusal:
            raise declined(refusal.problem()) from None
        except ProcessEnded:
            self._centre.start_again()
            raise NotReachable from None
        except (OperationalError, sqlite3.OperationalError):
            if not full:
                raise
            raise EhmFailed from None  # what the application answers with 500

    def _struck(self, *, full: bool) -> AbstractContextManager[None]:
        """What befalls the EHM at this request. A random statement is hardly ever a commit."""
        trouble, ehms = self._trouble, self._centre.ehms
        struck = full or trouble.happens("EHM killed", trouble.server)
        if not struck and trouble.happens("EHM killed at a commit", trouble.server):
            return ehms.ended_at_commit()
        statements = trouble.random.randrange(1, _STATEMENTS) if struck else 0
        return ehms.struck(statements, by_full_disk=full)

    def _ask(self, kind: type[Reply], route: Callable[..., Response], message: BaseModel) -> Reply:
        whole = message.model_dump_json(exclude_defaults=True).encode()
        body = self._trouble.shortened("request cut short", whole)

        def ask() -> Response:
            return self._serve(lambda asks: route(asks, body))

        seen = self.has_seen()
        answer = bytes(self._trouble.call(ask).body)
        self._truth.follow(self._centre.erasures())
        reply = reading.read(kind, self._trouble.shortened("answer cut short", answer))
        self._was_noticed(seen)
        return reply

    def _was_noticed(self, seen: Head | None) -> None:
        if self._truth.restores and seen is not None and not self._centre.holds(seen):
            self._truth.violated(f"{self.device} was answered by an EHM that had lost its past")

    def register(self, message: RegisterFamilies) -> HandedIn:
        return self._ask(HandedIn, routes.register, message)

    def hand_in(self, message: HandIn) -> HandedIn:
        reply = self._ask(HandedIn, routes.hand_in, message)
        sent = [*(change.id for change in message.changes), *message.too_large]
        results = reply.of_each(sent)
        self._are_kept([each.id for each in results if each.status.is_kept])
        return reply

    def _are_kept(self, acknowledged: Sequence[str]) -> None:
        """From this answer on the laptop may be lost with all it holds."""
        for change in sorted(set(acknowledged) - self._centre.kept()):
            self._truth.violated(f"{change} was acknowledged to {self.device}, and is not there")

    def feed(self, message: FeedRequest) -> FeedPage:
        small = message.model_copy(update={"limit": self._trouble.random.randrange(1, 9)})
        page = self._ask(FeedPage, routes.read_feed, small if self._trouble.line else message)
        if message.family is None:
            self.more_is_coming, self.fed_at = page.more, page.head
        self._were_rightly_given([i.change for i in page.items if isinstance(i, ChangeItem)])
        short = [i.change for i in page.items if isinstance(i, FollowingItem)]
        truth = self._truth.changes.values()
        followed = Followed({change.id: change.record for change in truth if short})
        whole = [followed.completed(change) for change in short]
        self._were_rightly_given([change for change in whole if change is not None])
        return page

    def _were_rightly_given(self, changes: Sequence[WireChange]) -> None:
        for family in {change.family for change in changes}:
            if not self._centre.has(self.worker, family):
                self._truth.violated(f"{self.device} was given a change of somebody else's family")
        if any(self._truth.changes.get(change.id) != change for change in changes):
            self._truth.violated(f"{self.device} was given words that were erased, or nobody's")

    def digest(self, message: DigestRequest) -> DigestReply:
        reply = self._ask(DigestReply, routes.compare, message)
        if (reply.differing or reply.not_yours) and self._truth.is_whole:
            self._truth.violated(f"{self.device} differed from an EHM that lost nothing")
        return reply

    def attachment_offset(self, reference: AttachmentReference) -> Uploaded:
        def ask() -> Response:
            return self._serve(
                lambda asks: file_routes.attachment_offset(asks, reference.record, reference.name)
            )

        return _offset(self._trouble.call(ask))

    def send_attachment(
        self, reference: AttachmentReference, offset: int, content: bytes, *, is_last: bool
    ) -> Uploaded:
        sent = self._trouble.shortened("part of a file cut short", content)
        ends = is_last and sent == content

        def ask() -> Response:
            return self._serve(
                lambda asks: file_routes.send_attachment(
                    asks,
                    sent,
                    reference.record,
                    reference.name,
                    offset,
                    "?1" if ends else "?0",
                )
            )

        return _offset(self._trouble.call(ask))

    def read_attachment(
        self, reference: AttachmentReference, offset: int
    ) -> Iterator[tuple[bytes, bool]]:
        def ask() -> Response:
            return self._serve(
                lambda asks: file_routes.read_attachment(
                    asks,
                    reference.record,
                    reference.name,
                    f"bytes={offset}-" if offset else None,
                )
            )

        content = bytes(self._trouble.call(ask).body)
        half = len(content) // 2
        yield content[:half], False
        yield self._trouble.call(lambda: content[half:]), True

    def hand_in_audit(self, message: HandInAudit) -> AuditTaken:
        return self._ask(AuditTaken, audit_routes.hand_in, message)

    def pack(self, notice: PackNotice) -> bytes:
        def ask() -> Response:
            return self._serve(lambda asks: file_routes.read_pack(asks, notice.version))

        return self._trouble.shortened("pack cut short", bytes(self._trouble.call(ask).body))

    @property
    def lease(self) -> Lease | None:
        return None

    def receipt(self, order: str, message: Receipt) -> None:
        signature = signatures.sign(DEVICE_KEY, signatures.receipt_text(order, message))
        body = message.model_copy(update={"signature": signature}).model_dump_json().encode()

        def ask() -> Response:
            return self._serve(lambda asks: order_routes.receipt(asks.ehm, body, order))

        self._trouble.call(ask)


def _offset(response: Response) -> Uploaded:
    return Uploaded(
        int(response.headers["Upload-Offset"]),
        response.headers["Upload-Complete"] == "?1",
        Head.from_text(response.headers["Your-Family-Head"]),
    )
