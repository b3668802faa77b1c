"""The text size and colours that a worker chose, remembered beside the vault: nobody's data.

It is read before unlocking, so it cannot be inside. A file that is missing or spoilt is no choice.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.ui.look.palettes import Theme

FILE = "look.json"
SCALES = (1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Look:
    """``text_scale`` is one of `SCALES`, over the machine's own text size."""

    theme: Theme = Theme.SYSTEM
    text_scale: float = 1.0


def read_look(folder: Path) -> Look:
    """What was chosen on this laptop; the machine's own look if nothing was."""
    try:
        words = (folder / FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return Look()
    import json  # only for whoever has chosen: the unlock page is shown the sooner

    try:
        kept = json.loads(words)
        scale = float(kept["text_scale"])
        return Look(Theme(kept["theme"]), scale if scale in SCALES else 1.0)
    except (ValueError, KeyError, TypeError):
        return Look()


def keep_look(folder: Path, look: Look) -> None:
    """Remember it; a full disk forgets it, and nothing else."""
    import json

    words = json.dumps({"theme": look.theme.value, "text_scale": look.text_scale})
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(words, encoding="utf-8")
