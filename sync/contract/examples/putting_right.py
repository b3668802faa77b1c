"""Examples of putting right."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import OTHER_FAMILY
from sync.contract.messages import PutRight, SeenBy, Worker

EXAMPLES: tuple[BaseModel, ...] = (
    PutRight(
        paths=("/visit_note/what",), to=OTHER_FAMILY, reason="Written in the neighbours' family."
    ),
    SeenBy(workers=(Worker(id="priya.shah", name="Priya Shah", role="worker"),)),
)
