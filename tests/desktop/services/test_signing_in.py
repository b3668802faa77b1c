"""Signing in from the program: at the first start, renewed unseen, and again when it must be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.signing_in import InVault
from desktop.services.unlocking import Services, open_services
from desktop.services.views import SyncOutcome
from desktop.vault.passphrase_cost import FLOOR
from sync.client.sign_in import NotOurAnswer
from sync.ehm import council, packs
from tests.desktop.services.making import desk_of
from tests.sync.running_ehm import RunningEhm, running_ehm
from tests.sync.signing_in import Browser

PASSPHRASE = b"lantern otter maple drum"
KEY = bytes(range(32))


@pytest.fixture
def ehm(tmp_path: Path, pack_bytes: bytes) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db", demo_sign_in=True) as running:
        with running.store.writing() as connection:
            packs.publish(connection, council.read(connection), pack_bytes, running.clock())
        yield running


def sync(services: Services) -> SyncOutcome:
    services.vault.seal_all()
    return services.syncing.run(lambda job: job(), lambda _progress: None, lambda: False)


def test_the_first_run_and_every_sign_in_after_it(ehm: RunningEhm, tmp_path: Path) -> None:
    folder, clock = tmp_path / "laptop", Clock(ehm.clock)
    code, me = ehm.code("Priya Shah"), ehm.worker("Priya Shah")

    def first_run(browser: Browser) -> None:
        enrol(
            folder,
            bytearray(PASSPHRASE),
            ehm.url,
            code,
            clock,
            private_key=KEY,
            open_browser=browser.open,
            cost=FLOOR,
        )

    with pytest.raises(NotOurAnswer):
        first_run(Browser(me, answered=lambda query: query.update(iss="https://elsewhere.example")))
    assert not folder.exists() or not any(folder.iterdir()), "nothing is half made"
    first_run(Browser(me))  # the same code, for it is the same laptop

    services = open_services(folder, bytearray(PASSPHRASE), clock)
    with closing(services.vault):
        desk = desk_of(services)
        desk.fill(desk.families.begin(), "household", family__family_name="Okafor")
        assert sync(services).state.waiting == 0

        ehm.clock.pass_time(days=8)
        renewed = sync(services)
        assert (renewed.trouble, renewed.sign_in_due) == (None, False)

        ehm.clock.pass_time(days=8)
        InVault(services.vault, lambda job: job()).keep("lost")
        desk.fill(desk.families.begin(), "household", family__family_name="Lind")
        due = sync(services)
        assert due.sign_in_due
        assert (due.sent, due.state.waiting) == (1, 0), "handing in needs no sign-in"

        services.syncing.sign_in(lambda job: job(), Browser(me).open, lambda: False)
        assert sync(services).trouble is None
