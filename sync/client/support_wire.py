"""The calls of somebody who asks the hub for support. Errors: ``SyncError``."""

from __future__ import annotations

from dataclasses import dataclass

from sync.client.wire import HttpWire
from sync.contract.messages import SendRequest, SupportRequest, SupportRequests


@dataclass(frozen=True, slots=True)
class SupportWire:
    """Over one wire, whose limits hold here too."""

    wire: HttpWire

    def send(self, message: SendRequest) -> SupportRequest:
        """Puts a record before the hub; safe to repeat."""
        return self.wire.ask(SupportRequest, "POST", "/v1/requests", message)

    def mine(self) -> SupportRequests:
        """What I asked for; a decision in it is noted as told."""
        return self.wire.ask(SupportRequests, "GET", "/v1/requests/mine")
