"""Every page of a store and every frame of its log, damaged: ``python -m tests.security.flips``.

The vault is as a kill leaves it: some saves in the store, the last ones in the log alone. In a copy
of it a byte is flipped, several bytes of one page, or a page is emptied; then it is opened with its
passphrase. It must be refused, or say that something is damaged or missing; or everything must be
there. Whatever can be read is what was written: never garbage, and nothing gone without a word.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.vault import Vault
from desktop.vault.errors import VaultError
from desktop.vault.store import PAGE_BYTES
from forms.records.change import Change
from tests.desktop.vault.making import CHEAP, Pen, allow_cheap_passphrases, make_vault, open_vault

STORE, LOG = "vault.db", "vault.db-wal"
LOG_HEADER, FRAME_HEADER = 32, 24
IN_THE_STORE, IN_THE_LOG = 30, 6
"""Changes."""


@dataclass(frozen=True)
class Harm:
    """Bytes of one file that become others."""

    file: str
    places: tuple[int, ...]
    emptied: bool = False

    def do(self, folder: Path) -> None:
        """Damage the file."""
        path = folder / self.file
        content = bytearray(path.read_bytes())
        for place in self.places:
            content[place] = 0 if self.emptied else content[place] ^ (1 << place % 8)
        path.write_bytes(content)


@dataclass(frozen=True)
class Left:
    """What a kill leaves: a folder, and what was said to be saved in it."""

    folder: Path
    record: str
    said: tuple[Change, ...]

    def harms(self, chance: random.Random, bytes_a_page: int) -> Iterator[Harm]:
        """All of them, page by page and frame by frame."""
        store = (self.folder / STORE).stat().st_size
        log = (self.folder / LOG).stat().st_size
        for place in range(LOG_HEADER):
            yield Harm(LOG, (place,))
        frame = FRAME_HEADER + PAGE_BYTES
        regions = [
            *((STORE, at, at, PAGE_BYTES) for at in range(0, store, PAGE_BYTES)),
            *((LOG, at, at + FRAME_HEADER, frame) for at in range(LOG_HEADER, log, frame)),
        ]
        for file, begin, content, size in regions:
            end = begin + size
            in_head = chance.randrange(begin, max(content, begin + 16))
            in_page = [chance.randrange(content, end) for _ in range(bytes_a_page)]
            its_code = end - chance.randrange(1, 81)
            for place in (in_head, *in_page, its_code):
                yield Harm(file, (place,))
            yield Harm(file, tuple(chance.sample(range(begin, end), 5)))
            yield Harm(file, tuple(range(content, end)), emptied=True)


def leave(place: Path) -> Left:
    """A vault with saves in its store and in its log."""
    folder, pen = make_vault(place / "vault", CHEAP), Pen()
    vault = open_vault(folder)
    pen.begin(vault)
    for n in range(IN_THE_STORE):
        _say(vault, pen, n)
    vault.close()
    vault = open_vault(folder)
    for n in range(IN_THE_LOG):
        _say(vault, pen, IN_THE_STORE + n)
    said = tuple(vault.changes(pen.record))
    left = Path(shutil.copytree(folder, place / "left"))
    vault.close()
    for each in ("vault.db-shm", "reserve"):
        (left / each).unlink(missing_ok=True)
    return Left(left, pen.record, said)


def _say(vault: Vault, pen: Pen, number: int) -> None:
    vault.write(pen.change({f"/note/q{number}": f"What was said, number {number}. " * 40}))
    vault.seal_all()


def outcome(left: Left, harm: Harm | None, place: Path) -> str:
    """``refused``, ``reported`` or ``all there``. AssertionError: garbage, or gone unsaid."""
    folder = Path(shutil.copytree(left.folder, place / "harmed"))
    try:
        if harm is not None:
            harm.do(folder)
        try:
            vault = open_vault(folder)
        except VaultError:
            return "refused"
        try:
            return _looked_at(vault, left)
        except VaultError:
            return "reported"
        finally:
            vault.close()
    finally:
        shutil.rmtree(folder)


def _looked_at(vault: Vault, left: Left) -> str:
    read = vault.changes(left.record)
    pairs = zip(read, left.said, strict=False)  # the last of them may not be sealed yet
    assert all((one.id, one.answers) == (said.id, said.answers) for one, said in pairs), "garbage"
    vault.check()
    if vault.missing_saves:
        return "reported"
    assert len(read) == len(left.said), "gone without a word"
    return "all there"


def main(arguments: Sequence[str]) -> int:
    """Damage it; says how often it was refused, reported, or all there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=4, help="single ones of each page")
    parser.add_argument("--most", type=int, help="so many of all, chosen by chance")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    allow_cheap_passphrases()
    chance, found = random.Random(chosen.seed), Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        left = leave(place)
        assert outcome(left, None, place) == "all there"
        harms = list(left.harms(chance, chosen.bytes))
        for harm in chance.sample(harms, chosen.most) if chosen.most else harms:
            try:
                found[harm.file, outcome(left, harm, place)] += 1
            except AssertionError as error:
                sys.stdout.write(f"{harm.file} at {harm.places[:5]}: {error}\n")
                found[harm.file, "WRONG"] += 1
    for (file, what), count in sorted(found.items()):
        sys.stdout.write(f"{file:<14} {count:5} {what}\n")
    return 1 if any(what == "WRONG" for _, what in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
