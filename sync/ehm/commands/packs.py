"""Packs of forms."""

from __future__ import annotations

import argparse
import base64
import os
import sys
from pathlib import Path

from forms.pack import Pack
from forms.pack_file import PackError
from sync.ehm import awaited, council, packs
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    publish = command(commands, "publish", "publish a pack of forms", _publish)
    publish.add_argument("pack", type=Path)
    publish.add_argument(
        "--signature", type=Path, help="made by pack build --sign; PACK.sig is found by itself"
    )
    rollback = command(
        commands, "rollback", "publish an earlier pack again, under a new version", _rollback
    )
    rollback.add_argument("--to", default="", metavar="VERSION", help="none: the one before")
    key = command(commands, "signing-key", "write the key that signs packs to a file", _key)
    key.add_argument("file", type=Path)


def _publish(chosen: argparse.Namespace) -> int:
    beside = chosen.pack.with_name(chosen.pack.name + ".sig")
    given = chosen.signature or (beside if beside.exists() else None)
    signature = given.read_text(encoding="ascii").strip() if given else ""
    kept = store(chosen)
    content = _pack(chosen.pack)
    with kept.writing() as connection:
        ours = council.read(connection)
        before = packs.latest(connection)
        given_version = packs.publish(connection, ours, content, utc_now(), signature).version
        in_force = packs.latest(connection)
    if before is not None and in_force == before:
        print(  # noqa: T201
            f"Pack {given_version} was published before: nothing has changed. {before.version} is"
            " in force. To go back to an earlier pack, use: your-family pack rollback --to VERSION",
            file=sys.stderr,
        )
        return 1
    _tell(given_version)
    awaited.read_due(kept)  # or whoever looks next at what waits for them would wait for it
    return 0


def _rollback(chosen: argparse.Namespace) -> int:
    kept = store(chosen)
    with kept.writing() as connection:
        ours = council.read(connection)
        _tell(packs.roll_back(connection, ours, utc_now(), chosen.to).version)
    awaited.read_due(kept)
    return 0


def _pack(file: Path) -> bytes:
    content = file.read_bytes()
    try:
        Pack.read(content)
    except PackError as error:
        says = f"{file.name} is no pack that this program can use"
        raise ValueError(f"{says}. Make it with: your-family pack build") from error
    return content


def _tell(version: str) -> None:
    print(f"{version} is published. Each laptop takes it at its next sync.")  # noqa: T201


def _key(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        key = base64.b64encode(council.read(connection).signing_key)
    written = os.open(chosen.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(written, "wb") as file:
        file.write(key)
    print(f"{chosen.file.name} is written. Whoever has it can give forms to every laptop.")  # noqa: T201
    return 0
