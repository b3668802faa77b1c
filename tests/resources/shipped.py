"""The pack of the shipped sources, built once for all tests of a machine.

Building takes seconds and is asked for all over the suite, so what was built is kept in the
system's folder for temporary files, under a name made of the sources and the code that builds.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forms.authoring.pack import build_pack
from forms.pack import Pack

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"


@cache
def pack_bytes() -> bytes:
    """The built pack."""
    kept = Path(tempfile.gettempdir()) / f"your-family-pack-{getpass.getuser()}-{_made_of()}.zip"
    if kept.exists():
        return kept.read_bytes()
    built = build_pack(RESOURCES)
    written, name = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(written, "wb") as file:
        file.write(built)
    Path(name).replace(kept)
    return built


@cache
def pack() -> Pack:
    """The pack, read."""
    return Pack.read(pack_bytes())


def _made_of() -> str:
    digest = hashlib.sha256()
    for file in sorted(_sources()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    yield from (RESOURCES / "forms").glob("[!~]*.xlsx")
    yield from (RESOURCES / "pack").glob("*.*")
    yield from (ROOT / "forms").rglob("*.py")
