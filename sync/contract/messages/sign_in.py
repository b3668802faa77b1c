"""Signing in: an ID token of the council's provider, shown by an enrolled device."""

from __future__ import annotations

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import Reply, Request, Time


class ShowIdToken(Request):
    """Signs the worker of this device in.

    ``secret``: what the nonce of the token was made of (``signatures.sign_in_nonce``); blank for a
    token that the provider renewed, which carries none.
    """

    id_token: str = Field(min_length=1, max_length=20_000, pattern=r"^[A-Za-z0-9_.=-]*$")
    secret: str = Field(default="", max_length=200, pattern=r"^[A-Za-z0-9_-]*$")


class SignedIn(Reply):
    """Until when what is new is given to this device. Handing in needs no sign-in."""

    worker: Worker
    until: Time
