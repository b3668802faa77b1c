"""The pack of the shipped sources, built once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from forms.authoring.pack import build_pack
from forms.pack import Pack

RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def pack_bytes() -> bytes:
    """The built pack."""
    return build_pack(RESOURCES)


@cache
def pack() -> Pack:
    """The pack, read."""
    return Pack.read(pack_bytes())
