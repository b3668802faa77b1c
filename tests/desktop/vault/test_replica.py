"""The vault keeps the contract of replicas."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from desktop.vault import Vault
from forms.records.heads import Heads
from sync.client.replica import Replica
from sync.contract.changes import from_wire
from sync.contract.messages import NewFamily, WireChange
from tests.sync.replica_contract import ReplicaContract


class TestVaultReplica(ReplicaContract):
    @pytest.fixture
    def replica(self, vault: Vault) -> Replica:
        self.vault = vault
        return vault.replica

    def begin_family(self, replica: Replica, family: NewFamily) -> None:
        self.vault.begin_family(family.id, family.begun)

    def write(self, replica: Replica, change: WireChange) -> None:
        # The vault numbers changes itself; the contract's writer has numbers of its own.
        self.vault._state.put("last number", change.number - 1)
        self.vault.write(from_wire(change))
        self.vault.seal(change.record)

    def keep_attachment(self, replica: Replica, content: bytes) -> str:
        return self.vault.keep(content, "image/png")

    def seen_answers(self, replica: Replica, family: str, record: str) -> Mapping[str, set[str]]:
        heads = Heads(self.vault.changes(record))
        return {p: {a.value for a in heads.of(p).values()} for p in heads.paths()}
