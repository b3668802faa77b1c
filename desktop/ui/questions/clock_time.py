"""A time of day as people type it: 14:30, 1430, 2.30pm, 9."""

from __future__ import annotations

import re
from datetime import time

_TYPED = re.compile(r"(\d{1,2})(?:\s*[:.h ]?\s*(\d\d))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def read_time(typed: str) -> time | None:
    """The time that was typed, or None if it is none."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
