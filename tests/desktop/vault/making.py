"""Vaults and changes for tests: real files, the cheapest cost that is accepted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop.vault import Vault, Worker, create_vault, passphrase_cost, recovery_slot, unlock
from desktop.vault.changes import Changes
from desktop.vault.key_file import StoreKey
from desktop.vault.passphrase_cost import PassphraseCost
from desktop.vault.schema import all_steps, take_steps
from desktop.vault.search import Search
from desktop.vault.store import Store, make_store, open_store
from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.identifiers import new_id
from sync.contract.recovery import slot_key

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSPHRASE = b"lantern otter maple drum"
COUNCIL_KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
WORKER = Worker("priya", "Priya Shah", "Family support worker", "0300 000 0000")
DEVICE = "0192f3c0-0000-7000-8000-0000000000d1"


@dataclass
class TestClock:
    """Moves a second with each look at it."""

    __test__ = False
    now: datetime = BEGUN

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


CLOCK = TestClock()


def an_id() -> str:
    return new_id(CLOCK(), os.urandom)


def make_vault(folder: Path, cost: PassphraseCost | None = None) -> Path:
    """At the least cost that is accepted now: in the suite that is next to nothing."""
    council = COUNCIL_KEY.public_key().public_bytes_raw()
    create_vault(
        folder, bytearray(PASSPHRASE), WORKER, DEVICE, council, cost=cost or passphrase_cost.FLOOR
    )
    return folder


CHEAP = PassphraseCost(1, 64, 4)


def allow_cheap_passphrases() -> None:
    """For this process: tests that are killed forty times need no strength of passphrases."""
    passphrase_cost.FLOOR = CHEAP


def open_vault(folder: Path) -> Vault:
    return unlock(folder, bytearray(PASSPHRASE), CLOCK)


def opens_slot(folder: Path) -> bytes:
    """What the council makes of the recovery slot of this vault."""
    slot = recovery_slot(folder)
    shared = COUNCIL_KEY.exchange(X25519PublicKey.from_public_bytes(slot.ephemeral_key))
    return slot_key(shared, slot.ephemeral_key, slot.council_key)


@dataclass
class Pen:
    """Writes about one record of one family."""

    record: str = field(default_factory=an_id)
    family: str = field(default_factory=an_id)
    author: str = WORKER.id

    def begin(self, vault: Vault) -> Pen:
        vault.begin_family(self.family, BEGUN)
        vault.begin_record(self.record, self.family, "visit_note", "1", BEGUN)
        return self

    def change(
        self,
        answers: Mapping[str, str | Answer],
        base: Mapping[str, tuple[str, ...]] | None = None,
        change_id: str | None = None,
    ) -> Change:
        return Change(
            change_id or an_id(),
            self.record,
            self.family,
            "visit_note",
            "1",
            self.author,
            DEVICE,
            0,
            CLOCK(),
            "Europe/London",
            {
                path: Written(
                    said if isinstance(said, Answer) else Answer(said), (base or {}).get(path, ())
                )
                for path, said in answers.items()
            },
        )


@dataclass
class BareStore:
    """A store without a key file, for properties that open many."""

    path: Path
    key: StoreKey = field(default_factory=lambda: StoreKey.make(1))

    def make(self) -> Store:
        store = make_store(self.path, self.key)
        take_steps(store, all_steps())
        store.forbid()
        return store

    def open(self) -> Store:
        store = open_store(self.path, self.key)
        store.forbid()
        return store


def changes_of(store: Store) -> Changes:
    return Changes(store, Search(store))
