"""Enrolling a laptop: a one-time code from the council, a key pair, a passphrase, the first forms.

Needs the council's network once. Afterwards nothing here is needed to unlock or to work.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.services.clock import Clock
from desktop.services.doorplate import Doorplate, write_doorplate
from desktop.services.hiding import Hiding
from desktop.services.proxies import Proxies, no_proxies
from desktop.services.receipt_key import keep_receipt_key
from desktop.services.signing_in import InMemory, InVault, OpenBrowser, sign_in_by_browser
from desktop.services.syncing import Syncing
from desktop.vault import Vault, Worker, create_vault, unlock
from desktop.vault.passphrase_cost import PassphraseCost
from sync.client import enrolment
from sync.client.line import Credential
from sync.client.wire import HttpWire
from sync.contract.recovery import DEMO_PUBLIC_KEY

_ENROLMENT = "enrolment"


@dataclass(frozen=True, slots=True, repr=False)
class Membership:
    """What the device keeps of being enrolled, inside the vault. ``private_key`` is base64.

    ``name``: what the council calls the laptop.
    """

    server: str
    device: str
    private_key: str
    signing_key: str
    council: str
    name: str = ""

    @property
    def doorplate(self) -> Doorplate:
        """What of it must be known before unlocking."""
        return Doorplate(self.server, self.device, self.signing_key)

    def post(self, folder: Path) -> None:
        """Put beside the vault what must be known of this laptop, and answered, while locked."""
        write_doorplate(folder, self.doorplate)
        keep_receipt_key(folder, base64.b64decode(self.private_key))

    def wire(self, clock: Clock, proxies: Proxies = no_proxies) -> HttpWire:
        """A connection to the EHM as this device. Close it after use."""
        key = base64.b64decode(self.private_key)
        return HttpWire(
            self.server,
            clock.now,
            Credential(self.device, key),
            proxies=proxies(self.server),
        )


def read_membership(vault: Vault) -> Membership | None:
    """To which council this vault belongs; None if it was never enrolled."""
    kept = vault.recall(_ENROLMENT)
    return Membership(**kept) if isinstance(kept, dict) else None


class NoRecoveryKey(Exception):
    """The council has no recovery key, or the one of demonstrations, which everybody knows."""

    title = "This council cannot enrol laptops yet"
    message = (
        "It has no recovery key of its own, so a forgotten passphrase would lose work. Ask your "
        "council's IT to make one first. Nothing was set up on this laptop."
    )


class NotAnAddress(Exception):
    """What was typed is not where an EHM can be."""

    title = "That is not the council's address"
    message = "It begins with https:// and comes from your council's IT. Copy it exactly."


def enrol(
    folder: Path,
    passphrase: bytearray,
    server: str,
    code: str,
    clock: Clock,
    *,
    name: str = "Laptop",
    pin: str = "",
    private_key: bytes | None = None,
    open_browser: OpenBrowser | None = None,
    cost: PassphraseCost | None = None,
    proxies: Proxies = no_proxies,
) -> None:
    """Make a vault in ``folder`` for the worker of ``code``, and fetch forms and families.

    ``passphrase`` is UTF-8 in NFC, as the unlock page types it; the caller erases it. ``pin``, if
    one is chosen now, brings the window back after Hide. ``private_key``: kept by the caller, so
    that the same code can be used again after a lost reply or a sign-in that was not finished.
    ``open_browser``: where the worker signs in, if the council has that. Raises VaultError, and
    SyncError: a vault that was made by then is whole and syncs later.
    """
    wire = _wire_to(server, clock, proxies)
    try:
        is_demo = wire.hello().is_demo
        key = private_key or enrolment.new_private_key()
        told = enrolment.enrol(wire, code, name, key)
        signed_in = InMemory()
        if open_browser is not None:
            wire.credential = told.credential
            sign_in_by_browser(wire, signed_in, open_browser, proxies=proxies)
    finally:
        wire.close()
    if len(told.recovery_key) != 32 or (told.recovery_key == DEMO_PUBLIC_KEY and not is_demo):
        raise NoRecoveryKey
    worker = Worker(told.worker.id, told.worker.name, told.worker.role)
    create_vault(folder, passphrase, worker, told.credential.device, told.recovery_key, cost=cost)
    vault = unlock(folder, passphrase, clock.now)
    try:
        member = Membership(
            server,
            told.credential.device,
            base64.b64encode(told.credential.private_key).decode(),
            told.signing_key,
            told.council,
            name,
        )
        vault.remember(_ENROLMENT, asdict(member))
        InVault(vault, lambda job: job()).keep(signed_in.kept())
        member.post(folder)
        if pin:
            Hiding(vault, folder).choose_pin(pin)
        trouble = Syncing(vault, clock, proxies=proxies).exchange(lambda job: job(), member).trouble
        if trouble is not None:
            raise trouble
    finally:
        vault.close()


def _wire_to(server: str, clock: Clock, proxies: Proxies) -> HttpWire:
    try:
        return HttpWire(server, clock.now, proxies=proxies(server))
    except ValueError as error:
        raise NotAnAddress from error
