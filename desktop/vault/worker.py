"""Whose vault this is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worker:
    """The one worker of a vault: the id that the EHM knows, and the name that is printed."""

    id: str
    name: str
    role: str = ""
    telephone: str = ""
