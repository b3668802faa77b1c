"""Signing in with the system's browser (RFC 8252): PKCE, state, a listener that hears one answer.

Needed to get what is new, never to unlock, to write or to hand in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from sync.client.errors import SyncError
from sync.client.provider import Endpoints, ProviderRefused, ProviderWire, check_address
from sync.client.wire import HttpWire
from sync.contract import signatures
from sync.contract.messages import ShowIdToken, SignedIn

LIFE = 120.0
_PAGE = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><title>Your Family</title>'
    b"<p>You can close this page and go back to Your Family.</p></html>"
)


class SignInNotFinished(SyncError):
    """Nobody came back from the browser."""

    title = "The sign-in was not finished"
    message = "You can go on working. Sign in when you like, to get what is new."
    retry = False


class NotOurAnswer(SyncError):
    """What came back from the browser is not the answer to what we asked."""

    title = "The sign-in was not accepted"
    message = (
        "What came back from the browser does not belong to this sign-in, so it was not used. "
        "Sign in again from the program. If this happens again, tell the helpdesk."
    )
    retry = False


class Keeping(Protocol):
    """Where the refresh token is kept: inside the vault. Durable on return."""

    def keep(self, refresh_token: str) -> None:
        """Keeps it; blank: there is none any more."""

    def kept(self) -> str:
        """The one kept last; blank if there is none."""


@dataclass(frozen=True, slots=True, repr=False)
class Asking:
    """One sign-in: what only this program knows of it."""

    device: str
    state: str
    secret: str
    verifier: str

    @classmethod
    def new(cls, device: str) -> Asking:
        """Fresh values for a device."""
        return cls(device, *(secrets.token_urlsafe(32) for _ in range(3)))

    def address(self, endpoints: Endpoints, wire: ProviderWire, scope: str, redirect: str) -> str:
        """Where the browser goes."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": wire.client_id,
            "redirect_uri": redirect,
            "scope": scope,
            "state": self.state,
            "nonce": signatures.sign_in_nonce(self.device, self.secret),
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        if "offline_access" in scope.split():
            asked["prompt"] = "consent"
        check_address(endpoints.authorization_endpoint)
        return f"{endpoints.authorization_endpoint}?{urlencode(asked)}"

    def code(self, answer: dict[str, str], endpoints: Endpoints) -> str:
        """The code in what came back; raises ``NotOurAnswer`` or ``ProviderRefused``."""
        if not is_of(self.state, answer):
            raise NotOurAnswer
        said = answer.get("iss")
        if said is None and endpoints.authorization_response_iss_parameter_supported:
            raise NotOurAnswer
        if said is not None and said.rstrip("/") != endpoints.issuer.rstrip("/"):
            raise NotOurAnswer
        if "error" in answer or not answer.get("code"):
            raise ProviderRefused
        return answer["code"]


def is_of(state: str, answer: dict[str, str]) -> bool:
    """True for an answer to the sign-in of this state."""
    return hmac.compare_digest(answer.get("state", "").encode(), state.encode())


class Listener:
    """Hears the browser's one answer, on a free port of this machine, for two minutes.

    One with another state is not it, whoever sent it: it is passed over, and the listening goes on.
    """

    def __init__(
        self, state: str, life: float = LIFE, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._answer: dict[str, str] | None = None
        self._heard_another = False
        self._until = timer() + life
        self._timer = timer
        heard = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                here = urlsplit(self.path)
                if here.path != "/callback" or heard._answer is not None:
                    self.send_error(404)
                    return
                answer = dict(parse_qsl(here.query))
                if not is_of(state, answer):
                    heard._heard_another = True
                    self.send_error(404)
                    return
                heard._answer = answer
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(_PAGE)

            def log_message(self, *_said: object) -> None:
                """Nothing: what comes back is a secret."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._server.timeout = 0.2
        self.redirect = f"http://127.0.0.1:{self._server.server_port}/callback"

    def answer(self, cancelled: Callable[[], bool]) -> dict[str, str]:
        """What came back; raises ``SignInNotFinished`` when it is too late or no longer wanted.

        ``NotOurAnswer`` instead if only what belongs to something else came.
        """
        try:
            while self._answer is None:
                if self._timer() > self._until or cancelled():
                    raise NotOurAnswer if self._heard_another else SignInNotFinished
                self._server.handle_request()
            return self._answer
        finally:
            self._server.server_close()


def sign_in(
    wire: HttpWire,
    provider: ProviderWire,
    scope: str,
    keeping: Keeping,
    open_browser: Callable[[str], object],
    cancelled: Callable[[], bool] = lambda: False,
) -> SignedIn:
    """Asks in the browser, and shows the ID token to the EHM. Raises ``SyncError``."""
    if wire.credential is None:
        raise ValueError("only an enrolled device signs in")
    endpoints = provider.endpoints()
    asking = Asking.new(wire.credential.device)
    listener = Listener(asking.state)
    open_browser(asking.address(endpoints, provider, scope, listener.redirect))
    code = asking.code(listener.answer(cancelled), endpoints)
    tokens = provider.tokens(endpoints, code, asking.verifier, listener.redirect)
    keeping.keep(tokens.refresh_token)
    return wire.sign_in(ShowIdToken(id_token=tokens.id_token, secret=asking.secret))


def renew(wire: HttpWire, provider: ProviderWire, keeping: Keeping) -> SignedIn | None:
    """Signs in again without a person; None: a person has to.

    The new refresh token is kept before it is used for anything. If the provider's reply was lost,
    the old one is refused the next time: a person signs in again, and nothing else is lost.
    """
    token = keeping.kept()
    if not token:
        return None
    try:
        tokens = provider.renewed(provider.endpoints(), token)
    except ProviderRefused:
        keeping.keep("")
        return None
    keeping.keep(tokens.refresh_token or token)
    return wire.sign_in(ShowIdToken(id_token=tokens.id_token))
