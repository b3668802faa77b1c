"""Where libraries put what they write in passing: a folder that goes when the process does.

Printing needs one on Linux and macOS: CUPS takes its pages, in plain, from a file, and a lock or a
crash in the middle of it leaves that behind. So it lies in memory where the system has such a
place, and the small parent, which outlives the process, removes it whatever became of that.
Windows prints without a file of ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

IN_MEMORY = ("XDG_RUNTIME_DIR", "/dev/shm")  # noqa: S108  the folder in it is ours alone
_BEGINS = "your-family-"


@contextmanager
def folder_for_passing_files() -> Iterator[None]:
    """For processes that are started meanwhile, ``TMPDIR`` is a folder that is gone afterwards."""
    place = None if sys.platform == "win32" else _made()
    before = os.environ.get("TMPDIR")
    if place is not None:
        os.environ["TMPDIR"] = str(place)
    try:
        yield
    finally:
        if place is not None:
            _restore(before)
            _remove(place)


def _made() -> Path | None:
    """A folder of this user alone, in memory if there is such a place; None: leave it as it is."""
    runtime, shared = IN_MEMORY
    for base in (os.environ.get(runtime), shared, os.environ.get("TMPDIR"), "/tmp"):  # noqa: S108
        with suppress(OSError):
            if base:
                _remove_left_over(Path(base))
                place = Path(base) / f"{_BEGINS}{os.getpid()}-{os.urandom(8).hex()}"
                place.mkdir(mode=0o700)
                return place
    return None


def _remove_left_over(base: Path) -> None:
    """What a parent left that was killed itself."""
    for place in base.glob(f"{_BEGINS}*-*"):
        owner = place.name.removeprefix(_BEGINS).partition("-")[0]
        if owner.isdecimal() and place.stat().st_uid == os.getuid() and not _runs(int(owner)):
            _remove(place)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(place: Path) -> None:
    import shutil  # only now: the parent is to be small, and the program soon there

    shutil.rmtree(place, ignore_errors=True)


def _restore(before: str | None) -> None:
    os.environ.pop("TMPDIR")
    if before is not None:
        os.environ["TMPDIR"] = before
