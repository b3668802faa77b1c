"""Proof of connection: what an EHM is and can do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sync.contract.messages.kinds import Reply, Time
from sync.contract.messages.limits import MAX_ATTACHMENT, MAX_CHANGES, MAX_PAGE, MAX_PART


class Limits(Reply):
    """The largest that this EHM accepts or sends at once."""

    changes: int = MAX_CHANGES
    request_bytes: int = 4_000_000
    page: int = MAX_PAGE
    attachment: int = MAX_ATTACHMENT
    attachment_part: int = MAX_PART


class SignIn(Reply):
    """How a worker proves who they are: the device alone, or an OpenID Connect provider."""

    kind: Literal["device", "openid"]
    issuer: str = ""
    client_id: str = ""
    scope: str = ""


class Hello(Reply):
    """The answer of ``GET /v1``: proof of connection. Anything else there is not the EHM."""

    service: Literal["your-family-ehm"]
    api: str
    oldest_client: str
    council: str
    is_demo: bool
    time: Time
    sign_in: SignIn
    limits: Limits
    capabilities: tuple[str, ...] = Field(
        default=(), description="What this EHM offers beyond the exchange itself."
    )
