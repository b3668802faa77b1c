"""The line to the EHM: one request as this device, and its reply or a ``SyncError``.

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
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from forms import program
from sync.client import reading
from sync.client.errors import EhmFailed, NotTheEhm, SignInNeeded, SyncError, TooSlow, declined
from sync.client.patience import Patience
from sync.contract import signatures
from sync.contract.messages import Problem, Token, TokenRequest

if TYPE_CHECKING:
    import requests

Reply = TypeVar("Reply", bound=BaseModel)

CLIENT = program.VERSION
"""The version of this program, as the EHM is told it."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names of this machine itself: no TLS is asked of it, and no proxy is on the way to it."""
_ZIP_FROM = 400
_EARLY = 60.0


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """What proves that a device is itself. ``private_key`` is 32 bytes and stays in the vault."""

    device: str
    private_key: bytes


@dataclass
class Line:
    """One EHM at ``url``. ``clock`` for signed requests, ``timer`` (monotonic seconds) for limits.

    Without a ``credential`` only ``hello`` and ``enrol`` can be called.
    """

    url: str
    clock: Callable[[], datetime]
    credential: Credential | None = None
    proxies: Mapping[str, str] = field(default_factory=dict, repr=False)  # with passwords
    patience: Patience = field(default_factory=Patience)
    client: str = CLIENT
    timer: Callable[[], float] = time.monotonic
    token: Token | None = field(default=None, init=False, repr=False)
    moved: int = field(default=0, init=False)
    """Bytes of bodies that went and came."""
    _token_until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        from sync.client.session import bounded_session

        here = urlsplit(self.url)
        if here.scheme != "https" and not (here.scheme == "http" and here.hostname in LOOPBACK):
            raise ValueError("the EHM's address must begin with https://")
        self._session = bounded_session(self.patience)

    def close(self) -> None:
        """Closes the connection."""
        self._session.close()

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
            body = reading.collect(self._parts(response), encoding_of(response))
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
        self.moved += len(body or b"")
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
            self.moved += len(part)
            if self.timer() > self._deadline:
                raise TooSlow
            yield part

    def _refusal(self, response: requests.Response) -> SyncError:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind == "application/problem+json":
            body = reading.collect(self._parts(response), encoding_of(response), 100_000)
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
    return gzip.compress(body, compresslevel=6, mtime=0)


def _check_is_ours(response: requests.Response) -> None:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if kind != "application/json":
        raise NotTheEhm


def encoding_of(response: requests.Response) -> str:
    """How the body of a reply is packed; blank if it is not."""
    return response.headers.get("Content-Encoding", "")


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
