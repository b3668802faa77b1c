"""The names of copies: what is moved to the right family is told there under other ids."""

from __future__ import annotations

import uuid


def copy_of(move: str, original: str) -> str:
    """The id of the copy that a move makes of a record or a change; each time the same."""
    return str(uuid.uuid5(uuid.UUID(move), original))
