"""Opening a laptop whose passphrase is forgotten, with the council's help.

The laptop makes a request, two custodians answer it at the council, and the answer lets the worker
choose a new passphrase. The worker is told who opened it and why when the laptop is unlocked next.
"""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import BaseModel, ConfigDict, ValidationError

from desktop.services.clock import Clock
from desktop.services.doorplate import read_doorplate
from desktop.vault import recover, recovery_slot
from sync.contract import signatures
from sync.contract.recovery import (
    NotOurAnswer,
    RecoveryAnswer,
    RecoveryRequest,
    answer_text,
    open_answer,
)

_ASKED, _ANSWERED = "recovery-asked.json", "recovery-answered.json"
_LONGEST_FILE = 16_384


class NothingAsked(Exception):
    """There is an answer, and no request of this laptop for it."""

    title = "This laptop has not asked for a recovery"
    message = "Make a request first, and give it to your council's IT help desk."


class CannotAsk(Exception):
    """The laptop does not know whose it is."""

    title = "This laptop cannot ask for a recovery"
    message = (
        "It does not say which council it belongs to. Ring your council's IT help desk. Nothing "
        "has been deleted."
    )


class WasRecovered(Exception):
    """Told at the next unlock: somebody at the council let a new passphrase be chosen."""

    title = "This laptop was opened with the council's recovery key"

    def __init__(self, by: tuple[str, ...], when: str, reason: str) -> None:
        super().__init__(self.title)
        self.reason = reason
        self.message = (
            f"{' and '.join(by) or 'Your council'} did it on {when}, for this reason: {reason} "
            "The passphrase from before does not open it any more. If you did not ask for this, "
            "ring your council's IT help desk now."
        )


class _Asked(BaseModel):
    """The request, with the private half of the key that it names: good for one answer only."""

    model_config = ConfigDict(frozen=True)

    request: RecoveryRequest
    answer_to: str


@dataclass(frozen=True, slots=True)
class Recovering:
    """The recovery of one folder's vault. Nothing here needs a passphrase."""

    folder: Path
    clock: Clock

    def ask(self) -> RecoveryRequest:
        """A request to give to the help desk; an earlier one is of no use any more.

        Raises CannotAsk, VaultMissing, KeyFileDamaged.
        """
        doorplate = read_doorplate(self.folder)
        if doorplate is None:
            raise CannotAsk
        slot, answer_to = recovery_slot(self.folder), X25519PrivateKey.generate()
        request = RecoveryRequest(
            id=self.clock.new_id(),
            device=doorplate.device,
            vault=slot.vault,
            at=self.clock.now(),
            ephemeral_key=_base64(slot.ephemeral_key),
            council_key=_base64(slot.council_key),
            answer_to=_base64(answer_to.public_key().public_bytes_raw()),
        )
        asked = _Asked(request=request, answer_to=_base64(answer_to.private_bytes_raw()))
        _write(self.folder / _ASKED, asked.model_dump_json())
        return request

    def asked(self) -> RecoveryRequest | None:
        """The request that waits for an answer."""
        kept = self._kept()
        return kept.request if kept else None

    def take_answer(self, answer: bytes, new: bytearray) -> None:
        """Let ``new`` open the laptop. Raises NotOurAnswer, NothingAsked, CannotAsk, VaultError."""
        kept, doorplate = self._kept(), read_doorplate(self.folder)
        if kept is None:
            raise NothingAsked
        if doorplate is None:
            raise CannotAsk
        try:
            read = RecoveryAnswer.model_validate_json(answer[:_LONGEST_FILE])
        except ValidationError:
            raise NotOurAnswer from None
        key = X25519PrivateKey.from_private_bytes(signatures.from_base64(kept.answer_to))
        opens = open_answer(kept.request, read, key, doorplate.signing_key)
        _write(self.folder / _ANSWERED, read.model_dump_json())
        recover(self.folder, opens, new)
        (self.folder / _ASKED).unlink(missing_ok=True)

    def told_at_unlock(self, council_signs_with: str) -> WasRecovered | None:
        """What the worker must be told; None if nothing happened. `was_told` ends it."""
        with suppress(OSError, ValueError):
            read = RecoveryAnswer.model_validate_json((self.folder / _ANSWERED).read_bytes())
            if signatures.is_signed(council_signs_with, answer_text(read), read.signature):
                return WasRecovered(read.by, f"{read.at.day} {read.at:%B %Y}", read.reason)
        return None

    def was_told(self) -> None:
        """It is in the audit by now."""
        with suppress(OSError):
            (self.folder / _ANSWERED).unlink(missing_ok=True)

    def _kept(self) -> _Asked | None:
        with suppress(OSError, ValueError):
            return _Asked.model_validate_json((self.folder / _ASKED).read_bytes())
        return None


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(text)


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
