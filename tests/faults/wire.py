"""A wire without HTTP: the production routes called as functions, faults before and after."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import TypeVar

from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from sync.client import reading
from sync.client.errors import EhmFailed, declined
from sync.client.replica import AttachmentReference
from sync.client.wire import Uploaded
from sync.contract.messages import (
    AuditTaken,
    ChangeItem,
    DigestReply,
    DigestRequest,
    FeedPage,
    FeedRequest,
    HandedIn,
    HandIn,
    HandInAudit,
    Head,
    Lease,
    PackNotice,
    Receipt,
    RegisterFamilies,
)
from sync.ehm import audit_routes, file_routes, routes
from sync.ehm.access import Ehm
from sync.ehm.council import Council
from sync.ehm.problems import Refusal
from tests.faults.trouble import Trouble

Reply = TypeVar("Reply", bound=BaseModel)

_REQUEST = Request({"type": "http", "headers": []})


class DirectWire:
    """One device's way to the EHM."""

    def __init__(self, ehm: Ehm, council: Council, device: str, trouble: Trouble) -> None:
        self._ehm = ehm
        self._council = council
        self._trouble = trouble
        self.device = device
        self.given: set[str] = set()
        self.differed = False

    def _credential(self) -> str:
        if self._trouble.happens("credential too old", self._trouble.line * 0.3):
            return f"Bearer {self.device}.1.{secrets.token_urlsafe(8)}"
        return f"Bearer {self._council.token(self.device, self._ehm.clock())}"

    def _ask(self, kind: type[Reply], route: object, message: BaseModel) -> Reply:
        body = message.model_dump_json(exclude_defaults=True).encode()

        def ask() -> Response:
            try:
                answer: Response = route(_REQUEST, self._ehm, body, self._credential())  # type: ignore[operator]
            except Refusal as refusal:
                raise declined(refusal.problem()) from None
            except SQLAlchemyError:
                raise EhmFailed from None  # what the application answers with 500
            return answer

        return reading.read(kind, bytes(self._trouble.call(ask).body))

    def register(self, message: RegisterFamilies) -> HandedIn:
        return self._ask(HandedIn, routes.register, message)

    def hand_in(self, message: HandIn) -> HandedIn:
        return self._ask(HandedIn, routes.hand_in, message)

    def feed(self, message: FeedRequest) -> FeedPage:
        small = message.model_copy(update={"limit": self._trouble.random.randrange(1, 6)})
        page = self._ask(FeedPage, routes.read_feed, small if self._trouble.line else message)
        self.given.update(item.family for item in page.items if isinstance(item, ChangeItem))
        return page

    def digest(self, message: DigestRequest) -> DigestReply:
        reply = self._ask(DigestReply, routes.compare, message)
        self.differed |= bool(reply.differing or reply.not_yours)
        return reply

    def attachment_offset(self, reference: AttachmentReference) -> Uploaded:
        def ask() -> Response:
            try:
                return file_routes.attachment_offset(
                    self._ehm, reference.record, reference.name, self._credential()
                )
            except Refusal as refusal:
                raise declined(refusal.problem()) from None

        return _offset(self._trouble.call(ask))

    def send_attachment(
        self, reference: AttachmentReference, offset: int, content: bytes, *, is_last: bool
    ) -> Uploaded:
        if self._trouble.happens("part cut short", self._trouble.line * 0.3):
            content, is_last = content[: len(content) // 2], False

        def ask() -> Response:
            try:
                return file_routes.send_attachment(
                    self._ehm,
                    content,
                    reference.record,
                    reference.name,
                    offset,
                    "?1" if is_last else "?0",
                    self._credential(),
                )
            except Refusal as refusal:
                raise declined(refusal.problem()) from None

        return _offset(self._trouble.call(ask))

    def read_attachment(
        self, reference: AttachmentReference, offset: int
    ) -> Iterator[tuple[bytes, bool]]:
        def ask() -> Response:
            try:
                return file_routes.read_attachment(
                    self._ehm,
                    reference.record,
                    reference.name,
                    f"bytes={offset}-" if offset else None,
                    self._credential(),
                )
            except Refusal as refusal:
                raise declined(refusal.problem()) from None

        content = bytes(self._trouble.call(ask).body)
        half = len(content) // 2
        yield content[:half], False
        yield self._trouble.call(lambda: content[half:]), True

    def hand_in_audit(self, message: HandInAudit) -> AuditTaken:
        return self._ask(AuditTaken, audit_routes.hand_in, message)

    def pack(self, notice: PackNotice) -> bytes:
        raise NotImplementedError

    @property
    def lease(self) -> Lease | None:
        return None

    def receipt(self, order: str, message: Receipt) -> None:
        raise NotImplementedError


def _offset(response: Response) -> Uploaded:
    return Uploaded(
        int(response.headers["Upload-Offset"]),
        response.headers["Upload-Complete"] == "?1",
        Head.from_text(response.headers["Your-Family-Head"]),
    )
