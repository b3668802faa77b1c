"""Visit mode: the laptop lies open between people for longer, until the visit ends by itself.

When it ends is kept beside the vault, not in it: the unlock page must know that the laptop may be
in a family's home, where a passphrase is not shown. The file says a time and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.services.clock import Clock

_FILE = "visit"
_LONGEST_FILE = 64


@dataclass(frozen=True, slots=True)
class Visiting:
    """Whether a visit is on.

    ``longest`` says the council's limit as it is now: no clock or file makes a visit longer.
    """

    folder: Path
    clock: Clock
    longest: Callable[[], timedelta] = lambda: timedelta(hours=3)

    def begin(self) -> datetime:
        """The worker has arrived; when the visit ends by itself."""
        ends = self.clock.now() + self.longest()
        with suppress(OSError):  # on a full disk the visit lasts until the next lock
            (self.folder / _FILE).write_text(ends.isoformat(), "ascii")
        return ends

    def end(self) -> None:
        """The worker has left."""
        with suppress(OSError):
            (self.folder / _FILE).unlink(missing_ok=True)

    def ends(self) -> datetime | None:
        """When the visit that is on ends; None if none is on."""
        now = self.clock.now()
        with suppress(OSError, ValueError):
            with (self.folder / _FILE).open("rb") as file:
                ends = datetime.fromisoformat(file.read(_LONGEST_FILE).decode("ascii"))
            if ends.tzinfo is not None and now < ends <= now + self.longest():
                return ends
        return None
