"""Control 26: outside the caseload nothing opens without a reason, and the reason is shown.

A laptop holds its worker's caseload only, so the one way is the EHM's, online.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.families import FamilyGone
from desktop.services.records import RecordGone
from desktop.services.unlocking import open_services
from sync.contract.messages import AuditPage
from sync.ehm.permissions import Role
from tests.conftest import SteadyClock
from tests.desktop.vault.making import PASSPHRASE, make_vault, open_vault
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.test_permissions import acts, ask
from tests.sync.writing import Pen

WHY = "The school rang about Sam, and Priya is away."


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        yield running


def test_control_26_each_look_outside_the_caseload_says_why(ehm: RunningEhm) -> None:
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    with (
        closing(Laptop(ehm, "Priya")) as priya,
        closing(Laptop(ehm, "Tom")) as tom,
        closing(Laptop(ehm, "Ines")) as ines,
    ):
        pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
        family = pen.family()
        priya.replica.begin_family(family)
        priya.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "Hello."}))
        priya.sync()
        path = f"/v1/families/{family.id}/look"
        for unsaid in ({}, {"reason": ""}, {"reason": None}):
            assert ask(tom, "POST", path, unsaid).status_code == 422
        assert "looked into" not in [act for _, act in acts(ehm)]
        for _ in range(10):
            assert ask(tom, "POST", path, {"reason": WHY}).status_code == 200
        asked = {"reason": "The quarterly check.", "family": family.id}
        read = AuditPage.model_validate_json(ask(ines, "POST", "/v1/audit", asked).content)
    looked = [line for line in read.lines if line.act == "looked into"]
    assert [(line.worker, line.detail) for line in looked] == [(tom.replica.worker, WHY)] * 10
    assert read.is_whole


def test_control_26_a_laptop_has_no_way_to_a_family_that_is_not_its_worker_s(
    tmp_path: Path, clock: SteadyClock
) -> None:
    ours, theirs = make_vault(tmp_path / "ours"), tmp_path / "theirs"
    vault = open_vault(ours)
    vault.keep_pack("2026.11.1", pack_bytes())
    vault.close()
    shutil.copytree(ours, theirs)
    priya = open_services(ours, bytearray(PASSPHRASE), Clock(clock))
    family = priya.families.begin()
    record = priya.records.begin(family, "plan")
    priya.vault.close()
    tom = open_services(theirs, bytearray(PASSPHRASE), Clock(clock))
    with pytest.raises(FamilyGone):
        tom.families.overview(family)
    with pytest.raises(RecordGone):
        tom.records.open(record)
    assert tom.families.list() == []
    assert family not in [entry.event.family for entry in tom.vault.audit()]
    tom.vault.close()
