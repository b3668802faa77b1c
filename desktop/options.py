"""How the program is started: what its command line asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop.ui.look.palettes import Theme


@dataclass(frozen=True, slots=True)
class Options:
    """How the program was started. ``demo_passphrase`` is shown on the unlock page of a demo."""

    folder: Path
    server: str = ""
    demo_passphrase: str = ""
    after_crash: bool = False
    theme: Theme = Theme.SYSTEM
    text_scale: float = 1.0


def read_options(arguments: Sequence[str]) -> Options:
    """What the command line asks for."""
    if not arguments:
        return Options(_usual_folder())  # every day: a parser takes longer to make than this
    parser = argparse.ArgumentParser(
        prog="your-family",
        description="Open the program on this laptop.",
        epilog="Other commands, each with --help: your-family forms, pack, vault.",
    )
    parser.add_argument("--folder", type=Path, help="where this laptop's vault is")
    parser.add_argument("--server", default="", help="the council's address, for the first start")
    parser.add_argument("--demo-passphrase", default="", help="shown on the unlock page")
    parser.add_argument("--after-crash", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--theme", choices=[t.value for t in Theme], default=Theme.SYSTEM.value)
    parser.add_argument("--text-scale", type=float, default=1.0, help="1 to 4")
    given = parser.parse_args(arguments)
    return Options(
        given.folder or _usual_folder(),
        given.server,
        given.demo_passphrase,
        given.after_crash,
        Theme(given.theme),
        given.text_scale,
    )


def _usual_folder() -> Path:
    """Never a roaming profile or a synced folder: there an encrypted store is spoilt."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "your-family"
