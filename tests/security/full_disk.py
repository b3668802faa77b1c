"""A disk that is full at every write of a day: ``python -m tests.security.full_disk``.

On a disk of its own (a file system in memory, in a name space of its own) a day is lived again and
again, each time with one page more room than before, until the whole day has room. What is refused
is refused in words; everything that was said to be saved is there then, and after the next opening;
with room again the day goes on, and at a lock the reserve's room takes the last words. Needs Linux.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.vault import Event, Vault, change_passphrase, rekey
from desktop.vault.errors import DiskFailed, DiskFull
from sync.contract.messages import DevicePolicy, Lease
from tests.desktop.vault.making import (
    BEGUN,
    CHEAP,
    DEVICE,
    PASSPHRASE,
    WORKER,
    Pen,
    allow_cheap_passphrases,
    make_vault,
    open_vault,
)

PAGE = 4096
NO_DISK = 77
"""The exit code where the system lets no user mount one."""
_MOUNT = 'mount -t tmpfs -o size=40m tmpfs {disk} || exit {none}; exec "$@"'

Step = Callable[[], object]


class Day:
    """One day in one vault on the small disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pen = folder, Pen()
        self.said: dict[str, str] = {}
        """Change to its words, as the vault said that it has them."""
        self.kept: dict[str, bytes] = {}

    def steps(self, vault: Vault) -> Iterator[Step]:
        """Each is one thing that writes."""
        pen = self.pen
        yield lambda: pen.begin(vault)
        for number in range(3):
            yield partial(self._write, vault, f"Visit {number}. We talked. " * 60)
            yield vault.seal_all
            yield partial(self._keep, vault, bytes([number]) * 9_000)
            yield lambda: vault.note(Event("opened", pen.family))
            yield partial(vault.remember, "place", {"page": number, "of": "x" * 500})
            yield vault.keep_sealed

    def steps_when_closed(self) -> tuple[Step, ...]:
        """The same, of a vault that nobody has open."""
        old, new = bytearray(PASSPHRASE), bytearray(PASSPHRASE)
        return (
            lambda: change_passphrase(self.folder, old, new, cost=CHEAP),
            lambda: rekey(self.folder, bytearray(PASSPHRASE)),
        )

    def _write(self, vault: Vault, words: str) -> None:
        change = self.pen.change({"/note/what": words})
        vault.write(change)
        self.said[change.id] = words

    def _keep(self, vault: Vault, content: bytes) -> None:
        self.kept[vault.keep(content, "image/png")] = content

    def look(self, vault: Vault) -> None:
        """Raises AssertionError, or what the vault raises."""
        vault.check()
        assert vault.missing_saves == 0
        here = {c.id: c.answers["/note/what"].answer.value for c in vault.changes(self.pen.record)}
        assert here == self.said, "not what it said was saved"
        for name, content in self.kept.items():
            assert vault.attachment(name) == content


def lived(made: Path, disk: Path, room: int) -> str:
    """A day with ``room`` bytes free: the step that was refused, or ``whole``."""
    folder, filler = disk / "vault", disk / "holiday.mp4"
    shutil.rmtree(folder, ignore_errors=True)
    filler.unlink(missing_ok=True)
    shutil.copytree(made, folder)
    day, vault = Day(folder), open_vault(folder)
    _leave(disk, filler, room)
    refused = _until_refused(day.steps(vault))
    vault.close()
    if not refused:
        refused = _until_refused(day.steps_when_closed(), "closed ")
    vault = open_vault(folder)  # still full
    day.look(vault)
    if vault.release_reserve():
        vault.seal_all()
    filler.unlink()
    if not day.said:
        day.pen = Pen().begin(vault)
    day._write(vault, "The disk has room again.")
    vault.seal_all()
    vault.close()
    vault = open_vault(folder)
    day.look(vault)
    vault.close()
    return refused or "whole"


def _until_refused(steps: Iterable[Step], when: str = "") -> str:
    """Which step was refused, in words; blank if none was."""
    for number, step in enumerate(steps):
        try:
            step()
        except (DiskFull, DiskFailed):
            return f"{when}step {number}"
    return ""


def _leave(disk: Path, filler: Path, room: int) -> None:
    """Fill the disk until only this much of it is free."""
    free = os.statvfs(disk)
    with filler.open("wb") as film:
        os.posix_fallocate(film.fileno(), 0, free.f_bavail * free.f_frsize - room)


def on(disk: Path, chosen: argparse.Namespace) -> int:
    """Live the day with every room there is, or some of them."""
    allow_cheap_passphrases()
    made = make_vault(disk.parent / "made", CHEAP)
    _with_a_council(made)
    rooms: Sequence[int] = range(0, chosen.pages * PAGE, PAGE)
    if chosen.most:
        rooms = sorted(random.Random(chosen.seed).sample(rooms, chosen.most))
    ended: Counter[str] = Counter()
    for room in rooms:
        try:
            ended[lived(made, disk, room)] += 1
        except AssertionError as error:
            sys.stdout.write(f"{room // PAGE} pages: {error}\n")
            ended["WRONG"] += 1
    refused = sum(ended.values()) - ended["whole"] - ended["WRONG"]
    sys.stdout.write(
        f"{len(rooms)} days: {refused} refused at {len(ended.keys() - {'whole', 'WRONG'})}"
        f" different steps, {ended['whole']} whole, {ended['WRONG']} wrong\n"
    )
    return 1 if ended["WRONG"] else 0


def _with_a_council(made: Path) -> None:
    """So that unsent work is sealed for somebody."""
    vault = open_vault(made)
    key = base64.b64encode(X25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    lease = {"device": DEVICE, "worker": WORKER.id, "role": "worker", "at": BEGUN}
    vault.replica.keep_lease(
        Lease(**lease, policy=DevicePolicy(), escrow_key=key, signature="")  # type: ignore[arg-type]
    )
    vault.close()


def main(arguments: Sequence[str]) -> int:
    """Find a disk, and fill it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500, help="of room at most, 4 kB each")
    parser.add_argument("--most", type=int, help="so many of all, chosen by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.on:
        return on(chosen.on, chosen)
    with tempfile.TemporaryDirectory() as place:
        disk = Path(place) / "disk"
        disk.mkdir()
        return subprocess.run(
            [
                *("unshare", "--user", "--map-root-user", "--mount", "sh", "-c"),
                *(
                    _MOUNT.format(disk=disk, none=NO_DISK),
                    "sh",
                    sys.executable,
                    "-m",
                    "tests.security.full_disk",
                ),
                *(*arguments, "--on", str(disk)),
            ],
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
