"""The program in use, for tests that look at it from outside: ``open_program FOLDER RECORD``.

It is started as ``your-family`` starts it: by the small parent, which shows the unlock page anew
when it has locked. It unlocks, opens the record, copies its words, says ``ready PID``, and then
does as it is told: ``hang`` (printer and network), ``lock``, ``sleep`` (as the machine says it).
The parent says ``again PID`` before it starts the next one, and that one ``painted PID``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import desktop.__main__ as parent


def say(word: str) -> None:
    """Who this is, and how far."""
    sys.stdout.write(f"{word} {os.getpid()}\n")
    sys.stdout.flush()


def _until_painted(arguments: Sequence[str]) -> None:
    from desktop.app import Program
    from desktop.app import main as run_the_program
    from tests.budgets.first_paint import FirstPaint

    begin = Program.start

    def start(self: Program) -> None:
        begin(self)
        FirstPaint(self.window, lambda: say("painted"))

    Program.start = start  # type: ignore[method-assign]
    run_the_program(arguments)


def main(laptop: Sequence[str]) -> int:
    """The parent: the first program has a user, the one after the lock is the real one."""
    real, started = parent._run, [0]

    def run(arguments: Sequence[str]) -> int:
        started[0] += 1
        if started[0] == 1:
            user = [sys.executable, "-m", "tests.security.program_user", *laptop]
            return subprocess.run(user, check=False).returncode
        say("again")
        return real(arguments)

    parent._run, parent._program = run, _until_painted
    return parent.keep_open(["--folder", laptop[0]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
