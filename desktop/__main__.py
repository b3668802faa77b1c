"""The ``your-family`` command: opens the program, or runs one of the office's commands.

Opening is this small process without data. It starts the one that holds the data, and starts it
anew when that one has locked, which is how locking forgets (security: lock is the process's end).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from desktop.exit_codes import LOCKED, NO_TURN
from desktop.passing_files import folder_for_passing_files

STOPPED_BY_ITSELF_AT_MOST = 3
"""After so many unexpected ends in a row without an unlock, starting again would not help."""

ENDED_BY_SOMEBODY = {-signal.SIGINT, -signal.SIGTERM}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the process's exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:2] == ["forms", "preview"]:
        from desktop.preview import main as preview

        return preview(given[2:])
    if given[:1] == ["vault"]:
        from desktop.vault_command import main as vault

        return vault(given[1:])
    if given[:1] == ["pack"]:
        from desktop.pack_command import main as pack

        return pack(given[1:])
    if given[:1] == ["forms"]:
        from forms.authoring.__main__ import main as author  # not on a worker's laptop

        return author(given)
    return keep_open(given)


def keep_open(arguments: Sequence[str]) -> int:
    """Run the program, again after each lock or crash, until the worker ends it."""
    unexpected = 0
    while True:
        after = ["--after-crash"] if unexpected else []
        with folder_for_passing_files():
            code = _run([*arguments, *after])
        if code == LOCKED:
            unexpected = 0
        elif code == NO_TURN or (code < 0 and code not in ENDED_BY_SOMEBODY):
            unexpected += 1
            if unexpected >= STOPPED_BY_ITSELF_AT_MOST:
                return 1
        else:
            return max(code, 0)


def _run(arguments: Sequence[str]) -> int:
    """Run the program in a process of its own; its exit code, or minus the signal that ended it."""
    return _forked(arguments) if sys.platform == "linux" else _spawned(arguments)


def _forked(arguments: Sequence[str]) -> int:
    """A fork has its Python already: the unlock page is there a tenth of a second sooner."""
    program = os.fork()
    if program == 0:
        _program(arguments)  # it never comes back
    try:
        return _end_of(program)
    except KeyboardInterrupt:
        os.kill(program, signal.SIGTERM)
        return _end_of(program)


def _program(arguments: Sequence[str]) -> None:
    from desktop.app import main

    main(arguments)


def _end_of(program: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])


def _spawned(arguments: Sequence[str]) -> int:
    """Windows cannot fork, and on macOS a fork may not open a window."""
    import subprocess

    command = [sys.executable, "-m", "desktop.app", *arguments]
    program = subprocess.Popen(command)  # noqa: S603  our own program, our own arguments
    try:
        return program.wait()
    except KeyboardInterrupt:
        program.terminate()
        return program.wait()


if __name__ == "__main__":
    sys.exit(main())
