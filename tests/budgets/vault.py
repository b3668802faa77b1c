"""What the vault costs: ``python -m tests.budgets.vault [--families 40]``; stress: 5000.

Ratios of one run: each answer is saved to the vault and, in turn, by plain sqlite3 at the same
synchronous level into the same folder, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import math
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from desktop.services.clock import Clock
from desktop.services.unlocking import Services, open_services
from desktop.vault import confirm_passphrase
from desktop.vault.changes import Changes
from desktop.vault.passphrase import word_list
from desktop.vault.search import Search
from desktop.vault.state import State
from desktop.vault.store import Store
from desktop.vault.witness import Witness
from forms.authoring.pack import build_pack
from forms.pack import Pack
from forms.records.change import Change
from tests.desktop.vault.making import (
    CLOCK,
    PASSPHRASE,
    Pen,
    an_id,
    changes_of,
    make_vault,
    open_vault,
)
from tests.resources.shipped import RESOURCES

SAVE_RATIO = 1.5
UNLOCK_MS = 1_000
SEARCH_MS = 50
MEMORY_MB = 110
ANSWERS_A_FAMILY = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and what it may be."""

    name: str
    value: float
    budget: float

    @property
    def is_kept(self) -> bool:
        return self.value <= self.budget

    def __str__(self) -> str:
        kept = "within" if self.is_kept else "OVER"
        return f"{self.name:<44} {self.value:8.2f}   {kept} {self.budget:g}"


def _milliseconds(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return 1_000 * (time.perf_counter() - begun)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _fill(store: Store, families: int, version: str) -> str:
    """Families with ``ANSWERS_A_FAMILY`` answers each, as they would come from the EHM."""
    chance, words, changes = Random(5), word_list(), changes_of(store)
    family = ""
    for _ in range(families):
        family = an_id()
        said = [
            replace(
                Pen(family=family, author="tom").change(
                    {f"/visit_note/{n}": " ".join(chance.choices(words, k=9)) for n in range(10)}
                ),
                version=version,
            )
            for _ in range(ANSWERS_A_FAMILY // 10)
        ]
        changes.receive([(change, "0" * 64) for change in said])
    return family


def _unlocking(folder: Path) -> list[Figure]:
    """From the passphrase to the list, above the key's derivation; the first time and after."""
    deriving = _milliseconds(lambda: confirm_passphrase(folder, bytearray(PASSPHRASE)))
    found = []
    for when, budget in (("after a sync", math.inf), ("", UNLOCK_MS)):
        opened: list[Services] = []
        took = _milliseconds(partial(_open_and_list, folder, opened))
        opened[0].vault.close()
        name = f"unlock to families {when}, above deriving, ms".replace(" ,", ",")
        found.append(Figure(name, max(0.0, took - deriving), budget))
    return found


def _open_and_list(folder: Path, opened: list[Services]) -> None:
    opened.append(open_services(folder, bytearray(PASSPHRASE), Clock(CLOCK)))
    opened[0].families.list()


def _memory(folder: Path, family: str) -> Figure:
    """Of the real program in a process of its own, its window on a family's page."""
    command = [sys.executable, "-m", "tests.budgets.program_memory", str(folder), family]
    done = subprocess.run(
        command,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Figure("memory with a family open, MB", float(done.stdout), MEMORY_MB)


def _plain(folder: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE answer (id TEXT, path TEXT, value TEXT, PRIMARY KEY (id, path))")
    return plain


def _saving(store: Store, family: str, folder: Path) -> Figure:
    """A person types: the open change is rewritten, key by key, and sealed at the end."""
    changes, plain, ours, theirs = changes_of(store), _plain(folder), list[float](), list[float]()
    witness = Witness(store, State(store), folder / "saves")
    for sitting in range(120):
        pen = Pen(family=family)
        change = pen.change({"/note/what": ""})
        for n in range(8):
            text = f"Sitting {sitting}. " + "We talked about sleep. " * n
            longer = pen.change({"/note/what": text}, change_id=change.id)
            ours.append(_milliseconds(partial(_save, witness, changes, longer)))
            row = (change.id, "/note/what", text)
            theirs.append(
                _milliseconds(
                    partial(plain.execute, "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", row)
                )
            )
        changes.seal_all()
    plain.close()
    return Figure(
        "an answer saved, p95, times plain sqlite3", _p95(ours) / _p95(theirs), SAVE_RATIO
    )


def _save(witness: Witness, changes: Changes, change: Change) -> None:
    with witness.saving():
        changes.write(change)


def _searching(store: Store) -> Figure:
    search, words = Search(store), word_list()
    asked = [words[3], words[4][:2], f"{words[5]} {words[6]}", "zzz"]
    worst = max(min(_milliseconds(partial(search.families, w)) for _ in range(5)) for w in asked)
    return Figure("a search, ms", worst, SEARCH_MS)


def main(families: int) -> bool:
    """Measure, print, and say whether every budget was kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = make_vault(Path(name) / "vault")
        vault = open_vault(folder)
        pack = build_pack(RESOURCES)
        vault.keep_pack("1", pack)
        family = _fill(vault._store, families, Pack.read(pack).about("visit_note").version)
        vault.close()
        figures = [*_unlocking(folder), _memory(folder, family)]
        vault = open_vault(folder)
        figures += [_saving(vault._store, family, Path(name)), _searching(vault._store)]
        vault.close()
    for figure in figures:
        sys.stdout.write(f"{figure}\n")
    return all(figure.is_kept for figure in figures)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--families", type=int, default=40)
    sys.exit(0 if main(asked.parse_args().families) else 1)
