"""A council that lets nothing out but through its proxy: everything goes through it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.doorplate import Doorplate, write_doorplate
from desktop.services.enrolling import Membership, enrol
from desktop.services.signing_in import InMemory, sign_in_by_browser
from desktop.services.team import TeamDesk
from sync.client.errors import SyncError
from sync.client.line import Credential
from sync.client.wire import HttpWire
from sync.contract import signatures
from sync.ehm import provider
from sync.ehm.provider import Provider
from tests.conftest import SteadyClock
from tests.desktop.recording_proxy import RecordingProxy, recording_proxy
from tests.desktop.test_bad_days import folder, made_once, start  # noqa: F401
from tests.sync.running_ehm import running_ehm

EHM = "https://ehm.council.example"
THERE = "ehm.council.example:443"
KEY = bytes(range(32))
DEVICE = "0e8a5f6c-9c1e-4b7e-9d55-0d7c8c5f2a11"


@pytest.fixture
def proxy() -> Iterator[RecordingProxy]:
    with recording_proxy() as proxy:
        yield proxy


def test_enrolling(proxy, clock: SteadyClock, tmp_path: Path):
    with pytest.raises(SyncError):
        enrol(
            tmp_path / "laptop",
            bytearray(b"lantern otter maple drum"),
            EHM,
            "a code",
            Clock(clock),
            proxies=lambda _: {"https": proxy.url},
        )
    assert set(proxy.asked) == {THERE}


def test_a_team_s_pages(proxy, clock: SteadyClock):
    member = Membership(EHM, DEVICE, base64.b64encode(KEY).decode(), "", "Council")
    with pytest.raises(SyncError):
        TeamDesk(member, "manager", Clock(clock), lambda _: {"https": proxy.url}).read()
    assert set(proxy.asked) == {THERE}


def test_the_sign_in_goes_to_its_provider_by_the_way_that_leads_there(proxy, tmp_path: Path):
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as ehm:
        with ehm.store.writing() as connection:
            provider.configure(connection, Provider("https://login.example", "your-family"))
        wire = HttpWire(ehm.url, ehm.clock, Credential(DEVICE, KEY))
        with closing(wire), pytest.raises(SyncError):
            sign_in_by_browser(
                wire,
                InMemory(),
                lambda _: None,
                proxies=lambda where: {"https": proxy.url} if "login" in where else {},
            )
    assert set(proxy.asked) == {"login.example:443"}


def test_a_proxy_s_password_is_in_no_description_of_the_line(clock: SteadyClock):
    with closing(HttpWire(EHM, clock, proxies={"https": "http://me:secret@proxy"})) as wire:
        assert "secret" not in repr(wire)


def test_orders_at_the_unlock_page(proxy, folder, start, qtbot, monkeypatch):  # noqa: F811
    monkeypatch.setenv("https_proxy", proxy.url)
    write_doorplate(folder, Doorplate(EHM, DEVICE, signatures.public_key(KEY)))
    program = start()
    qtbot.waitUntil(lambda: bool(proxy.asked), timeout=20_000)
    qtbot.waitUntil(lambda: not program.network_lane.busy)
    assert set(proxy.asked) == {THERE}
