"""Days without contact: warned, read-only, covered; by a clock that cannot be turned back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.services.lease import Contact, FamilyCovered, LeaseWatch
from desktop.services.policy import PolicyInForce
from desktop.services.unlocking import Services, open_services
from desktop.vault import Vault
from desktop.vault.families import RecordRow
from sync.contract.messages import DevicePolicy, Head, Lease, Result, Status
from tests.conftest import SteadyClock
from tests.desktop.vault.making import DEVICE, PASSPHRASE, Pen, make_vault, open_vault
from tests.forms.casework.telling import Told, answers
from tests.resources.shipped import pack_bytes


def lease_of(at: datetime, policy: DevicePolicy | None = None) -> Lease:
    return Lease(
        device=DEVICE,
        worker="priya",
        role="worker",
        at=at,
        policy=policy or DevicePolicy(),
        escrow_key="",
        signature="",
    )


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_vault(tmp_path_factory.mktemp("made") / "vault")
    vault = open_vault(folder)
    vault.keep_pack("2026.11.1", pack_bytes())
    vault.replica.keep_lease(lease_of(_START))
    vault.close()
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "vault"))


@pytest.fixture
def laptop(folder: Path, clock: SteadyClock) -> Iterator[Services]:
    services = unlock(folder, clock)
    yield services
    services.vault.close()


def unlock(folder: Path, clock: SteadyClock) -> Services:
    return open_services(folder, bytearray(PASSPHRASE), Clock(clock))


@pytest.mark.parametrize(
    ("days", "words"),
    [(4, None), (5, "Sync when you can"), (7, "not changed"), (14, "covered until you sync")],
)
def test_what_is_said_as_the_days_go_by(laptop, clock, days, words):
    clock.advance(timedelta(days=days))
    lease = laptop.syncing.state().lease
    if words is None:
        assert lease is None
    else:
        assert words in lease.message
        assert f"{days} days" in lease.title


def test_read_only_lets_safety_and_visit_notes_and_new_records_be_written(laptop, clock):
    family = laptop.families.begin()
    begun = {f: laptop.records.begin(family, f) for f in ("plan", "safety_check", "visit_note")}
    clock.advance(timedelta(days=7))
    closed = {form: laptop.records.open(record).is_closed for form, record in begun.items()}
    assert closed == {"plan": True, "safety_check": False, "visit_note": False}
    assert not laptop.records.open(laptop.records.begin(family, "review")).is_closed
    assert laptop.families.overview(family).records


def test_covered_families_are_nowhere_and_come_back_with_the_next_contact(laptop, clock):
    family = laptop.families.begin()
    record = laptop.records.begin(family, "plan")
    clock.advance(timedelta(days=14))
    assert laptop.families.list() == []
    assert laptop.families.list("a") == []
    for read in (
        lambda: laptop.families.overview(family),
        lambda: laptop.records.open(record),
        lambda: laptop.paper.plan_desk(family).offer(),
        lambda: laptop.families.talk(family),
    ):
        with pytest.raises(FamilyCovered):
            read()
    new = laptop.families.begin()
    assert not laptop.records.open(laptop.records.begin(new, "plan")).is_closed
    assert [line.family for line in laptop.families.list()] == [new]
    laptop.vault.replica.keep_lease(lease_of(clock()))
    assert {line.family for line in laptop.families.list()} == {family, new}


def test_a_covered_laptop_unlocks_and_keeps_its_numbers_and_blank_forms(folder, clock):
    clock.advance(timedelta(days=100))
    services = unlock(folder, clock)
    assert services.packs.newest.contacts
    assert services.packs.definition("plan", services.packs.newest.about("plan").version)
    services.vault.close()


def test_a_clock_that_is_turned_back_gains_no_day(folder, clock):
    clock.advance(timedelta(days=13))
    unlock(folder, clock).vault.close()
    clock.advance(timedelta(days=-12))
    services = unlock(folder, clock)
    assert title(services) == "The clock of this laptop is behind"
    clock.advance(timedelta(days=13))
    assert "14 days" in title(services)
    services.vault.replica.keep_lease(lease_of(clock()))
    assert title(services) == ""
    services.vault.close()


def test_too_many_families_are_told_of_and_none_is_dropped(laptop, clock):
    policy = DevicePolicy(most_families=2)
    laptop.vault.replica.keep_lease(
        lease_of(clock() + timedelta(seconds=1)).model_copy(update={"policy": policy})
    )
    begun = [laptop.families.begin() for _ in range(2)]
    assert title(laptop) == ""
    begun.append(laptop.families.begin())
    assert title(laptop) == "This laptop holds 3 families"
    assert "Nothing is taken off" in laptop.syncing.state().lease.message
    assert {line.family for line in laptop.families.list()} == set(begun)
    clock.advance(timedelta(days=5, minutes=1))
    assert "5 days" in title(laptop), "what is nearer to locking is said first"


def title(laptop: Services) -> str:
    told = laptop.syncing.state().lease
    return told.title if told else ""


def test_long_without_contact_only_closed_families_that_were_proved_leave(laptop, clock):
    families = {name: laptop.families.begin() for name in ("closed", "open", "unproved", "unsent")}
    for family in families.values():
        sent(laptop, family)
    lease = LeaseWatch(laptop.vault, Clock(clock), PolicyInForce())
    lease.was_proved()
    laptop.records.begin(families["unsent"], "plan")
    said(laptop, families["unsent"])
    said(laptop, families["unproved"])
    sent(laptop, families["unproved"])
    closed = set(families.values()) - {families["open"]}
    clock.advance(timedelta(days=28, seconds=-1))
    assert lease.purge(closed.__contains__) == 0
    clock.advance(timedelta(seconds=1))
    assert lease.purge(closed.__contains__) == 1
    assert {row.id for row in laptop.vault.families()} == set(families.values()) - {
        families["closed"]
    }
    last = laptop.vault.audit()[-1].event
    assert (last.kind, last.count, last.family) == ("purged without contact", 1, "")


def test_at_an_unlock_after_28_days_a_family_whose_help_has_ended_leaves(folder, clock):
    """Not one whose closing waits for a manager."""
    services = unlock(folder, clock)
    closed, going_on = services.families.begin(), services.families.begin()
    withdrawn = {"person": AGREED["person"], "on": "2026-03-10"}
    tell(services, closed, "agreement", agreement=[AGREED], withdrawal=[withdrawn])
    tell(services, going_on, "agreement", agreement=[AGREED])
    waits = tell(services, going_on, "closure", closure={"on": "2026-03-10", "reason": "needs_met"})
    services.records.finish(services.records.open(waits), {}, "")
    assert [services.families.is_closed(family) for family in (closed, going_on)] == [True, False]
    for family in (closed, going_on):
        sent(services, family)
    LeaseWatch(services.vault, Clock(clock), PolicyInForce()).was_proved()
    services.vault.close()
    for days, left in ((27, {closed, going_on}), (1, {going_on})):
        clock.advance(timedelta(days=days))
        services = unlock(folder, clock)
        assert {row.id for row in services.vault.families()} == left
        services.vault.close()


AGREED = {"person": "0192f3c0-0000-7000-8000-0000000000a1", "answer": "agrees", "on": "2026-03-03"}


def tell(laptop: Services, family: str, form: str, **told: Told) -> str:
    """A record of this form that says this; its id."""
    record = laptop.records.begin(family, form)
    opened = laptop.records.open(record)
    change = replace(
        Pen(record=record, family=family).change(answers(opened.definition, **told)),
        form=form,
        version=opened.version,
    )
    laptop.vault.write(change)
    laptop.vault.seal(record)
    return record


def said(laptop: Services, family: str) -> None:
    record = laptop.records.begin(family, "visit_note")
    filling = Filling(laptop.records.open(record), laptop.clock)
    question = next(q.path for q in filling.opened.definition.questions if q.control == "input")
    filling.answer(question, "They laughed at breakfast")
    laptop.records.seal(filling.freeze())


def sent(laptop: Services, family: str) -> None:
    """Everything of the family is at the centre."""
    said(laptop, family)
    replica = laptop.vault.replica
    results = [Result(id=one.id, status=Status.APPLIED) for one in replica.unregistered(100)]
    head = replica.standing().seen or _HEAD
    replica.families_registered(results, head)
    applied = [Result(id=one.id, status=Status.APPLIED) for one in replica.outbox(100, 10**9)]
    replica.record_results(applied, head)


@dataclass
class Remembering:
    """What a lease needs of a vault."""

    at: datetime
    kept: dict[str, object]

    @property
    def replica(self):
        return self

    def lease(self) -> Lease:
        return lease_of(self.at)

    def remember(self, key: str, value: object) -> None:
        self.kept[key] = value

    def recall(self, key: str) -> object:
        return self.kept.get(key)


_HEAD = Head(epoch="e", seq=1, hash="h")
_START = datetime.fromisoformat("2026-03-10T14:02:00+00:00")


@given(st.lists(st.integers(-40 * 24, 40 * 24), min_size=1, max_size=20))
def test_however_the_clock_is_moved_the_contact_never_gets_nearer(hours):
    clock = SteadyClock(_START)
    lease = LeaseWatch(cast(Vault, Remembering(_START, {})), Clock(clock), PolicyInForce())
    furthest, latest = Contact.FRESH, _START
    for hour in hours:
        clock.moment = _START + timedelta(hours=hour)
        latest = max(latest, clock.moment)
        contact = lease.contact()
        days = (latest - _START) / timedelta(days=1)
        at_least = (
            Contact.COVERED
            if days >= 14
            else Contact.READ_ONLY
            if days >= 7
            else Contact.WARNED
            if days >= 5
            else Contact.FRESH
        )
        assert contact >= at_least
        furthest = max(furthest, at_least)
    old = _START - timedelta(days=1)
    record = RecordRow("r", "f", "plan", "1", _START - timedelta(days=1))
    before = lease.covered_before()
    assert (before is not None and old < before) == (lease.contact() is Contact.COVERED)
    assert lease.is_read_only(record) == (lease.contact() >= Contact.READ_ONLY)
    assert not lease.is_read_only(replace(record, form="safety_check"))
