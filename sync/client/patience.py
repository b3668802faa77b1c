"""How long the program waits for the other end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for a connection, for each read or sending, for a whole call."""

    connect: float = 5
    read: float = 20
    whole: float = 60
