"""The council's sign-in provider, as the program talks to it: discovery, a code or a renewal.

The same care as with the EHM: no redirects, no environment, limits on time and size.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from sync.client import reading
from sync.client.errors import EhmFailed, NotTheEhm, SyncError, TooSlow
from sync.client.patience import Patience

if TYPE_CHECKING:
    import requests

_LARGEST = 500_000


class ProviderRefused(SyncError):
    """The provider did not accept the code or the renewal. A person can sign in again."""

    title = "The sign-in was not accepted"
    message = (
        "The council's sign-in service did not accept this sign-in. What you wrote is safe on "
        "this laptop. Sign in again when you like."
    )
    retry = False


class Endpoints(BaseModel):
    """Where a provider's doors are, as it publishes them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    authorization_response_iss_parameter_supported: bool = False


class Tokens(BaseModel):
    """What a provider gives. ``refresh_token`` is good once; a new one comes with each use."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id_token: str
    refresh_token: str = ""


@dataclass
class ProviderWire:
    """One provider. ``proxies`` as for the EHM."""

    issuer: str
    client_id: str
    proxies: Mapping[str, str] = field(default_factory=dict, repr=False)  # with passwords
    patience: Patience = field(default_factory=Patience)
    timer: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        from sync.client.session import bounded_session

        self._session = bounded_session(self.patience)

    def close(self) -> None:
        """Closes the connection."""
        self._session.close()

    def endpoints(self) -> Endpoints:
        """Where its doors are; raises ``NotTheEhm`` if somebody else's page answers for it."""
        path = "/.well-known/openid-configuration"
        found = reading.read(Endpoints, self._ask("GET", self.issuer.rstrip("/") + path))
        if found.issuer.rstrip("/") != self.issuer.rstrip("/"):
            raise NotTheEhm
        return found

    def tokens(self, endpoints: Endpoints, code: str, verifier: str, redirect: str) -> Tokens:
        """An ID token for a code; raises ``ProviderRefused``."""
        return self._grant(
            endpoints,
            {
                "grant_type": "authorization_code",
                "code": code,
                "code_verifier": verifier,
                "redirect_uri": redirect,
            },
        )

    def renewed(self, endpoints: Endpoints, refresh_token: str) -> Tokens:
        """A new ID token; raises ``ProviderRefused`` for one that was used or has ended."""
        return self._grant(
            endpoints, {"grant_type": "refresh_token", "refresh_token": refresh_token}
        )

    def _grant(self, endpoints: Endpoints, said: Mapping[str, str]) -> Tokens:
        form = {**said, "client_id": self.client_id}
        return reading.read(Tokens, self._ask("POST", endpoints.token_endpoint, form))

    def _ask(self, method: str, url: str, form: Mapping[str, str] | None = None) -> bytes:
        from sync.client.session import as_sync_errors

        check_address(url)
        deadline = self.timer() + self.patience.whole
        with as_sync_errors():
            response = self._session.request(
                method,
                url,
                data=None if form is None else dict(form),
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                proxies=dict(self.proxies),
                timeout=(self.patience.connect, self.patience.read),
                allow_redirects=False,
                stream=True,
            )
            with response:
                body = self._body(response, deadline)
                if response.status_code == 200:
                    return body
                raise _why_not(response.status_code, body if form is not None else b"")

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        body = bytearray()
        while part := response.raw.read1(65_536, decode_content=False):
            body += part
            if self.timer() > deadline:
                raise TooSlow
            if len(body) > _LARGEST:
                raise NotTheEhm
        return bytes(body)


def _why_not(status: int, body: bytes) -> SyncError:
    """``ProviderRefused`` only if the provider itself says so of a grant (RFC 6749 5.2).

    Anything before it can answer 400 as well, and 429, 407 or a 5xx says nothing of the grant.
    """
    if status in (400, 401):
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            return NotTheEhm()
        if isinstance(said, dict) and isinstance(said.get("error"), str):
            return ProviderRefused()
    return EhmFailed() if status == 429 or status >= 500 else NotTheEhm()


def check_address(url: str) -> None:
    """Raises ``NotTheEhm`` unless it begins with https, or is on this machine."""
    here = urlsplit(url)
    is_here = here.hostname in ("127.0.0.1", "localhost", "::1")
    if here.scheme != "https" and not (here.scheme == "http" and is_here):
        raise NotTheEhm
