"""What went wrong, as the EHM says it."""

from __future__ import annotations

from pydantic import Field

from sync.contract.messages.kinds import Reply
from sync.contract.messages.orders import Order


class Problem(Reply):
    """An error (RFC 9457, ``application/problem+json``)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    words: str = Field(description="For the worker: what happened and what to do.")
    retry: bool = Field(description="Whether the same request can succeed later.")
    order: Order | None = None
