"""Looking for what should not be there: markers in files and names of files, however encoded."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_ZLIB_STARTS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")
_LARGEST_UNPACKED = 8_000_000


def found_in(folder: Path, markers: Iterable[str]) -> dict[str, set[str]]:
    """Marker to where it was found (``name of file: encoding``), below ``folder``."""
    wanted, found = tuple(markers), dict[str, set[str]]()
    for path in sorted(folder.rglob("*")):
        for marker in wanted:
            if marker in path.name:
                found.setdefault(marker, set()).add(f"{path.name}: its name")
        if path.is_file():
            for marker, how in _in_bytes(path.read_bytes(), wanted):
                found.setdefault(marker, set()).add(f"{path.name}: {how}")
    return found


def _in_bytes(content: bytes, markers: Iterable[str]) -> Iterator[tuple[str, str]]:
    for how, plain in [("plain", content), *(("zlib", each) for each in _unpacked(content))]:
        for marker in markers:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                if marker.encode(encoding) in plain:
                    yield marker, f"{how} {encoding}"


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever unpacks, begun at any place in the content."""
    for start in _ZLIB_STARTS:
        at = content.find(start)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(wbits=47).decompress(content[at:], _LARGEST_UNPACKED)
            at = content.find(start, at + 1)
