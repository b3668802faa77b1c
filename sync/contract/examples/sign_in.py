"""Examples of signing in."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import AT
from sync.contract.messages import ShowIdToken, SignedIn, Worker

_SAID = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl"
_MADE_OF = "Zk3v8Qw1Lr5TnY2xZk3v8Q"

EXAMPLES: tuple[BaseModel, ...] = (
    ShowIdToken(id_token=_SAID, secret=_MADE_OF),
    SignedIn(worker=Worker(id="priya.shah", name="Priya Shah", role="worker"), until=AT),
)
