"""A laptop with a real vault, and a program on it that writes and syncs until it is killed."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.vault import Worker, create_vault, unlock
from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.identifiers import new_id
from sync.client.enrolment import enrol, new_private_key
from sync.client.exchange import Exchange
from sync.client.line import Credential
from sync.client.outcome import Outcome
from sync.client.wire import HttpWire
from sync.ehm.app import utc_now
from tests.desktop.vault.making import CHEAP, PASSPHRASE, allow_cheap_passphrases

READY = "ready"


@dataclass(frozen=True)
class Owner:
    """Whose laptop, at which EHM: enough to open it in any process."""

    url: str
    folder: Path
    worker: str
    device: str
    private_key: bytes
    signing_key: str


def make_laptop(url: str, folder: Path, code: str) -> Owner:
    """Enrols a laptop and makes its vault."""
    allow_cheap_passphrases()
    wire, key = HttpWire(url, utc_now), new_private_key()
    told = enrol(wire, code, folder.name, key)
    wire.close()
    worker = Worker(told.worker.id, told.worker.name)
    secret, device = bytearray(PASSPHRASE), told.credential.device
    create_vault(folder, secret, worker, device, told.recovery_key, cost=CHEAP)
    return Owner(url, folder, told.worker.id, device, key, told.signing_key)


class VaultLaptop:
    """The vault opened, and its way to the EHM: past what cuts, with ``url``."""

    def __init__(self, owner: Owner, url: str = "") -> None:
        allow_cheap_passphrases()
        self.owner = owner
        self.vault = unlock(owner.folder, bytearray(PASSPHRASE), utc_now)
        self.wire = HttpWire(url or owner.url, utc_now)
        self.wire.credential = Credential(owner.device, owner.private_key)
        self.exchange = Exchange(
            self.vault.replica,
            self.wire,
            utc_now,
            device=owner.device,
            signing_key=owner.signing_key,
            timer=time.monotonic,
        )

    def sync(self) -> Outcome:
        return self.exchange.run(lambda progress: None, lambda: False)

    def sync_until_checked(self) -> None:
        for _ in range(6):
            if (outcome := self.sync()).checked:
                return
        raise AssertionError(f"not checked: {outcome.trouble!r}")

    def begin(self) -> tuple[str, str]:
        """A new family and a record of it."""
        family, record, now = an_id(), an_id(), utc_now()
        self.vault.begin_family(family, now)
        self.vault.begin_record(record, family, "visit_note", "1", now)
        return family, record

    def save(self, family: str, record: str, path: str, value: str) -> str:
        """Writes and seals; the id of what is durable now."""
        return self.keep(family, record, {path: Written(Answer(value), ())})

    def keep(self, family: str, record: str, answers: Mapping[str, Written]) -> str:
        """As ``save``, of several answers."""
        owner, now = self.owner, utc_now()
        change = Change(
            an_id(),
            record,
            family,
            "visit_note",
            "1",
            owner.worker,
            owner.device,
            0,
            now,
            "Europe/London",
            answers,
        )
        self.vault.write(change)
        self.vault.seal(record)
        return change.id

    def holds(self, family: str) -> dict[str, Change]:
        """Change id to change, of a family."""
        records = self.vault.changes_of_family(family).values()
        return {change.id: change for changes in records for change in changes}

    def close(self) -> None:
        self.wire.close()
        self.vault.close()


def write_and_sync(owner: Owner, family: str, record: str, said: Connection) -> None:
    """A process that says each change it has saved, until it is killed."""
    laptop, chance = VaultLaptop(owner), random.Random()
    said.send(READY)
    while True:
        for _ in range(chance.randrange(1, 4)):
            words = f"{chance.getrandbits(64)} was said at the table."
            said.send(laptop.save(family, record, f"/note/q{chance.randrange(10**9)}", words))
        laptop.sync()


def an_id() -> str:
    return new_id(utc_now(), os.urandom)
