"""Times as the store keeps them: UTC, as ISO 8601 text to the microsecond."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def to_text(at: datetime) -> str:
    """The text of an aware time; a naive one is a mistake of the caller (ValueError)."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """The aware time, in UTC."""
    return datetime.fromisoformat(text)
