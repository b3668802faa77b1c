"""Names made on a device: UUIDs in order of time, and the reference a family can read out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that is misread or misheard for another


def new_id(now: datetime, random_bytes: Callable[[int], bytes]) -> str:
    """A UUIDv7 (RFC 9562 5.7) of the aware time ``now`` and 10 bytes of ``random_bytes``."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    number = milliseconds << 80 | int.from_bytes(random_bytes(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=number))


def provisional_reference(family: str) -> str:
    """A short reference for paper, made of the family's UUID alone: ``YF-7K3M-9Q4T``.

    It tells nothing about the family; the last letter checks the others.
    """
    number = uuid.UUID(family).int & (1 << 62) - 1
    letters = []
    for _ in range(7):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    check = sum((at + 2) * _LETTERS.index(letter) for at, letter in enumerate(letters))
    text = "".join(letters) + _LETTERS[check % len(_LETTERS)]
    return f"YF-{text[:4]}-{text[4:]}"
