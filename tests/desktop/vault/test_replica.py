"""The vault keeps the contract of replicas."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

import pytest

from desktop.vault import Event, Vault, errors
from forms.records.heads import Heads
from sync.client.replica import Replica
from sync.contract.changes import from_wire, to_wire
from sync.contract.messages import ChangeItem, LeftItem, NewFamily, Status, WireChange
from tests.desktop.vault.making import BEGUN, Pen
from tests.sync.replica_contract import ReplicaContract, head, listed, page, results


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

    def note(self, replica: Replica) -> None:
        self.vault.note(Event("opened"))

    def told_of(self, replica: Replica, family: str) -> tuple[str | None, str]:
        rows = self.vault._store.rows("SELECT part_of, notice FROM family WHERE id = ?", (family,))
        return tuple(rows[0])

    def seen_answers(self, replica: Replica, family: str, record: str) -> Mapping[str, set[str]]:
        heads = Heads(self.vault.changes(record))
        return {p: {a.value for a in heads.of(p).values()} for p in heads.paths()}


def test_a_family_that_left_with_unsent_work_is_hidden_until_it_was_handed_in(
    vault: Vault,
) -> None:
    pen = Pen().begin(vault)
    change = pen.change({"/note/what": "We met at the library."})
    vault.write(change)
    vault.seal_all()
    vault.replica.stage(page(3, LeftItem(family=pen.family)))
    assert not vault.replica.show_next_families(monotonic)
    assert vault.families() == []
    assert vault.records(pen.family) == []
    assert vault.record(pen.record) is None
    assert vault.changes(pen.record) == []
    assert vault.search("library") == []
    assert [each.id for each in vault.replica.outbox(9, 10_000)] == [change.id]
    vault.replica.stage(page(4, listed(NewFamily(id=pen.family, reference="YF-1", begun=BEGUN))))
    vault.replica.record_results(results(vault.replica.outbox(9, 10_000), Status.APPLIED), head(5))
    assert vault.replica.show_next_families(monotonic)
    assert [family.id for family in vault.families()] == [pen.family]


def test_what_the_contract_cannot_carry_is_set_aside_and_blocks_nothing(vault: Vault) -> None:
    pen = Pen().begin(vault)
    for said in ("word " * 60_000, "Short."):
        vault.write(pen.change({"/note/what": said}))
        vault.seal_all()
    (sent,) = vault.replica.outbox(9, 10_000_000)
    assert sent.answers["/note/what"].value == "Short."
    assert len(vault.changes(pen.record)) == 2
    assert vault.replica.waiting().changes == 1


def test_a_family_is_shown_or_not_at_all_when_the_disk_is_full(vault: Vault) -> None:
    pen = Pen(author="tom")
    changes = [to_wire(pen.change({f"/q{n}": "What was said. " * 200})) for n in range(30)]
    items = [ChangeItem(change=change) for change in changes]
    vault.replica.stage(page(2, *items))
    vault._store.connection.set_authorizer(None)
    vault._store.rows(f"PRAGMA max_page_count = {vault._store.value('PRAGMA page_count') + 5}")
    with pytest.raises(errors.DiskFull):
        vault.replica.show_next_families(monotonic)
    assert vault.families() == []
    assert vault.replica.staged() == (1, 30)
    vault._store.rows("PRAGMA max_page_count = 100000")
    (shown,) = vault.replica.show_next_families(monotonic)
    assert shown.changes == 30
    assert len(vault.changes(pen.record)) == 30
