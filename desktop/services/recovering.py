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
from desktop.vault import Event, Vault, recover, recovery_slot
from sync.contract import signatures
from sync.contract.messages import Recovered
from sync.contract.recovery import (
    NotOurAnswer,
    RecoveryAnswer,
    RecoveryRequest,
    answer_text,
    open_answer,
)

_ASKED, _ANSWERED = "recovery-asked.json", "recovery-answered.json"
_TOLD = "recoveries told"
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
    """Told at the next unlock and sync: the council let a new passphrase be chosen."""

    title = "This laptop was opened with the council's recovery key"

    def __init__(self, recovered: Recovered) -> None:
        super().__init__(self.title)
        by = " and ".join(recovered.by) or "Your council"
        when = f"{recovered.at.day} {recovered.at:%B %Y}"
        self.message = (
            f"{by} did it on {when}, for this reason: {recovered.reason} Whoever had the laptop "
            "then could choose a new passphrase. If you did not ask for this, ring your council's "
            "IT help desk now."
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

    def tell(self, vault: Vault, council_signs_with: str) -> list[WasRecovered]:
        """What the worker must be told now, each once; it is in the audit then. In the vault lane.

        The answer in the folder is not enough: whoever used it could take it away again and put
        the key file from before back. The council's own lease says it too.
        """
        answered = self._answered(council_signs_with)
        untold = {one.request: one for one in (*answered, *untold_recoveries(vault))}
        for recovered in untold.values():
            vault.note(Event("recovered by the council", reason=recovered.reason))
        if untold:
            vault.remember(_TOLD, [*_told(vault), *untold])
        with suppress(OSError):
            (self.folder / _ANSWERED).unlink(missing_ok=True)
        return [WasRecovered(recovered) for recovered in untold.values()]

    def _answered(self, council_signs_with: str) -> list[Recovered]:
        with suppress(OSError, ValueError):
            read = RecoveryAnswer.model_validate_json((self.folder / _ANSWERED).read_bytes())
            if signatures.is_signed(council_signs_with, answer_text(read), read.signature):
                said = Recovered(request=read.request, at=read.at, by=read.by, reason=read.reason)
                return [said]
        return []

    def _kept(self) -> _Asked | None:
        with suppress(OSError, ValueError):
            return _Asked.model_validate_json((self.folder / _ASKED).read_bytes())
        return None


def untold_recoveries(vault: Vault) -> list[Recovered]:
    """The recoveries in the council's lease that nobody was told of at an unlock."""
    told = _told(vault)
    return [one for one in recoveries(vault) if one.request not in told]


def recoveries(vault: Vault) -> tuple[Recovered, ...]:
    """Every use of the recovery key that the council's lease tells of, oldest first."""
    lease = vault.replica.lease()
    return lease.recovered if lease else ()


def _told(vault: Vault) -> list[str]:
    told = vault.recall(_TOLD)
    return told if isinstance(told, list) else []


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(text)


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
