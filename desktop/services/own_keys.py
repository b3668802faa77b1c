"""The worker's own passphrase and PIN, chosen again: somebody may have seen them.

Runs in the vault lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.services.hiding import Hiding, PinTooEasy, is_too_easy
from desktop.vault import Event, Vault, change_passphrase, confirm_passphrase
from desktop.vault.passphrase import require_strength


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What opens one vault, and what leads back from its blank window."""

    vault: Vault
    folder: Path
    hiding: Hiding

    def change(self, old: bytearray, new: bytearray, pin: str) -> None:
        """Take another passphrase, another PIN, or both; what is empty stays as it was.

        ``old`` is asked for either: who sits down at an open laptop changes nothing. The caller
        erases both. Raises PassphraseTooEasy, PinTooEasy, WrongPassphrase, TooManyTries or another
        VaultError, and then nothing has changed.
        """
        if new:
            require_strength(new.decode())
        if pin and is_too_easy(pin):
            raise PinTooEasy
        if new:
            change_passphrase(self.folder, old, new, is_open=True)
            self.vault.note(Event("passphrase changed"))
        else:
            confirm_passphrase(self.folder, old)
        if pin:
            self.hiding.choose_pin(pin)
