"""The shared cases: an archive or a folder with the same files."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cases:
    """What the README of the cases describes."""

    xpath: list[Json]
    documents: dict[str, str]
    scenarios: list[Json]
    forms: dict[str, bytes]


def read(path: Path) -> Cases:
    """The cases of ``cases.tar.xz``, or of a folder with it or with what is in it."""
    packed = path / "cases.tar.xz"
    path = packed if packed.is_file() else path
    contents = _folder(path) if path.is_dir() else _archive(path)
    return Cases(
        xpath=_lines(contents.get("xpath.jsonl", b"")),
        documents=json.loads(contents.get("xpath_docs.json", b"{}")),
        scenarios=_lines(contents.get("scenarios.jsonl", b"")),
        forms={name: body for name, body in contents.items() if name.startswith("forms/")},
    )


def _lines(content: bytes) -> list[Json]:
    return [json.loads(line) for line in content.decode().splitlines() if line.strip()]


def _folder(path: Path) -> dict[str, bytes]:
    files = [*path.glob("*.json*"), *path.glob("forms/*.xml")]
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def _archive(path: Path) -> dict[str, bytes]:
    found = {}
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                found[member.name.removeprefix("./")] = content.read()
    return found
