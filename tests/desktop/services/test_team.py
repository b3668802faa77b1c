"""The team's caseload for those who oversee it, from a real EHM."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.enrolling import Membership
from desktop.services.team import NotEnrolled, TeamDesk
from sync.client.enrolment import enrol, new_private_key
from sync.client.wire import HttpWire
from sync.ehm.permissions import Role
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.writing import Pen


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path / 'ehm.db'}") as running:
        yield running


def desk_of(ehm: RunningEhm, name: str, role: str) -> TeamDesk:
    ehm.worker(name, role)
    key = new_private_key()
    with closing(HttpWire(ehm.url, ehm.clock)) as wire:
        made = enrol(wire, ehm.code(name), "Laptop", key)
    private = base64.b64encode(made.credential.private_key).decode()
    member = Membership(ehm.url, made.credential.device, private, made.signing_key, "Demo")
    return TeamDesk(member, role, Clock(ehm.clock))


def test_a_manager_sees_who_has_which_family_and_gives_it(ehm: RunningEhm) -> None:
    ann = desk_of(ehm, "Ann", Role.MANAGER)
    with closing(Laptop(ehm, "Priya")) as priya:
        tom = ehm.worker("Tom")
        pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
        family = pen.family()
        priya.replica.begin_family(family)
        priya.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "Hello."}))
        assert priya.sync().checked
    found = ann.read()
    assert [[name for _, name in line.holders] for line in found.lines] == [["Priya"]]
    assert {name for _, name in found.people} >= {"Priya", "Tom"}
    after = ann.give(family.id, tom, "Tom knows the school.")
    assert {name for _, name in after.lines[0].holders} == {"Priya", "Tom"}
    ended = ann.take_away(family.id, tom, "He moves on.")
    assert [name for _, name in ended.lines[0].holders] == ["Priya"]
    (priya_id,) = (worker for worker, _ in ended.lines[0].holders)
    over = ann.hand_over(family.id, priya_id, tom, "Priya is leaving.")
    assert [name for _, name in over.lines[0].holders] == ["Tom"]


def test_the_team_is_offered_to_those_who_oversee_one(ehm: RunningEhm) -> None:
    assert desk_of(ehm, "Ann", "manager").is_offered
    assert not desk_of(ehm, "Priya", "worker").is_offered
    governance = desk_of(ehm, "Ines", "information governance")
    assert governance.is_offered
    found = governance.read()
    assert (found.lines, found.sees_families, "audit" in found.may) == ((), False, True)
    alone = TeamDesk(None, "manager", Clock(ehm.clock))
    assert not alone.is_offered
    with pytest.raises(NotEnrolled):
        alone.read()
