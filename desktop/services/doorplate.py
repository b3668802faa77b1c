"""What must be known of a laptop before it is unlocked: which device, of which council.

It lies beside the vault as it must be read without a passphrase: to ask for orders, and to ask for
a recovery. It holds no secret and no name. Unlocking writes it anew from what the vault holds.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

DOORPLATE = "device.json"
_LONGEST_FILE = 4_096


@dataclass(frozen=True, slots=True)
class Doorplate:
    """``signing_key`` is the council's public key, base64."""

    server: str
    device: str
    signing_key: str


def read_doorplate(folder: Path) -> Doorplate | None:
    """The doorplate of this folder; None if there is none that can be read."""
    with suppress(OSError, ValueError, TypeError), (folder / DOORPLATE).open("rb") as file:
        return Doorplate(**json.loads(file.read(_LONGEST_FILE)))
    return None


def write_doorplate(folder: Path, doorplate: Doorplate) -> None:
    """Put it up, if it does not hang there already."""
    if read_doorplate(folder) == doorplate:
        return
    with suppress(OSError):  # a full disk must keep nobody out; the next unlock tries again
        (folder / DOORPLATE).write_text(json.dumps(asdict(doorplate)), "ascii")
