"""Whether this laptop was enrolled: asked before anything of the vault is imported."""

from __future__ import annotations

from pathlib import Path


def is_enrolled(folder: Path) -> bool:
    """True if a vault was made here whole: its key file, written last, is there."""
    return (folder / "key.json").exists()


def was_wiped(folder: Path) -> bool:
    """True if the council has wiped this laptop and has not got the receipt yet."""
    return (folder / "wipe.json").exists()
