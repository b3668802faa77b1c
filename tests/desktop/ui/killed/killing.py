"""Kill the program while somebody types, open the vault, and compare it with the key log."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from forms.records.heads import Heads
from tests.desktop.ui.killed.child import PATH
from tests.desktop.vault.making import open_vault

MAY_BE_GONE = 1.5
TYPES_AT_MOST = 6.0


@dataclass(frozen=True)
class Killed:
    """One kill. ``gone`` is how old the oldest key is that is not in the vault, in seconds."""

    typed: int
    kept: int
    said_saved: int
    gone: float
    is_what_was_typed: bool

    @property
    def is_kept(self) -> bool:
        """True if nothing is gone that may not be."""
        is_recent = self.gone <= MAY_BE_GONE
        return self.is_what_was_typed and self.kept >= self.said_saved and is_recent


def kill_once(folder: Path, seed: int) -> Killed:
    """Start, let it type, kill -9 at a chosen moment, and look."""
    command = [sys.executable, "-m", "tests.desktop.ui.killed.child", str(folder), str(seed)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    record = ""
    for line in child.stdout:
        if line.startswith("record "):
            record = line.split()[1]
            break
    time.sleep(random.Random(seed).uniform(0.5, TYPES_AT_MOST))
    os.kill(child.pid, signal.SIGKILL)
    killed_at = time.monotonic()
    rest = child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    keys = [line.split(" ", 2)[1:] for line in rest if line.startswith("key ")]
    saved = [int(line.split()[1]) for line in rest if line.startswith("saved ")]
    typed = "".join(_letter(letter) for _, letter in keys)
    kept = _kept(folder, record)
    missing = [float(at) for at, _ in keys[len(kept) :]]
    return Killed(
        len(typed),
        len(kept),
        max(saved, default=0),
        killed_at - missing[0] if missing else 0.0,
        typed.startswith(kept),
    )


def _letter(told: str) -> str:
    return told[1:-1]


def _kept(folder: Path, record: str) -> str:
    vault = open_vault(folder)
    try:
        return Heads(vault.changes(record)).current(PATH).value
    finally:
        vault.close()
