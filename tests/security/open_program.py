"""The program in use, for tests that look at it from outside: ``open_program FOLDER RECORD``.

It is started as ``your-family`` starts it: by the small parent, which shows the unlock page anew
when it has locked. It unlocks, opens the record, copies its words, says ``ready PID``, and then
does as it is told: ``hang`` (printer and network), ``lock``, ``sleep`` (as the machine says it).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import desktop.__main__ as parent


def main(laptop: Sequence[str]) -> int:
    """The parent: the first program has a user, the one after the lock is the real one."""
    real, started = parent._run, [0]

    def run(arguments: Sequence[str]) -> int:
        started[0] += 1
        if started[0] == 1:
            user = [sys.executable, "-m", "tests.security.program_user", *laptop]
            return subprocess.run(user, check=False).returncode
        sys.stdout.write(f"again {os.getpid()}\n")
        sys.stdout.flush()
        return real(arguments)

    parent._run = run
    return parent.keep_open(["--folder", laptop[0]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
