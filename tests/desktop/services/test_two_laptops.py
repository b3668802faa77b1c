"""Two laptops and a real EHM: enrolled, synced, disagreeing, cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import Services, open_services
from desktop.services.views import SyncOutcome
from desktop.vault.passphrase_cost import FLOOR
from sync.ehm import council, packs
from tests.desktop.services.making import Desk, desk_of
from tests.sync.running_ehm import RunningEhm, running_ehm

PASSPHRASE = b"lantern otter maple drum"
FAMILY_NAME = "/household/family/family_name"
PAPER = "/safety_check/talking/safe_paper"


@pytest.fixture
def ehm(tmp_path: Path, pack_bytes: bytes) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        with running.store.writing() as connection:
            packs.publish(connection, council.read(connection), pack_bytes, running.clock())
        yield running


@pytest.fixture
def laptop(ehm: RunningEhm, tmp_path: Path) -> Iterator[object]:
    opened: list[Services] = []

    def enrolled(name: str) -> Services:
        folder, clock = tmp_path / f"laptop-{len(opened)}", Clock(ehm.clock)
        enrol(folder, bytearray(PASSPHRASE), ehm.url, ehm.code(name), clock, cost=FLOOR)
        services = open_services(folder, bytearray(PASSPHRASE), clock)
        opened.append(services)
        return services

    yield enrolled
    for services in opened:
        services.vault.close()


def synced(services: Services) -> SyncOutcome:
    services.vault.seal_all()
    return services.syncing.run(lambda job: job(), lambda progress: None, lambda: False)


def named_family(desk: Desk, name: str) -> tuple[str, str]:
    family = desk.families.begin()
    return family, desk.fill(family, "household", family__family_name=name)


def test_a_family_begun_offline_is_on_the_second_laptop_of_the_same_worker(laptop):
    first, second = laptop("Priya Shah"), laptop("Priya Shah")
    family, _ = named_family(desk_of(first), "The Sandersons")
    sent = synced(first)
    assert (sent.sent, sent.trouble, sent.state.waiting) == (1, None, 0)
    news = synced(second).news
    assert [(one.family, one.name) for one in news] == [(family, "The Sandersons")]
    assert [line.name for line in second.families.list()] == ["The Sandersons"]


def test_two_people_who_differ_are_both_kept_until_one_settles_it(laptop, ehm):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    family, record = named_family(desk_of(priya), "Sanderson")
    synced(priya)
    ehm.give("Sam Okoro", family)
    synced(sam)
    for services, name in ((priya, "Sanderson-Lee"), (sam, "Lee")):
        filling = desk_of(services).open(record)
        filling.answer(FAMILY_NAME, name)
        services.records.seal(filling.freeze())
    synced(priya)
    synced(sam)
    synced(priya)
    standings = [desk_of(s).open(record).standing(FAMILY_NAME) for s in (priya, sam)]
    assert all(standing.in_conflict for standing in standings)
    assert all({s.answer.value for s in st.said} == {"Sanderson-Lee", "Lee"} for st in standings)
    assert standings[0].answer == standings[1].answer
    assert {said.author for said in standings[0].said} == {"Priya Shah", "Sam Okoro"}
    assert priya.families.list()[0].conflicts == 1

    filling = desk_of(priya).open(record)
    filling.answer(FAMILY_NAME, "Sanderson and Lee")
    priya.records.seal(filling.freeze())
    synced(priya)
    synced(sam)
    settled = desk_of(sam).open(record).standing(FAMILY_NAME)
    assert (settled.answer.value, settled.in_conflict) == ("Sanderson and Lee", False)


def test_a_loosened_answer_holds_once_the_centre_has_it(laptop):
    priya = laptop("Priya Shah")
    desk = desk_of(priya)
    family = desk.families.begin()
    record = desk.fill(family, "safety_check", talking__safe_paper="no")
    filling = desk.open(record)
    assert filling.needs_reason(PAPER, "yes")
    filling.answer(PAPER, "yes", "He has moved out. Agreed with Farah Khan.")
    priya.records.seal(filling.freeze())
    paper = priya.families.overview(family).paper
    assert paper is not None
    assert not paper.safe
    assert "sync" in paper.words
    synced(priya)
    paper = priya.families.overview(family).paper
    assert paper is not None
    assert paper.safe


def test_no_way_to_the_council_is_normal_and_keeps_what_waits(laptop, ehm, tmp_path):
    priya = laptop("Priya Shah")
    named_family(desk_of(priya), "The Sandersons")
    priya.syncing.membership = replace(priya.syncing.membership, server="http://127.0.0.1:9")
    outcome = synced(priya)
    assert outcome.offline
    assert outcome.trouble is not None
    assert "safe on this laptop" in outcome.trouble.message
    assert outcome.state.waiting == 1
