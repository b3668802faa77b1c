"""The worker's own passphrase and PIN, chosen again: somebody may have seen them.

Runs in the vault lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.services.hiding import Hiding, PinTooEasy, is_too_easy
from desktop.vault import Event, Vault, change_passphrase, confirm_passphrase
from desktop.vault.errors import VaultError
from desktop.vault.passphrase import require_strength


class OnlyPassphraseChanged(VaultError):
    """The disk failed, or was full, once the new passphrase counted."""

    title = "The new passphrase counts from now on"
    message = (
        "This laptop could not keep the rest: the PIN is as it was before. Free some room on the "
        "laptop, then choose the PIN again, with the new passphrase."
    )


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
        VaultError, and then nothing has changed; OnlyPassphraseChanged if one thing has.
        """
        if new:
            require_strength(new.decode())
        if pin and is_too_easy(pin):
            raise PinTooEasy
        if new:
            change_passphrase(self.folder, old, new, is_open=True)
        else:
            confirm_passphrase(self.folder, old)
        try:
            if new:
                self.vault.note(Event("passphrase changed"))
            if pin:
                self.hiding.choose_pin(pin)
        except VaultError as error:
            if not new:
                raise
            raise OnlyPassphraseChanged from error
