"""Starts the jobs of ``child.py`` in forks of a program that has imported all they need.

Most of a kill would be the start of Python.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.desktop.vault import child

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([child.__name__])


@dataclass
class Child:
    """A process at its job, and what it says that it was told is done."""

    process: ForkServerProcess
    hears: Connection

    def first_word(self) -> str:
        """What it says first, awaited."""
        said: str = self.hears.recv()
        return said

    def kill(self) -> None:
        self.process.kill()

    def ended(self) -> int:
        """How it ended, awaited: 0, or the number of a signal below 0."""
        self.process.join(60)
        assert self.process.exitcode is not None
        return self.process.exitcode

    def said(self) -> list[str]:
        """What else it said until it ended."""
        lines = []
        with suppress(EOFError):
            while True:
                lines.append(self.hears.recv())
        return lines


def start(job: str, folder: Path, number: int = 0, given: str = "") -> Child:
    """Begin a job of ``child.py``; ``given`` is what that job needs besides the folder."""
    hears, tells = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=child.main, args=(job, folder, number, tells, given))
    process.start()
    tells.close()
    return Child(process, hears)
