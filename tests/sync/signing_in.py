"""A browser for tests: goes where the program sends it, as a person who signs in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests

from sync.client.provider import ProviderWire
from sync.client.sign_in import sign_in
from sync.contract.messages import SignedIn
from tests.sync.running_ehm import Laptop

Change = Callable[[dict[str, str]], object]


@dataclass
class Kept:
    """Where a refresh token is kept, in memory; ``tokens`` are all of them, in order."""

    tokens: list[str] = field(default_factory=list)

    def keep(self, refresh_token: str) -> None:
        self.tokens.append(refresh_token)

    def kept(self) -> str:
        return self.tokens[-1] if self.tokens else ""


@dataclass
class Browser:
    """Signs in as ``who`` at the provider inside a demonstration EHM.

    ``asked`` and ``answered`` change what goes out and what comes back, as somebody between the
    program and the provider could.
    """

    who: str
    asked: Change = dict.copy
    answered: Change = dict.copy
    threads: list[threading.Thread] = field(default_factory=list)

    def is_done(self) -> bool:
        """True once the person has gone through all its pages."""
        return bool(self.threads) and not any(thread.is_alive() for thread in self.threads)

    def open(self, address: str) -> None:
        thread = threading.Thread(target=self.go, args=(address,))
        thread.start()
        self.threads.append(thread)

    def go(self, address: str) -> None:
        reply = requests.get(
            changed(address, self.asked) + f"&who={self.who}", allow_redirects=False, timeout=20
        )
        if reply.status_code == 302:
            requests.get(changed(reply.headers["Location"], self.answered), timeout=20)


def changed(address: str, change: Change) -> str:
    """The address with its query changed."""
    here = urlsplit(address)
    query = dict(parse_qsl(here.query))
    change(query)
    return urlunsplit(here._replace(query=urlencode(query)))


def provider_of(laptop: Laptop) -> tuple[ProviderWire, str]:
    """The provider that the EHM names, and the scope."""
    said = laptop.wire.hello().sign_in
    assert said.kind == "openid"
    return ProviderWire(said.issuer, said.client_id), said.scope


def sign_in_as(laptop: Laptop, browser: Browser, kept: Kept | None = None) -> SignedIn:
    """The whole of a sign-in."""
    provider, scope = provider_of(laptop)
    try:
        return sign_in(laptop.wire, provider, scope, kept or Kept(), browser.open, browser.is_done)
    finally:
        provider.close()
        for thread in browser.threads:
            thread.join(20)
