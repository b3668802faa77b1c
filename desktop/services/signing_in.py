"""Signing in with the council's own provider, in the system's browser.

What it is for: getting what is new. Nothing here is needed to unlock, to write or to hand in.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from desktop.services.proxies import Proxies, no_proxies
from desktop.vault import Vault
from sync.client.wire import HttpWire

Ask = Callable[[Callable[[], Any]], Any]
OpenBrowser = Callable[[str], object]
_REFRESH = "refresh token"


@dataclass(slots=True)
class InMemory:
    """Keeps a refresh token until there is a vault for it."""

    token: str = ""

    def keep(self, refresh_token: str) -> None:
        """Keeps it."""
        self.token = refresh_token

    def kept(self) -> str:
        """The one kept last."""
        return self.token


@dataclass(frozen=True, slots=True)
class InVault:
    """Keeps a refresh token inside the vault, reached through its lane."""

    vault: Vault
    ask: Ask

    def keep(self, refresh_token: str) -> None:
        """Keeps it; durable on return."""
        self.ask(lambda: self.vault.remember(_REFRESH, refresh_token))

    def kept(self) -> str:
        """The one kept last; blank if there is none."""
        found = self.ask(lambda: self.vault.recall(_REFRESH))
        return found if isinstance(found, str) else ""


def sign_in_by_browser(
    wire: HttpWire,
    keeping: InMemory | InVault,
    open_browser: OpenBrowser,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    proxies: Proxies = no_proxies,
) -> None:
    """Asks the worker in the browser, if this council signs in at all. Raises ``SyncError``.

    ``proxies``: the way to the provider may be another one than to the council.
    """
    from sync.client.provider import ProviderWire  # with a web server: only when it is needed
    from sync.client.sign_in import sign_in

    said = wire.hello().sign_in
    if said.kind == "openid":
        provider = ProviderWire(said.issuer, said.client_id, proxies(said.issuer))
        with closing(provider):
            sign_in(wire, provider, said.scope, keeping, open_browser, cancelled)


def sign_in_again(wire: HttpWire, keeping: InVault, *, proxies: Proxies = no_proxies) -> bool:
    """Signs in without a person; False: a person has to. Raises ``SyncError``."""
    from sync.client.provider import ProviderWire
    from sync.client.sign_in import renew

    said = wire.hello().sign_in
    if said.kind != "openid":
        return False
    with closing(ProviderWire(said.issuer, said.client_id, proxies(said.issuer))) as provider:
        return renew(wire, provider, keeping) is not None
