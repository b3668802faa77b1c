"""Killed at random moments of all that writes: ``python -m tests.security.kills --kills 200``.

One vault lives through it all: while words are written and sealed, while it takes a step of its
schema, while it gets a new key, and while families are purged, the process that does it is killed
(SIGKILL). After each kill the vault must open and be sound, hold every word that it said was
saved, hold every family whole or not at all, and none that it said was removed. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from desktop.vault import opening, rekey
from desktop.vault.schema import all_steps
from sync.contract.changes import to_wire
from sync.contract.messages import ChangeItem, FamilyItem, FeedPage, Head, Item
from tests.desktop.vault.making import (
    BEGUN,
    CHEAP,
    PASSPHRASE,
    Pen,
    allow_cheap_passphrases,
    make_vault,
    open_vault,
)

JOBS = ("write", "migrate", "rekey", "purge")
LONGEST_SECONDS = {"write": 0.3, "migrate": 0.12, "rekey": 0.12, "purge": 0.06}
FAMILIES, CHANGES = 8, 5
_HEAD = Head(epoch="e", seq=1, hash="h")
_STEP = """CREATE TABLE later_{n} (place INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT;
INSERT INTO later_{n} SELECT place, hex(randomblob(200)) FROM change;
DROP TABLE IF EXISTS later_{before};"""

Say = Callable[[str], None]


@dataclass
class Ordeal:
    """One vault, what it said was done, and what became of it."""

    folder: Path
    chance: random.Random
    family: str = ""
    acknowledged: dict[str, str] = field(default_factory=dict)
    """Change to its words."""
    theirs: dict[str, set[str]] = field(default_factory=dict)
    """Family that came from the centre to its changes."""
    removed: set[str] = field(default_factory=set)
    steps: list[str] = field(default_factory=lambda: list(all_steps()))
    killed: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Make the vault."""
        make_vault(self.folder, CHEAP)
        setattr(opening, "all_steps", lambda: tuple(self.steps))  # noqa: B010 - not exported
        vault = open_vault(self.folder)
        self.family = Pen().begin(vault).family
        vault.close()

    def round(self, job: str) -> None:
        """Do the job in a process of its own, kill that, and look at what is left."""
        if job == "purge":
            self._receive_families()
        elif job == "migrate":
            n = len(self.steps)
            self.steps.append(_STEP.format(n=n, before=n - 1))
        told = self._killed_at(job)
        for line in told:
            what, *about = line.split()
            if what == "written":
                self.acknowledged[about[0]] = _words(int(about[1]), about[2])
            elif what == "removed":
                self.removed.add(about[0])
        (self.finished if "done" in told else self.killed)[job] += 1
        self.look()

    def look(self) -> None:
        """Raises AssertionError, or what the vault raises, if anything is not as it was said."""
        vault = open_vault(self.folder)
        try:
            vault.check()
            assert vault.missing_saves == 0
            ours = vault.changes_of_family(self.family)
            here = {c.id: c.answers["/note/what"].answer.value for r in ours.values() for c in r}
            lost = [one for one, words in self.acknowledged.items() if here.get(one) != words]
            assert not lost, f"{len(lost)} of {len(self.acknowledged)} are lost"
            held = {row.id for row in vault.families()}
            assert not held & self.removed, "a family that was removed is back"
            for family, changes in self.theirs.items():
                records = vault.changes_of_family(family).values()
                left = {change.id for record in records for change in record}
                assert left == (changes if family in held else set()), "a family is in pieces"
            vault.seal_all()
        finally:
            vault.close()

    # --- inside ------------------------------------------------------------------------------

    def _killed_at(self, job: str) -> list[str]:
        """What the process said before it was killed, at a moment that chance has chosen."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                getattr(self, f"_{job}")(lambda line: os.write(writing, f"{line}\n".encode()))
                os.write(writing, b"done\n")
                signal.pause()
            finally:
                os._exit(1)
        os.close(writing)
        with os.fdopen(reading, "rb") as said:
            first = said.readline()
            if job == "write":
                first += said.readline()
            time.sleep(self.chance.uniform(0, LONGEST_SECONDS[job]))  # the moment of the kill
            os.kill(child, signal.SIGKILL)
            told = (first + said.read()).decode()
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"{job} failed by itself"
        return told.splitlines()

    def _write(self, say: Say) -> None:
        vault, pen = open_vault(self.folder), Pen(family=self.family)
        say("begun")
        while True:
            length, unlike = self.chance.randrange(6_000), str(time.monotonic_ns())
            change = pen.change({"/note/what": _words(length, unlike)})
            vault.write(change)
            say(f"written {change.id} {length} {unlike}")
            if self.chance.random() < 0.5:
                vault.seal_all()

    def _migrate(self, say: Say) -> None:
        say("begun")
        open_vault(self.folder).close()

    def _rekey(self, say: Say) -> None:
        say("begun")
        rekey(self.folder, bytearray(PASSPHRASE))

    def _purge(self, say: Say) -> None:
        vault = open_vault(self.folder)
        say("begun")
        for family in sorted(self.theirs.keys() - self.removed):
            vault.replica.remove_proved_family(family)
            say(f"removed {family}")
        vault.close()

    def _receive_families(self) -> None:
        vault = open_vault(self.folder)
        held = {row.id for row in vault.families()}
        self.theirs = {one: said for one, said in self.theirs.items() if one in held}
        for _ in range(FAMILIES):
            pen = Pen(author="tom")
            changes = [pen.change({f"/note/q{n}": "Said. " * 50}) for n in range(CHANGES)]
            listed = FamilyItem(family=pen.family, reference="YF", number="1", begun=BEGUN)
            items: tuple[Item, ...] = (
                listed,
                *(ChangeItem(change=to_wire(change)) for change in changes),
            )
            page = FeedPage(head=_HEAD, cursor="1", more=False, left=0, items=items)
            vault.replica.stage(page)
            vault.replica.show_next_families(monotonic)
            self.theirs[pen.family] = {change.id for change in changes}
        vault.close()


def _words(length: int, unlike: str) -> str:
    """Told by a short line: a long one could be cut off by the kill."""
    return "x" * length + unlike


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    allow_cheap_passphrases()
    with tempfile.TemporaryDirectory() as place:
        ordeal = Ordeal(Path(place) / "vault", random.Random(chosen.seed))
        ordeal.begin()
        for n in range(chosen.kills):
            ordeal.round(JOBS[n % len(JOBS)])
    for job in JOBS:
        tell(f"{job:<8} {ordeal.killed[job]:4} killed at it, {ordeal.finished[job]:3} just after")
    tell(
        f"{len(ordeal.acknowledged)} changes acknowledged, 0 lost; {len(ordeal.removed)} families"
        f" removed, 0 back, 0 in pieces; the store was sound {chosen.kills} times"
    )
    return 0


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
