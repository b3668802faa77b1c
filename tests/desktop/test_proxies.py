"""A council that lets nothing out but through its proxy: everything goes through it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.doorplate import Doorplate, write_doorplate
from desktop.services.enrolling import Membership, enrol
from desktop.services.team import TeamDesk
from sync.client.errors import SyncError
from sync.contract import signatures
from tests.conftest import SteadyClock
from tests.desktop.recording_proxy import RecordingProxy, recording_proxy
from tests.desktop.test_bad_days import folder, made_once, start  # noqa: F401

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


def test_orders_at_the_unlock_page(proxy, folder, start, qtbot, monkeypatch):  # noqa: F811
    monkeypatch.setenv("https_proxy", proxy.url)
    write_doorplate(folder, Doorplate(EHM, DEVICE, signatures.public_key(KEY)))
    program = start()
    qtbot.waitUntil(lambda: bool(proxy.asked), timeout=20_000)
    qtbot.waitUntil(lambda: not program.network_lane.busy)
    assert set(proxy.asked) == {THERE}
