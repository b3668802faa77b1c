"""Coming back from a blank window: the short PIN, and the passphrase while none is chosen.

Runs in the vault lane. The same PIN leads out of the view that is shared with a family.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.vault import Event, Vault, confirm_passphrase
from desktop.vault.pin import PinVerifier

TRIES = 3
"""After so many wrong ones in a row the program locks."""

SHORTEST, LONGEST = 4, 8
_VERIFIER = "hide pin"
_RUNS = ("01234567890", "09876543210")


class PinTooEasy(Exception):
    """What was chosen is no PIN, or one that is tried first."""

    title = "Choose another PIN"
    message = (
        f"A PIN has {SHORTEST} to {LONGEST} digits. Not one digit repeated, and not digits in a "
        "row such as 1234: those are tried first."
    )


@dataclass(frozen=True, slots=True)
class PinChecked:
    """What a try came to. ``tries_left`` 0: lock now."""

    right: bool
    tries_left: int = TRIES

    @property
    def must_lock(self) -> bool:
        """True once too many were wrong: whoever tries next needs the passphrase."""
        return not self.right and self.tries_left == 0


@dataclass(slots=True)
class Hiding:
    """One sitting's PIN. Wrong tries are counted until a right one; a lock begins anew."""

    vault: Vault
    folder: Path
    _wrong: int = 0

    @property
    def has_pin(self) -> bool:
        """Whether one was chosen."""
        return self._verifier() is not None

    def choose_pin(self, pin: str) -> None:
        """Keep a PIN; it counts from now on. Raises PinTooEasy."""
        if is_too_easy(pin):
            raise PinTooEasy
        self.vault.remember(_VERIFIER, asdict(PinVerifier.of(pin)))
        self.vault.note(Event("pin chosen"))

    def check_pin(self, pin: str) -> PinChecked:
        """Whether this is the PIN; wrong if none was chosen. After the third wrong one: lock."""
        if self._wrong >= TRIES:
            return PinChecked(False, 0)
        self._wrong += 1
        verifier = self._verifier()
        if verifier is not None and verifier.tells(pin):
            self._wrong = 0
            return PinChecked(True)
        if self._wrong == TRIES:
            self.vault.note(Event("locked after wrong PINs", count=TRIES))
        return PinChecked(False, TRIES - self._wrong)

    def check_passphrase(self, passphrase: bytearray) -> None:
        """Make sure that the worker is there, where no PIN was chosen or more is asked.

        The caller erases ``passphrase``. Raises WrongPassphrase, TooManyTries, KeyFileDamaged.
        """
        confirm_passphrase(self.folder, passphrase)

    def check_worker(self, typed: bytearray) -> PinChecked:
        """As `check_pin` for what looks like the PIN that was chosen, else the passphrase's check.

        Raises as `check_passphrase`. The caller erases ``typed``.
        """
        words = typed.decode(errors="replace")
        if self.has_pin and words.isdigit() and SHORTEST <= len(words) <= LONGEST:
            return self.check_pin(words)
        self.check_passphrase(typed)
        return PinChecked(True)

    def _verifier(self) -> PinVerifier | None:
        kept = self.vault.recall(_VERIFIER)
        return PinVerifier(**kept) if isinstance(kept, dict) else None


def is_too_easy(pin: str) -> bool:
    """True for what is not 4 to 8 digits, one digit repeated, or digits in a row."""
    is_pin = pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST
    return not is_pin or len(set(pin)) == 1 or any(pin in run for run in _RUNS)
