"""Roles: each call is open to those whom the table names, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from sync.ehm import schema
from sync.ehm.permissions import PERMISSIONS, Act, Role, as_table, may
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

DOCS = Path(__file__).parents[2] / "docs" / "ehm-api.md"
NOBODYS = "0195a1f0-4c1e-7b3a-9d52-6f1e2a3b4c5d"

CALLS: list[tuple[Act, str, str, dict[str, object] | None]] = [
    (Act.KNOW, "GET", "/v1/me", None),
    (Act.CARRY, "GET", "/v1/families", None),
    (Act.CARRY, "GET", f"/v1/families/{NOBODYS}/records", None),
    (Act.TEAM, "GET", "/v1/team", None),
    (Act.TEAM, "GET", "/v1/oversight", None),
    (
        Act.ALLOCATE,
        "POST",
        f"/v1/families/{NOBODYS}/workers",
        {"what": "give", "worker": "x", "reason": "Because."},
    ),
    (
        Act.ALLOCATE,
        "POST",
        "/v1/covers",
        {"worker": "x", "stand_in": "y", "until": "2026-04-01T00:00:00Z"},
    ),
]


def ask(
    laptop: Laptop, method: str, path: str, body: Mapping[str, object] | None = None
) -> requests.Response:
    """A call past the client: what somebody with curl and a token of theirs can do."""
    bearer = {"Authorization": f"Bearer {laptop.wire._new_token().access_token}"}
    return requests.request(method, laptop.wire.url + path, json=body, headers=bearer, timeout=20)


def acts(ehm: RunningEhm) -> list[tuple[str, str]]:
    """Who did what, as the audit has it."""
    with ehm.store.reading() as connection:
        rows = connection.execute(
            select(schema.audit.c.worker, schema.audit.c.act).order_by(schema.audit.c.n)
        )
        return [(row.worker, row.act) for row in rows]


def test_the_page_prints_the_table() -> None:
    assert as_table() in DOCS.read_text(encoding="utf-8")


def test_every_act_is_somebodys_and_every_role_has_one() -> None:
    assert all(PERMISSIONS[act] for act in Act)
    assert {role for roles in PERMISSIONS.values() for role in roles} == set(Role)


@pytest.mark.parametrize("role", Role)
def test_control_15_each_role_is_refused_what_the_table_does_not_give(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop], role: Role
) -> None:
    ehm.worker("Sam", role, agency="school")
    laptop = enrol_laptop("Sam")
    for act, method, path, body in CALLS:
        status = ask(laptop, method, path, body).status_code
        assert (status == 403) is not may(role, act), (act, path, status)
    refused = [who for who, what in acts(ehm) if what == "refused"]
    assert set(refused) <= {laptop.replica.worker}
    closed = sum(not may(role, act) for act, *_rest in CALLS)
    assert len(refused) >= closed


def begin(laptop: Laptop) -> str:
    """A family with one visit note, at the EHM."""
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
    family = pen.family()
    laptop.replica.begin_family(family)
    laptop.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "Hello."}))
    assert laptop.sync().checked
    return family.id


def test_a_manager_gives_covers_and_takes_away(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Ann", Role.MANAGER)
    ann, priya, tom = (enrol_laptop(name) for name in ("Ann", "Priya", "Tom"))
    family = begin(priya)

    seen = ask(ann, "GET", "/v1/team").json()["families"]
    assert [each["holders"][0]["worker"]["name"] for each in seen] == ["Priya"]
    assert "Hello" not in str(seen)

    until = (ehm.clock() + timedelta(days=7)).isoformat()
    cover = {"worker": priya.replica.worker, "stand_in": tom.replica.worker, "until": until}
    assert ask(ann, "POST", "/v1/covers", cover).json()["families"] == 1
    tom.sync()
    assert family in tom.replica.digests()
    ehm.clock.pass_time(days=8)
    priya.wire._new_token()
    tom.sync()
    assert family not in tom.replica.digests()

    give = {"what": "give", "worker": tom.replica.worker, "reason": "Tom knows the school."}
    take = {"what": "take_away", "worker": priya.replica.worker, "reason": "Handed over."}
    path = f"/v1/families/{family}/workers"
    assert ask(ann, "POST", path, give).status_code == 204
    assert ask(ann, "POST", path, take).status_code == 204
    tom.sync()
    priya.sync()
    assert family in tom.replica.digests()
    assert family not in priya.replica.digests()
    for act in ("read the team's caseload", "gave cover", "gave", "took away"):
        assert (ann.replica.worker, act) in acts(ehm)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.FORM_OWNER, Role.CONTRIBUTOR])
def test_a_family_is_given_to_nobody_who_cannot_have_it(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop], role: Role
) -> None:
    ehm.worker("Ann", Role.COORDINATOR)
    sam = ehm.worker("Sam", role, agency="school")
    ann, priya = enrol_laptop("Ann"), enrol_laptop("Priya")
    family = begin(priya)
    give = {"what": "give", "worker": sam, "reason": "By mistake."}
    refused = ask(ann, "POST", f"/v1/families/{family}/workers", give)
    assert refused.json()["code"] == "cannot_carry"


def test_a_contributor_cannot_begin_a_family_and_loses_nothing_of_it(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Jo", Role.CONTRIBUTOR, agency="school")
    jo = enrol_laptop("Jo")
    pen = Pen(worker=jo.replica.worker, device=jo.replica.device)
    family = pen.family()
    jo.replica.begin_family(family)
    jo.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "Hello."}))
    outcome = jo.sync()
    assert outcome.held == 1
    with ehm.store.reading() as connection:
        assert connection.execute(select(schema.family.c.id)).all() == []
        assert "Hello." in connection.execute(select(schema.change.c.body)).scalar_one()
