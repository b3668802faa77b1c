"""The wire to the EHM: one method for each path. Says what happened in types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from pydantic import BaseModel

from sync.client import reading
from sync.client.errors import AnswerRefused, NotReachable, NotTheEhm
from sync.client.line import Line, Reply, encoding_of
from sync.client.replica import AttachmentReference
from sync.contract import signatures
from sync.contract.messages import (
    AuditTaken,
    DigestReply,
    DigestRequest,
    Enrol,
    Enrolled,
    FeedPage,
    FeedRequest,
    HandedIn,
    HandIn,
    HandInAudit,
    Head,
    Hello,
    Lease,
    Order,
    Orders,
    OrdersRequest,
    PackNotice,
    Receipt,
    RegisterFamilies,
    ShowIdToken,
    SignedIn,
)
from sync.contract.signatures import Proof

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True, slots=True)
class Uploaded:
    """How many bytes of an attachment the EHM has, whether that is all, and the EHM's head."""

    offset: int
    is_whole: bool
    head: Head


class Wire(Protocol):
    """What the exchange needs of a connection; ``HttpWire`` is the real one."""

    def register(self, message: RegisterFamilies) -> HandedIn:
        """Makes families known."""

    def hand_in(self, message: HandIn) -> HandedIn:
        """Hands in changes."""

    def feed(self, message: FeedRequest) -> FeedPage:
        """What is new."""

    def digest(self, message: DigestRequest) -> DigestReply:
        """Which families differ."""

    def hand_in_audit(self, message: HandInAudit) -> AuditTaken:
        """Hands in what this device noted of who looked at what."""

    def attachment_offset(self, reference: AttachmentReference) -> Uploaded:
        """How much the EHM has."""

    def send_attachment(
        self, reference: AttachmentReference, offset: int, content: bytes, *, is_last: bool
    ) -> Uploaded:
        """Sends a part; how much the EHM has after it."""

    def read_attachment(
        self, reference: AttachmentReference, offset: int
    ) -> Iterator[tuple[bytes, bool]]:
        """Parts from ``offset`` on, each with whether it is the last."""

    def pack(self, notice: PackNotice) -> bytes:
        """The bytes of a pack."""

    def receipt(self, order: str, message: Receipt) -> None:
        """Says what became of an order."""

    @property
    def lease(self) -> Lease | None:
        """The lease that came last, unchecked; None before the first contact."""


class HttpWire(Line):
    """One EHM: its paths as methods. Every trouble is a ``SyncError``."""

    # without a token
    def hello(self) -> Hello:
        """Proof of connection. Anything but the EHM's own answer is ``NotTheEhm``."""
        return self._read(Hello, "GET", "/v1")

    def enrol(self, message: Enrol) -> Enrolled:
        """Registers a device; safe to repeat with the same code and key."""
        return self._read(Enrolled, "POST", "/v1/devices", message)

    def orders(self, message: OrdersRequest) -> Orders:
        """What a device is ordered to do; the caller checks the signature."""
        return self._read(Orders, "POST", "/v1/orders", message)

    def receipt(self, order: str, message: Receipt) -> None:
        """Says what became of an order, signed by this device if it can, in memory after a wipe."""
        if self.credential is not None:
            text = signatures.receipt_text(order, message)
            signed = signatures.sign(self.credential.private_key, text)
            message = message.model_copy(update={"signature": signed})
        with self._call("POST", f"/v1/orders/{quote(order)}/receipt", message):
            return

    def unsent_offset(self, order: Order, name: str, proof: Proof) -> tuple[int, bool]:
        """How many bytes of sealed unsent work the EHM has, and whether that is all."""
        headers = _proof_headers(order, proof)
        with self._call("HEAD", _unsent(order, name), headers=headers) as response:
            return _bytes_held(response)

    def send_unsent(
        self, order: Order, name: str, offset: int, content: bytes, proof: Proof, *, is_last: bool
    ) -> tuple[int, bool]:
        """Sends a part of sealed unsent work; how much the EHM has after it."""
        headers = {**_proof_headers(order, proof), **_part_headers(offset, is_last=is_last)}
        path = _unsent(order, name)
        with self._call("PATCH", path, content, headers=headers) as response:
            return _bytes_held(response)

    # with one
    @property
    def lease(self) -> Lease | None:
        """The lease that came with the last access token; the caller checks the signature."""
        return None if self.token is None else self.token.lease

    def register(self, message: RegisterFamilies) -> HandedIn:
        """Makes families known."""
        return self._read(HandedIn, "POST", "/v1/families", message, signed=True)

    def hand_in_audit(self, message: HandInAudit) -> AuditTaken:
        """Hands in what this device noted of who looked at what."""
        return self._read(AuditTaken, "POST", "/v1/audit/device", message, signed=True)

    def sign_in(self, message: ShowIdToken) -> SignedIn:
        """Shows an ID token; safe to repeat."""
        return self._read(SignedIn, "POST", "/v1/sign-in", message, signed=True)

    def hand_in(self, message: HandIn) -> HandedIn:
        """Hands in changes."""
        return self._read(HandedIn, "POST", "/v1/changes", message, signed=True)

    def feed(self, message: FeedRequest) -> FeedPage:
        """What is new."""
        return self._read(FeedPage, "POST", "/v1/feed", message, signed=True)

    def digest(self, message: DigestRequest) -> DigestReply:
        """Which families differ."""
        return self._read(DigestReply, "POST", "/v1/digest", message, signed=True)

    def attachment_offset(self, reference: AttachmentReference) -> Uploaded:
        """How much the EHM has."""
        with self._call("HEAD", _attachment(reference), signed=True) as response:
            return _offset(response)

    def send_attachment(
        self, reference: AttachmentReference, offset: int, content: bytes, *, is_last: bool
    ) -> Uploaded:
        """Sends a part; how much the EHM has after it."""
        headers = _part_headers(offset, is_last=is_last)
        path = _attachment(reference)
        with self._call("PATCH", path, content, headers=headers, signed=True) as response:
            return _offset(response)

    def read_attachment(
        self, reference: AttachmentReference, offset: int
    ) -> Iterator[tuple[bytes, bool]]:
        """Parts from ``offset`` on, each with whether it is the last."""
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        path = _attachment(reference)
        with self._call("GET", path, headers=headers, signed=True) as response:
            if (response.status_code == 206) != bool(offset):
                raise AnswerRefused
            left = _length(response)
            if left == 0:
                yield b"", True
            for part in self._parts(response):
                left -= len(part)
                yield part, left == 0
            if left:
                raise NotReachable

    def pack(self, notice: PackNotice) -> bytes:
        """The bytes of a pack; the caller checks hash and signature."""
        with self._call("GET", f"/v1/packs/{quote(notice.version)}", signed=True) as response:
            return reading.collect(self._parts(response), encoding_of(response), notice.size)

    # what other subjects ask, in classes of their own
    def ask(
        self, kind: type[Reply], method: str, path: str, message: BaseModel | None = None
    ) -> Reply:
        """Asks as this device, and reads the answer. Errors: SyncError."""
        return self._read(kind, method, path, message, signed=True)

    def tell(self, path: str, message: BaseModel) -> None:
        """Says something as this device that is answered without a body. Errors: SyncError."""
        with self._call("POST", path, message, signed=True):
            return


def _length(response: requests.Response) -> int:
    if encoding_of(response) not in ("", "identity"):
        raise AnswerRefused
    length = response.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdigit() or int(length) > reading.MAX_ATTACHMENT:
        raise AnswerRefused
    return int(length)


def _proof_headers(order: Order, proof: Proof) -> dict[str, str]:
    said = {
        "Your-Family-Device": order.device,
        "Your-Family-Signature": proof.signature,
        "Your-Family-Key": proof.key,
        "Your-Family-Vouched": proof.vouched,
    }
    return {name: value for name, value in said.items() if value}


def _part_headers(offset: int, *, is_last: bool) -> dict[str, str]:
    return {
        "Upload-Offset": str(offset),
        "Upload-Complete": "?1" if is_last else "?0",
        "Content-Type": "application/octet-stream",
    }


def _bytes_held(response: requests.Response) -> tuple[int, bool]:
    offset = response.headers.get("Upload-Offset", "")
    if not offset.isascii() or not offset.isdigit():
        raise NotTheEhm
    return int(offset), response.headers.get("Upload-Complete") == "?1"


def _offset(response: requests.Response) -> Uploaded:
    offset, is_whole = _bytes_held(response)
    try:
        head = Head.from_text(response.headers.get("Your-Family-Head", ""))
    except ValueError:
        raise AnswerRefused from None
    return Uploaded(offset, is_whole, head)


def _attachment(reference: AttachmentReference) -> str:
    return f"/v1/records/{quote(reference.record)}/attachments/{quote(reference.name)}"


def _unsent(order: Order, name: str) -> str:
    return f"/v1/orders/{quote(order.id)}/unsent/{quote(name)}"
