"""Control 34: the person who carries the laptop is told what is on it and who may do what."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import open_services
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.this_laptop import ThisLaptopPage
from desktop.vault.passphrase_cost import FLOOR
from sync.contract.messages import DevicePolicy, Recovered
from sync.ehm import council, packs
from tests.desktop.test_bad_days import (  # noqa: F401  fixtures
    folder,
    made_once,
    start,
    unlock,
)
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.walk import click, said_on
from tests.desktop.vault.making import PASSPHRASE, Pen, open_vault
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import running_ehm

NAME = "MarkerFamilyQuixotic"


def test_control_34_it_is_one_press_away_and_counts_without_a_name(
    start,  # noqa: F811
    folder: Path,  # noqa: F811
    qtbot: QtBot,
) -> None:
    vault = open_vault(folder)
    for _ in range(2):
        pen = Pen().begin(vault)
        vault.write(pen.change({"/visit_note/who": NAME}))
    vault.close()
    program = start()
    unlock(program, qtbot)
    assert isinstance(program.window.page, FamiliesPage)
    click(program.window.page, "This laptop")
    page = program.window.page
    assert isinstance(page, ThisLaptopPage)
    qtbot.waitUntil(lambda: "2 families" in said_on(page))
    said = said_on(page)
    assert "2 forms" in said
    assert "Used by Priya Shah." in said
    assert "Forms 2026.11.1" in said
    assert NAME not in said
    assert "The council lets" not in said, "this vault is of no council"


def test_control_34_it_says_what_the_council_set_and_did(tmp_path: Path) -> None:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as ehm:
        with ehm.store.writing() as connection:
            packs.publish(connection, council.read(connection), pack_bytes(), ehm.clock())
        clock, place = Clock(ehm.clock), tmp_path / "vault"
        code = ehm.code("Priya Shah")
        enrol(place, bytearray(PASSPHRASE), ehm.url, code, clock, name="WX-0417", cost=FLOOR)
        services = open_services(place, bytearray(PASSPHRASE), clock)
        lease = services.vault.replica.lease()
        assert lease is not None
        told = Recovered(request=lease.device, at=ehm.clock(), by=("Ann Lee",), reason="Lost")
        policy = DevicePolicy(most_families=1, warn_days=2, read_only_days=3, cover_days=9)
        kept = lease.model_copy(update={"policy": policy, "recovered": (told,)})
        services.vault.replica.keep_lease(kept)
        services.families.begin()
        found = services.laptop.read()
        services.vault.close()
    assert (found.device, found.families, found.most_families) == ("WX-0417", 1, 1)
    assert (found.warn_days, found.read_only_days, found.cover_days) == (2, 3, 9)
    assert found.last_checked == ehm.clock()
    assert [one.reason for one in found.recoveries] == ["Lost"]


def test_control_34_every_power_of_the_council_is_in_words(qtbot: QtBot) -> None:
    page = ThisLaptopPage(examples.MOMENTS)
    qtbot.addWidget(page)
    page.show_laptop(examples.LAPTOP)
    page.show()
    said = said_on(page)
    powers = ("Lock it", "Wipe it", "Take a family off", "recovery key", "Read the list", "covers")
    assert [words for words in powers if words not in said] == []
    assert "What Wexcombe may do with it" in said
    assert "Ann Lee and Cy Fox" in said
    assert "WX-0417" in said
    assert "after 7 days" in said
