"""The memory replica keeps the contract."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sync.client.replica import Replica
from sync.contract.messages import NewFamily, WireChange
from tests.sync.memory_replica import MemoryReplica
from tests.sync.replica_contract import MINE, ReplicaContract


class TestMemoryReplica(ReplicaContract):
    @pytest.fixture
    def replica(self) -> Replica:
        return MemoryReplica(MINE.worker, MINE.device)

    def begin_family(self, replica: Replica, family: NewFamily) -> None:
        assert isinstance(replica, MemoryReplica)
        replica.begin_family(family)

    def write(self, replica: Replica, change: WireChange) -> None:
        assert isinstance(replica, MemoryReplica)
        replica.keep_change(change)

    def keep_attachment(self, replica: Replica, content: bytes) -> str:
        assert isinstance(replica, MemoryReplica)
        return replica.keep_attachment(content, "png")

    def note(self, replica: Replica) -> None:
        assert isinstance(replica, MemoryReplica)
        replica.note("opened")

    def told_of(self, replica: Replica, family: str) -> tuple[str | None, str]:
        assert isinstance(replica, MemoryReplica)
        kept = replica.state.families[family]
        return kept.part_of, kept.notice

    def seen_answers(self, replica: Replica, family: str, record: str) -> Mapping[str, set[str]]:
        assert isinstance(replica, MemoryReplica)
        heads = replica.heads(record)
        return {p: {a.value for a in heads.of(p).values()} for p in heads.paths()}
