"""The program in use, for tests that look at it from outside: ``open_program FOLDER RECORD``.

It is started as ``your-family`` starts it: by the small parent, which shows the unlock page anew
when it has locked. It unlocks, opens the record, copies its words, says ``ready PID``, and then
does as it is told: ``hang`` (printer and network), ``lock``, ``sleep`` (as the machine says it).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import desktop.__main__ as parent


def main(arguments: Sequence[str]) -> int:
    """The parent: the first program has a user, the one after the lock is the real one."""
    real, started = parent._run, [0]

    def run(command: Sequence[str]) -> int:
        started[0] += 1
        if started[0] == 1:
            return real([sys.executable, "-m", "tests.security.program_user", *arguments])
        sys.stdout.write(f"again {os.getpid()}\n")
        sys.stdout.flush()
        return real(command)

    parent._run = run
    return parent.keep_open(["--folder", arguments[0]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
