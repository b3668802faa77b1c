"""What every page may have to say: what went wrong. Alone, for the unlock page needs no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Trouble:
    """One thing that went wrong, in words for people: what it is, and what to do."""

    title: str
    message: str
