"""A vault on a small disk that fills up: ``python -m tests.desktop.vault.small_disk DISK``."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.vault import Vault, errors
from forms.records.change import Change
from tests.desktop.vault.making import (
    CHEAP,
    Pen,
    allow_cheap_passphrases,
    make_vault,
    open_vault,
)


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def _fill(disk: Path) -> None:
    with (disk / "holiday.mp4").open("wb", buffering=0) as film:
        while True:
            try:
                film.write(bytes(4096))
            except OSError:
                _say("filled")
                return


def _write_until_refused(vault: Vault, pen: Pen, change: Change) -> Change:
    """The open change as the vault took it last."""
    for times in range(1, 1_000):
        longer = pen.change({"/note/what": "Once. " * times}, change_id=change.id)
        try:
            vault.write(longer)
        except errors.DiskFull:
            _say("refused")
            break
        change = longer
    assert vault.changes(pen.record) == [change]
    return change


def main(disk: Path) -> None:
    """Fill the disk, be refused, release the reserve, seal, and find all of it sound."""
    allow_cheap_passphrases()
    folder = make_vault(disk / "vault", CHEAP)
    vault = open_vault(folder)
    pen = Pen().begin(vault)
    first = pen.change({"/note/what": "Once. "})
    vault.write(first)
    _fill(disk)
    last = _write_until_refused(vault, pen, first)
    assert vault.release_reserve()
    assert [change.answers for change in vault.seal_all()] == [last.answers]
    _say("sealed")
    _fill(disk)
    vault.close()
    vault = open_vault(folder)
    vault.check()
    assert [change.answers for change in vault.changes(pen.record)] == [last.answers]
    try:
        make_vault(disk / "another", CHEAP)
    except errors.DiskFull:
        _say("sound")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
