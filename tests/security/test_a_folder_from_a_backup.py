"""A laptop's whole folder put back from a backup: only the centre can tell, at the next sync."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import Services, open_services
from desktop.vault.passphrase_cost import FLOOR
from sync.ehm import council, packs
from tests.desktop.services.making import synced
from tests.desktop.vault.making import Pen
from tests.sync.running_ehm import RunningEhm, running_ehm
from tests.sync.small_pack import small_pack
from tests.sync.test_permissions import acts

PASSPHRASE = b"rivers carry quiet lanterns home"
BROKEN = "device audit broken"


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        with running.store.writing() as connection:
            packs.publish(connection, council.read(connection), small_pack(), running.clock())
        yield running


def unlock(ehm: RunningEhm, folder: Path) -> Services:
    return open_services(folder, bytearray(PASSPHRASE), Clock(ehm.clock))


def test_what_it_had_since_comes_back_and_the_council_is_told(
    ehm: RunningEhm, tmp_path: Path
) -> None:
    folder, backup = tmp_path / "vault", tmp_path / "backup"
    code, clock = ehm.code("Priya Shah"), Clock(ehm.clock)
    enrol(folder, bytearray(PASSPHRASE), ehm.url, code, clock, cost=FLOOR)
    services = unlock(ehm, folder)
    pen = Pen(author=services.vault.worker.id).begin(services.vault)

    def say(words: str) -> None:
        services.vault.write(pen.change({"/visit_note/what": words}))
        services.vault.seal_all()

    say("before the backup")
    assert synced(services).trouble is None
    services.vault.close()
    shutil.copytree(folder, backup)

    services = unlock(ehm, folder)
    say("after the backup")
    assert synced(services).trouble is None
    services.vault.close()
    assert BROKEN not in {act for _, act in acts(ehm)}
    shutil.rmtree(folder)
    ehm.clock.pass_time(minutes=1)
    backup.rename(folder)

    services = unlock(ehm, folder)
    assert services.warnings == ()  # the count beside the store went back with it
    say("after it was put back")
    assert synced(services).trouble is None
    said = [
        written.answer.value
        for change in services.vault.changes(pen.record)
        for written in change.answers.values()
    ]
    services.vault.close()
    assert sorted(said) == ["after it was put back", "after the backup", "before the backup"]
    told = acts(ehm)
    assert told.count((services.vault.worker.id, BROKEN)) == 1
    assert told.count((services.vault.worker.id, "on a laptop: unlocked")) == 3  # none passed over
