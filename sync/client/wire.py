"""The wire to the EHM: one method for each path, over requests. Says what happened in types.

Nothing of the machine's environment is used (no ``.netrc``, no proxy variables): proxies are handed
in. No redirect is followed. Every call has a limit on the wait for a connection, on each read and
on the whole of it, and on what it takes in.
"""

from __future__ import annotations

import gzip
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ValidationError

from forms import program
from sync.client import reading
from sync.client.errors import (
    AnswerRefused,
    EhmFailed,
    NotReachable,
    NotTheEhm,
    SignInNeeded,
    SyncError,
    TooSlow,
    declined,
)
from sync.client.patience import Patience
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
    Problem,
    Receipt,
    RegisterFamilies,
    ShowIdToken,
    SignedIn,
    Token,
    TokenRequest,
)
from sync.contract.signatures import Proof

if TYPE_CHECKING:
    import requests

Reply = TypeVar("Reply", bound=BaseModel)

CLIENT = program.VERSION
"""The version of this program, as the EHM is told it."""
_ZIP_FROM = 400
_EARLY = 60.0


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """What proves that a device is itself. ``private_key`` is 32 bytes and stays in the vault."""

    device: str
    private_key: bytes


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


@dataclass
class HttpWire:
    """One EHM at ``url``. ``clock`` for signed requests, ``timer`` (monotonic seconds) for limits.

    Without a ``credential`` only ``hello`` and ``enrol`` can be called.
    """

    url: str
    clock: Callable[[], datetime]
    credential: Credential | None = None
    proxies: Mapping[str, str] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)
    client: str = CLIENT
    timer: Callable[[], float] = time.monotonic
    token: Token | None = field(default=None, init=False)
    _token_until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        from sync.client.session import bounded_session

        here = urlsplit(self.url)
        is_loopback = here.hostname in ("127.0.0.1", "localhost", "::1")
        if here.scheme != "https" and not (here.scheme == "http" and is_loopback):
            raise ValueError("the EHM's address must begin with https://")
        self._session = bounded_session(self.patience)

    def close(self) -> None:
        """Closes the connection."""
        self._session.close()

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
            return reading.collect(self._parts(response), _encoding(response), notice.size)

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

    # the one way out
    def _read(
        self,
        kind: type[Reply],
        method: str,
        path: str,
        message: BaseModel | None = None,
        *,
        signed: bool = False,
    ) -> Reply:
        with self._call(method, path, message, signed=signed) as response:
            _check_is_ours(response)
            body = reading.collect(self._parts(response), _encoding(response))
        return reading.read(kind, body)

    @contextmanager
    def _call(
        self,
        method: str,
        path: str,
        message: BaseModel | bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        signed: bool = False,
    ) -> Iterator[requests.Response]:
        """A reply with a good status, to be read inside; everything else is a ``SyncError``."""
        for is_again in (False, True):
            said = {"Accept-Encoding": "gzip", **(headers or {})}
            if signed:
                said["Authorization"] = f"Bearer {self._access_token()}"
            body = _body(message, said)
            try:
                with self._request(method, path, said, body) as response:
                    yield response
                    return
            except SignInNeeded as no:
                if is_again or not signed or no.code == "sign_in_due":
                    raise
                self.token = None

    @contextmanager
    def _request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Iterator[requests.Response]:
        from sync.client.session import as_sync_errors

        self._deadline = self.timer() + self.patience.whole
        with as_sync_errors():
            response = self._session.request(
                method,
                self.url.rstrip("/") + path,
                data=body,
                headers=dict(headers),
                proxies=dict(self.proxies),
                timeout=(self.patience.connect, self.patience.read),
                allow_redirects=False,
                stream=True,
            )
            with response:
                if not response.ok or response.is_redirect:
                    raise self._refusal(response)
                yield response

    def _parts(self, response: requests.Response) -> Iterator[bytes]:
        """The body as it comes, still zipped; raises ``TooSlow`` at the whole call's limit."""
        while part := response.raw.read1(65_536, decode_content=False):
            if self.timer() > self._deadline:
                raise TooSlow
            yield part

    def _refusal(self, response: requests.Response) -> SyncError:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind == "application/problem+json":
            body = reading.collect(self._parts(response), _encoding(response), 100_000)
            problem = _problem(body) if body else _bare_problem(response)
            if problem is not None and problem.status == response.status_code < 500:
                return declined(problem)
        if response.status_code >= 500 or response.status_code == 429:
            return EhmFailed(_seconds(response.headers.get("Retry-After", "")))
        return NotTheEhm()

    def _access_token(self) -> str:
        if self.token is None or self.timer() > self._token_until:
            self.token = self._new_token()
            self._token_until = self.timer() + self.token.expires_in - _EARLY
        return self.token.access_token

    def _new_token(self) -> Token:
        if self.credential is None:
            raise ValueError("this wire has no credential")
        unsigned = TokenRequest(
            device=self.credential.device,
            at=self.clock(),
            nonce=secrets.token_urlsafe(24),
            client=self.client,
            signature="",
        )
        text = signatures.token_text(unsigned)
        signature = signatures.sign(self.credential.private_key, text)
        message = unsigned.model_copy(update={"signature": signature})
        return self._read(Token, "POST", "/v1/token", message)


def _body(message: BaseModel | bytes | None, headers: dict[str, str]) -> bytes | None:
    if message is None or isinstance(message, bytes):
        return message
    body = message.model_dump_json(exclude_defaults=True).encode()
    headers["Content-Type"] = "application/json"
    if len(body) < _ZIP_FROM:
        return body
    headers["Content-Encoding"] = "gzip"
    return gzip.compress(body, compresslevel=5, mtime=0)


def _check_is_ours(response: requests.Response) -> None:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if kind != "application/json":
        raise NotTheEhm


def _encoding(response: requests.Response) -> str:
    return response.headers.get("Content-Encoding", "")


def _length(response: requests.Response) -> int:
    if _encoding(response) not in ("", "identity"):
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


def _problem(body: bytes) -> Problem | None:
    try:
        return Problem.model_validate_json(body)
    except ValidationError:
        return None


def _bare_problem(response: requests.Response) -> Problem:
    """What can be said of a refusal whose answer has no body: that of a HEAD request."""
    return Problem(
        title="The council's system said no",
        status=response.status_code,
        code=response.headers.get("Your-Family-Problem", ""),
        words="The council's system could not do this. What you wrote is safe on this laptop.",
        retry=False,
    )


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
