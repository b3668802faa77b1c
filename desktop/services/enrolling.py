"""Enrolling a laptop: a one-time code from the council, a key pair, a passphrase, the first forms.

Needs the council's network once. Afterwards nothing here is needed to unlock or to work.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.services.clock import Clock
from desktop.services.syncing import Syncing
from desktop.vault import Vault, Worker, create_vault, unlock
from desktop.vault.passphrase_cost import PassphraseCost
from sync.client.errors import SyncError
from sync.client.wire import Credential, HttpWire
from sync.contract import signatures
from sync.contract.messages import Enrol

CLIENT = "0.1.0"
_ENROLMENT = "enrolment"


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """What the device keeps of being enrolled, inside the vault. ``private_key`` is base64."""

    server: str
    device: str
    private_key: str
    signing_key: str
    council: str

    def wire(self, clock: Clock) -> HttpWire:
        """A connection to the EHM as this device. Close it after use."""
        key = base64.b64decode(self.private_key)
        return HttpWire(self.server, clock.now, Credential(self.device, key))


def read_enrolment(vault: Vault) -> Enrolment | None:
    """The enrolment of this vault; None if it was never enrolled."""
    kept = vault.recall(_ENROLMENT)
    return Enrolment(**kept) if isinstance(kept, dict) else None


def enrol(
    folder: Path,
    passphrase: bytearray,
    server: str,
    code: str,
    clock: Clock,
    *,
    name: str = "Laptop",
    cost: PassphraseCost | None = None,
) -> None:
    """Make a vault in ``folder`` for the worker of ``code``, and fetch forms and families.

    Raises SyncError (the code is not used up by a lost line; a vault that was made is whole and
    syncs later), VaultError.
    """
    private_key = secrets.token_bytes(32)
    wire = HttpWire(server, clock.now)
    try:
        told = wire.enrol(
            Enrol(
                code=code, public_key=signatures.public_key(private_key), name=name, client=CLIENT
            )
        )
    finally:
        wire.close()
    worker = Worker(told.worker.id, told.worker.name, told.worker.role)
    recovery_key = base64.b64decode(told.recovery_key)
    create_vault(folder, bytearray(passphrase), worker, told.device, recovery_key, cost=cost)
    vault = unlock(folder, bytearray(passphrase), clock.now)
    try:
        enrolment = Enrolment(
            server,
            told.device,
            base64.b64encode(private_key).decode(),
            told.signing_key,
            told.council,
        )
        vault.remember(_ENROLMENT, asdict(enrolment))
        trouble = Syncing(vault, clock).exchange(lambda job: job(), enrolment).trouble
        if trouble is not None:
            raise trouble
    finally:
        vault.close()


__all__ = ["Enrolment", "SyncError", "enrol", "read_enrolment"]
