"""What the council's central system says: read over its API, as another program would read it."""

from __future__ import annotations

import secrets
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.services.signing_in import InMemory, sign_in_by_browser
from sync.client.line import Credential
from sync.client.wire import HttpWire
from sync.contract import signatures
from sync.contract.messages import Enrol, Enrolled, FamilyList, FlatFamily, Token, TokenRequest

WITHIN = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class CentralReader:
    """Somebody who reads at the centre, with an access token of their own."""

    address: str
    token: str

    @classmethod
    def enrolled(
        cls, address: str, code: str, open_browser: Callable[[str], object]
    ) -> CentralReader:
        """Register with a one-time code, get a token and sign in, as the contract says."""
        private_key = secrets.token_bytes(32)
        key = signatures.public_key(private_key)
        ask = Enrol(code=code, public_key=key, name="Journey's reader", client="journey")
        device = Enrolled.model_validate_json(post(f"{address}/v1/devices", ask.model_dump_json()))
        unsigned = TokenRequest(
            device=device.device,
            at=datetime.now(UTC),
            nonce=secrets.token_urlsafe(24),
            signature="",
        )
        signature = signatures.sign(private_key, signatures.token_text(unsigned))
        signed = unsigned.model_copy(update={"signature": signature})
        answer = post(f"{address}/v1/token", signed.model_dump_json())
        wire = HttpWire(address, lambda: datetime.now(UTC), Credential(device.device, private_key))
        with closing(wire):
            sign_in_by_browser(wire, InMemory(), open_browser)
        return cls(address, Token.model_validate_json(answer).access_token)

    def family_with(self, reference: str) -> FlatFamily:
        """Every answer of the family with this printed reference; ValueError if it is not there."""
        listed = FamilyList.model_validate_json(self._get("/v1/families"))
        for family in listed.families:
            if family.reference == reference:
                whole = self._get(f"/v1/families/{family.id}/records")
                return FlatFamily.model_validate_json(whole)
        raise ValueError("The centre does not know the family.")

    def attachment(self, record: str, name: str) -> bytes:
        """A drawing or signature of a record."""
        return self._get(f"/v1/records/{record}/attachments/{name}")

    def _get(self, path: str) -> bytes:
        asked = urllib.request.Request(
            self.address + path, headers={"Authorization": f"Bearer {self.token}"}
        )
        with urllib.request.urlopen(asked, timeout=WITHIN) as answer:
            content: bytes = answer.read()
            return content


def post(address: str, message: str) -> bytes:
    """Send JSON; the answer's body."""
    asked = urllib.request.Request(
        address, data=message.encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=WITHIN) as answer:
        content: bytes = answer.read()
        return content
