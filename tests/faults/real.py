"""``python -m tests.faults.real``: vaults, HTTP, a database, and a proxy that cuts at a byte.

With ``--database`` (or YOUR_FAMILY_TEST_POSTGRESQL) a PostgreSQL that it may empty, else SQLite.
An exchange of 200 KB is cut at each ``--every`` bytes, going up and coming down. Then laptops and
EHM are killed ``--kills`` times, in turn, while they write and sync. Says what ran; exits with an
assertion's words if anything was lost, doubled or half there.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from sync.ehm import devices, families, people, schema
from sync.ehm.app import create_app, utc_now
from sync.ehm.server import listen, serve
from sync.ehm.store import Store
from tests.faults.cutting_proxy import CuttingProxy, cutting_proxy
from tests.faults.vault_laptop import READY, Owner, VaultLaptop, make_laptop, write_and_sync

PROCESSES = get_context("forkserver")
EXCHANGE = 200_000
LOOKS = 25
"""After so many kills all is compared."""


def serve_ehm(database: str, port: int, ledger: Path, ready: Path) -> None:
    """The EHM's process."""
    app = create_app(database, ledger=ledger)
    serve(app, listen("127.0.0.1", port), ready)


class Stack:
    """One EHM, two workers' laptops, and the proxy between."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.port = 0
        self.start_ehm()
        self.store = Store(database)
        self.url = f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.ehm.kill()
        self.ehm.join()
        self.store.close()

    def start_ehm(self) -> None:
        """Waits until it answers."""
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        given = (self.database, self.port, self.folder / "erasures", ready)
        self.ehm: ForkServerProcess = PROCESSES.Process(target=serve_ehm, args=given, daemon=True)
        self.ehm.start()
        until = time.monotonic() + 120
        while not ready.exists():
            assert time.monotonic() < until, "the EHM did not start"
            assert self.ehm.exitcode is None, "the EHM ended at its start"
            self.ehm.join(0.02)
        self.port = int(ready.read_text())

    def kill_ehm(self) -> None:
        """As a power cut would, and starts it again."""
        os.kill(self.ehm.pid or 0, signal.SIGKILL)
        self.ehm.join()
        self.start_ehm()

    def worker(self, name: str) -> str:
        with self.store.writing() as connection:
            return people.add(connection, name)

    def laptop(self, name: str) -> Owner:
        """Of a new worker."""
        return self.laptop_of(self.worker(name), name)

    def laptop_of(self, worker: str, name: str) -> Owner:
        with self.store.writing() as connection:
            code = devices.enrol_code(connection, worker, utc_now())
        return make_laptop(self.url, self.folder / name, code)

    def give(self, owner: Owner, family: str) -> None:
        with self.store.writing() as connection:
            families.give(connection, owner.worker, family)

    def take_away(self, owner: Owner, family: str) -> None:
        with self.store.writing() as connection:
            families.take_away(connection, owner.worker, family)

    def has(self, family: str) -> Counter[str]:
        """How often each change of a family is in history."""
        entry = schema.entry.c
        with self.store.reading() as connection:
            rows = connection.execute(
                select(entry.ref).where(entry.family == family, entry.kind == "change")
            )
            return Counter(rows.scalars())


@contextmanager
def stack(database: str) -> Iterator[Stack]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with closing(Stack(database or f"sqlite:///{folder}/ehm.db", folder)) as running:
            yield running


def cut_everywhere(running: Stack, every: int) -> int:
    """Each place of an exchange both ways; how many cuts were made."""
    with cutting_proxy(running.url) as (proxy, address):
        here, there = (VaultLaptop(running.laptop(name), address) for name in ("priya", "tom"))
        with closing(here), closing(there):
            for place in range(every, EXCHANGE + 1, every):
                _cut_at(running, proxy, here, there, place)
        return proxy.cuts


def _cut_at(
    running: Stack, proxy: CuttingProxy, here: VaultLaptop, there: VaultLaptop, place: int
) -> None:
    family, record = here.begin()
    letters = random.Random(place)
    for number in range(10):
        here.save(family, record, f"/note/q{number}", letters.randbytes(9_000).hex())
    drawing = here.vault.keep(letters.randbytes(120_000), "image/png")
    here.save(family, record, "/voice/drawing", drawing)
    _survives(here, proxy, place)
    running.give(there.owner, family)
    _survives(there, proxy, place)
    written = here.holds(family)
    assert there.holds(family) == written, place
    assert running.has(family) == Counter(written.keys()), place
    assert there.vault.attachment(drawing) == here.vault.attachment(drawing), place
    for laptop in (here, there):
        running.take_away(laptop.owner, family)
        laptop.sync_until_checked()
        assert laptop.holds(family) == {}, place


def _survives(laptop: VaultLaptop, proxy: CuttingProxy, place: int) -> None:
    cuts = proxy.cuts
    proxy.cut_after(place)
    outcome = laptop.sync()
    assert proxy.cuts == cuts + 1, (place, "the exchange was too short to cut here")
    assert outcome.trouble is not None, place
    laptop.sync_until_checked()
    assert laptop.vault.replica.waiting().changes == 0, place


def kill_again_and_again(running: Stack, kills: int, seed: int) -> int:
    """Laptop and EHM in turn; how many saves were made."""
    chance, saves = random.Random(seed), 0
    writer, reader = (running.laptop(name) for name in ("aoife", "ben"))
    for first in range(0, kills, LOOKS):
        with closing(VaultLaptop(writer)) as laptop:
            family, record = laptop.begin()
            laptop.sync_until_checked()
        running.give(reader, family)
        journal = set[str]()
        for kill in range(first, min(first + LOOKS, kills)):
            journal |= _killed(running, writer, family, record, chance, kill % 2 == 0)
        _all_is_there(running, writer, reader, family, journal)
        saves += len(journal)
        _say(f"{min(first + LOOKS, kills)} kills, {saves} saves")
    return saves


def _killed(
    running: Stack, owner: Owner, family: str, record: str, chance: random.Random, of_laptop: bool
) -> set[str]:
    """One kill; the changes that the worker was told are saved."""
    hears, says = PROCESSES.Pipe(duplex=False)
    given = (owner, family, record, says)
    program = PROCESSES.Process(target=write_and_sync, args=given, daemon=True)
    program.start()
    says.close()
    assert hears.poll(120), "the laptop did not start"
    assert hears.recv() == READY
    time.sleep(chance.random() * 0.6)
    if not of_laptop:
        running.kill_ehm()
        time.sleep(chance.random() * 0.2)
    os.kill(program.pid or 0, signal.SIGKILL)
    program.join()
    return set(_heard(hears))


def _heard(hears: Connection) -> Iterator[str]:
    with closing(hears):
        while True:
            try:
                yield hears.recv()
            except (EOFError, OSError):
                return


def _all_is_there(
    running: Stack, writer: Owner, reader: Owner, family: str, journal: set[str]
) -> None:
    with closing(VaultLaptop(writer)) as here, closing(VaultLaptop(reader)) as there:
        assert here.vault.missing_saves == 0
        here.vault.check()
        here.sync_until_checked()
        there.sync_until_checked()
        kept = here.holds(family)
        assert journal <= kept.keys(), "a save was lost"
        assert there.holds(family) == kept
        assert running.has(family) == Counter(kept.keys())
        for laptop in (here, there):
            running.take_away(laptop.owner, family)
            laptop.sync_until_checked()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.real", description=__doc__)
    parser.add_argument("--database", default=os.environ.get("YOUR_FAMILY_TEST_POSTGRESQL", ""))
    parser.add_argument("--every", type=int, default=1_000, help="bytes; 0: no cuts")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    PROCESSES.set_forkserver_preload(["tests.faults.real"])
    with stack(chosen.database) as running:
        began = time.monotonic()
        if chosen.every:
            cuts = cut_everywhere(running, chosen.every)
            _say(f"{cuts} cuts in {time.monotonic() - began:.0f} seconds: nothing lost")
        began = time.monotonic()
        saves = kill_again_and_again(running, chosen.kills, chosen.seed)
        took = time.monotonic() - began
        _say(f"{chosen.kills} kills, {saves} saves in {took:.0f} seconds: nothing lost")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
