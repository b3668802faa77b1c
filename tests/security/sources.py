"""The program's own source, read as Python reads it: for what must be nowhere in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import desktop

ROOT = Path(desktop.__file__).parent.parent
ROOMS = ("desktop", "sync", "forms")


def sources_with(
    words: Iterable[str], rooms: Iterable[str] = ROOMS
) -> Iterator[tuple[Path, ast.Module]]:
    """Each file that has one of these words anywhere, parsed: to parse them all takes seconds."""
    wanted = tuple(words)
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        source = path.read_text("utf-8")
        if any(word in source for word in wanted):
            yield path, ast.parse(source)
