"""Waiting after wrong passphrases: five tries are free, then 1, 2, 4 … 60 seconds. Never a wipe.

It slows a person at the keyboard; Argon2id slows one who has copied the files. The wait is measured
on the machine's own running time, which no setting of the clock changes; after a restart of the
machine, on the time since it started. A try is counted before it is made, so killing the program
gains nothing. The record has a fixed length and is overwritten in place: a full disk neither stops
the counting nor the unlocking.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.vault.errors import TooManyTries

FREE_TRIES = 5
LONGEST_WAIT = 60.0
_RECORD_BYTES = 64

RunningTime = Callable[[], float]


class Throttle:
    """The tries of one vault, kept in a file beside its key file."""

    def __init__(self, path: Path, running_time: RunningTime = time.monotonic) -> None:
        self._path = path
        self._running_time = running_time

    def seconds_to_wait(self) -> float:
        """How long until a try is taken; 0.0 if one is taken now."""
        tries, last = self._read()
        if tries < FREE_TRIES:
            return 0.0
        wait = min(2.0 ** min(tries - FREE_TRIES, 10), LONGEST_WAIT)
        now = self._running_time()
        passed = now - last if now >= last else now
        return max(0.0, wait - passed)

    def count_try(self) -> None:
        """Count a try as wrong before it is made. Raises TooManyTries if it comes too early."""
        seconds = self.seconds_to_wait()
        if seconds > 0:
            raise TooManyTries(seconds)
        tries, _ = self._read()
        self._write(tries + 1)

    def forgive(self) -> None:
        """The last try was right, or was no try: begin at nothing again."""
        self._write(0)

    def take_back(self) -> None:
        """The last try told nothing about the passphrase: do not count it."""
        tries, _ = self._read()
        self._write(max(0, tries - 1))

    def _read(self) -> tuple[int, float]:
        try:
            read = json.loads(self._path.read_bytes())
            return int(read["tries"]), float(read["last"])
        except FileNotFoundError:
            return 0, 0.0
        except (OSError, ValueError, TypeError, KeyError):
            return FREE_TRIES + 6, 0.0  # damaged: the longest wait from the machine's start

    def _write(self, tries: int) -> None:
        last = math.floor(self._running_time() * 10) / 10  # up would look like before a restart
        record = json.dumps({"tries": tries, "last": last})
        # Whoever can make this file unwritable can remove it too; the owner must not be shut out.
        with suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(record.ljust(_RECORD_BYTES).encode())
                file.flush()
                os.fsync(file.fileno())
