"""Sync begins by itself, waits with patience, and keeps its news until somebody has seen it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import Services, open_services
from desktop.services.views import SyncOutcome
from desktop.ui.automatic_sync import AFTER_UNLOCKING, AutomaticSync
from desktop.ui.lanes import InlineLane
from desktop.vault.passphrase_cost import FLOOR
from sync.client.backoff import AFTER_A_SAVE, EVERY
from sync.ehm import council, packs
from tests.desktop.services.making import desk_of
from tests.resources import shipped
from tests.sync.running_ehm import RunningEhm, running_ehm

PASSPHRASE = b"lantern otter maple drum"


@dataclass
class Line:
    """The network, as the machine would tell of it."""

    is_metered: bool = False


@dataclass
class Watched:
    """An automatic sync with a clock of its own, and how each sync ended."""

    services: Services
    now: float = 0.0

    def __post_init__(self) -> None:
        lane = InlineLane()
        self.outcomes: list[SyncOutcome] = []
        self.automatic = AutomaticSync(
            self.services.syncing, lane, lane, Line(), lambda: self.now, lambda: 1.0
        )
        self.automatic.finished.connect(self.outcomes.append)
        self.automatic.start()

    @property
    def waits(self) -> float:
        """Seconds until it begins by itself; -1: not before something happens."""
        alarm = self.automatic._alarm
        return alarm.interval() / 1000 if alarm.isActive() else -1

    def wait(self) -> SyncOutcome:
        """As if that time had passed."""
        self.now += self.waits
        self.automatic._ring()
        return self.outcomes[-1]


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        with running.store.writing() as connection:
            ours = council.read(connection)
            packs.publish(connection, ours, shipped.pack_bytes(), running.clock())
        yield running


@pytest.fixture
def watched(ehm: RunningEhm, tmp_path: Path, qapp: object) -> Iterator[Callable[[], Watched]]:
    opened: list[Watched] = []

    def make() -> Watched:
        folder, clock = tmp_path / f"laptop-{len(opened)}", Clock(ehm.clock)
        code = ehm.code("Priya Shah")
        enrol(folder, bytearray(PASSPHRASE), ehm.url, code, clock, cost=FLOOR)
        services = open_services(folder, bytearray(PASSPHRASE), clock)
        here = Watched(services)
        opened.append(here)
        return here

    yield make
    for here in opened:
        here.automatic.stop()
        here.services.vault.close()


def begin_family(here: Watched, name: str) -> str:
    desk = desk_of(here.services)
    family = desk.families.begin()
    desk.fill(family, "household", family__family_name=name)
    return family


def test_it_begins_soon_after_unlocking_and_then_on_a_timer(watched) -> None:
    here = watched()
    assert here.waits == AFTER_UNLOCKING
    assert here.wait().trouble is None
    assert here.waits == EVERY


def test_what_was_written_is_sent_once_it_is_quiet(watched) -> None:
    here = watched()
    here.wait()
    begin_family(here, "Okafor")
    here.automatic.saved()
    here.now += 20
    here.automatic.saved()
    assert here.waits == AFTER_A_SAVE
    outcome = here.wait()
    assert (outcome.sent, outcome.state.waiting) == (1, 0)


def test_without_a_network_it_waits_longer_each_time_and_tries_when_one_comes(
    watched, ehm: RunningEhm
) -> None:
    here = watched()
    member = here.services.syncing.membership
    there = here.services.syncing.membership = type(member)(
        "http://127.0.0.1:9", member.device, member.private_key, member.signing_key, ""
    )
    assert here.services.syncing.membership is there
    waits = []
    for _ in range(4):
        assert here.wait().offline
        waits.append(here.waits)
    assert waits == [2, 4, 8, 16]
    here.services.syncing.membership = member
    here.automatic.network_came()
    assert here.waits == 0
    assert here.wait().trouble is None


def test_what_changed_is_kept_until_it_was_shown(watched) -> None:
    here, other = watched(), watched()
    here.wait()
    for name in ("Okafor", "Lind"):
        begin_family(other, name)
        other.automatic.asked()
        here.automatic.asked()
    assert {news.name for news in here.outcomes[-1].news} == {"Okafor", "Lind"}
    here.automatic.was_shown()
    here.automatic.asked()
    assert here.outcomes[-1].news == ()


def test_a_laptop_that_no_council_knows_is_left_in_peace(watched) -> None:
    here = watched()
    here.automatic.stop()
    here.services.syncing.membership = None
    here.automatic.saved()
    here.automatic.network_came()
    assert here.waits == -1
    here.automatic.asked()
    assert here.outcomes[-1].trouble is not None
    assert here.outcomes[-1].trouble.title == "This laptop is not enrolled"
