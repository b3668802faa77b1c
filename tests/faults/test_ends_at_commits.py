"""The EHM's process ends at the commit of a hand-in: what was answered is there, or comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.client.errors import NotReachable
from tests.faults import deeds, invariants
from tests.faults.devices import Device
from tests.faults.ehms import Ehms
from tests.faults.mutants import MUTANTS
from tests.faults.run import SHORT_SITTINGS
from tests.faults.world import World

answers_before_it_commits = MUTANTS["the EHM answers before it commits"]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """No trouble but what the test makes."""
    made = World(0, Ehms(tmp_path), invariants.after_each_sync, deeds.meanwhile, SHORT_SITTINGS)
    made.trouble.heal()
    return made


def _waiting_change(world: World) -> tuple[Device, str]:
    """A device with one change to hand in, of a family that the centre knows."""
    device = world.devices[0]
    device.write(1, device.begin_family())
    world.sync(device)
    family = sorted(device.replica.state.families)[0]
    device.write(1, family)
    (change,) = device.replica.outbox(10, 10**6)
    return device, change.id


def test_what_was_not_committed_was_not_answered_and_is_handed_in_again(world: World) -> None:
    device, change = _waiting_change(world)
    with world.centre.ehms.ended_at_commit():
        world.sync(device)
    assert device.outcome is not None
    assert isinstance(device.outcome.trouble, NotReachable)
    assert change not in device.in_ehm() | world.centre.kept()
    world.sync(device)
    assert change in device.in_ehm() & world.centre.kept()
    assert world.truth.violations == []


def test_who_was_answered_gives_back_what_the_ehm_then_lost(world: World) -> None:
    """As to an EHM that was restored: its head is not the one that the answer named."""
    device, change = _waiting_change(world)
    with answers_before_it_commits(), world.centre.ehms.ended_at_commit():
        world.sync(device)
    assert device.outcome is not None
    assert device.outcome.rescued
    assert device.outcome.checked
    assert change in device.in_ehm() & world.centre.kept()
    assert [said for said in world.truth.violations if change in said]


def test_what_the_ehm_lost_is_gone_if_who_was_answered_is_lost_too(world: World) -> None:
    device, change = _waiting_change(world)
    with answers_before_it_commits(), world.centre.ehms.ended_at_commit():
        device.exchange.run(lambda progress: None, lambda: change in device.in_ehm())
    world.truth.told_sent |= device.in_ehm()
    device.is_lost = True
    world.settle()
    assert f"lost after it was called sent: {change}" in invariants.at_the_end(world)
