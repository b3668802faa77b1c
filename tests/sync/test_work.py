"""The work of a hub and a team: requests, handing over, who holds what, measures, old programs."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from sync.client.errors import Declined
from sync.ehm import council, packs
from tests.sync.matching.test_merging import MILL_LANE, MUM, SAM, begin
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.small_pack import small_pack
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]


def _write(laptop: Laptop, said: str = "We ask for family support.") -> tuple[str, str]:
    """A family with one record: their ids."""
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
    family = pen.family()
    laptop.replica.begin_family(family)
    change = pen.change(family.id, pen.id(), {"/request/want": said}, form="request")
    laptop.replica.keep_change(change)
    assert laptop.sync().checked
    return family.id, change.record


def test_a_sender_stays_responsible_until_a_named_receiver_accepts_and_hears_the_decision(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    for name in ("Cy Bell", "Di Moss"):
        ehm.worker(name, "coordinator")
    priya, cy, di = map(enrol_laptop, ("Priya Shah", "Cy Bell", "Di Moss"))
    family, record = _write(priya)
    for _ in range(2):
        sent = priya.call("POST", "/v1/requests", {"record": record}).json()
        assert sent["responsible"]["name"] == "Priya Shah"
    (waiting,) = cy.call("GET", "/v1/requests").json()["requests"]
    assert waiting["responsible"]["name"] == "Priya Shah"
    assert "family support" not in cy.call("GET", "/v1/requests").text

    path = f"/v1/requests/{record}"
    said = {"outcome": "accepted", "words": "We will ring Mum this week."}
    assert cy.call("POST", f"{path}/decide", said).json()["code"] == "not_accepted"
    accepted = cy.call("POST", f"{path}/accept").json()
    assert accepted["request"]["responsible"]["name"] == "Cy Bell"
    assert accepted["said"]["answers"][0]["values"] == ["We ask for family support."]
    assert di.call("POST", f"{path}/accept").json()["code"] == "accepted"
    assert cy.sync().checked
    assert family in cy.replica.state.families

    assert cy.call("POST", f"{path}/decide", said).json()["told"] is None
    assert cy.call("GET", "/v1/requests").json()["requests"] == []
    (told,) = priya.call("GET", "/v1/requests/mine").json()["requests"]
    assert (told["outcome"], told["words"]) == ("accepted", "We will ring Mum this week.")
    assert told["told"] is not None


def test_nobody_sends_or_accepts_what_is_not_theirs(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    _family, record = _write(priya)
    for other in (record, str(uuid.uuid4())):
        assert tom.call("POST", "/v1/requests", {"record": other}).status_code == 404
    assert priya.call("POST", f"/v1/requests/{record}/accept").json()["code"] == "not_allowed"
    assert tom.call("GET", "/v1/requests").json()["code"] == "not_allowed"


def test_a_family_is_handed_over_in_one_step(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    ehm.worker("Cy Bell", "coordinator")
    priya, tom, cy = map(enrol_laptop, ("Priya Shah", "Tom Okafor", "Cy Bell"))
    family, _record = _write(priya)
    said = {
        "giver": priya.replica.worker,
        "receiver": tom.replica.worker,
        "reason": "Priya moves to another team.",
    }
    path = f"/v1/families/{family}/hand-over"
    assert priya.call("POST", path, said).json()["code"] == "not_allowed"
    assert cy.call("POST", path, said).status_code == 204
    for laptop, has in ((priya, False), (tom, True)):
        assert laptop.sync().checked
        assert (family in laptop.replica.state.families) is has
    nobody = said | {"giver": tom.replica.worker, "receiver": str(uuid.uuid4())}
    assert cy.call("POST", path, nobody).status_code == 404
    alone = said | {"giver": tom.replica.worker, "receiver": tom.replica.worker}
    assert cy.call("POST", path, alone).status_code == 422
    assert tom.sync().checked
    assert family in tom.replica.state.families


def test_who_holds_what_is_said_by_numbers_with_how_fresh_it_is(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    ehm.worker("Cy Bell", "coordinator")
    priya, cy = enrol_laptop("Priya Shah"), enrol_laptop("Cy Bell")
    _write(priya)
    assert priya.call("GET", "/v1/team/devices").json()["code"] == "not_allowed"
    answer = cy.call("GET", "/v1/team/devices")
    lines = {line["worker"]["name"]: line for line in answer.json()["devices"]}
    assert lines["Priya Shah"]["families"] == ["EH-000001"]
    assert lines["Priya Shah"]["last_contact"] == "2026-03-02T12:00:00Z"
    assert lines["Priya Shah"]["client"] == "0.1.0"
    assert "family support" not in answer.text


QUARTER = {"first": "2026-01-01", "last": "2026-03-31"}


def test_measures_are_of_those_families_that_are_the_readers(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    with ehm.store.writing() as connection:
        packs.publish(connection, council.read(connection), small_pack(), ehm.clock())
    ehm.worker("An Lyst", "analyst")
    priya, tom, an = map(enrol_laptop, ("Priya Shah", "Tom Okafor", "An Lyst"))
    begin(priya, SAM, MUM, home=MILL_LANE)
    own = priya.call("POST", "/v1/measures", {"scope": "own", **QUARTER}).json()
    assert (own["families"], own["written"]) == (1, "2026-03-02T12:00:00Z")
    keys = [each["key"] for each in own["measures"]]
    assert {"M1", "M2", "M19"} <= set(keys)
    assert len(keys) == len(set(keys))
    nobodys = tom.call("POST", "/v1/measures", {"scope": "own", **QUARTER}).json()
    assert nobodys["families"] == 0
    for scope in ("team", "council"):
        refused = tom.call("POST", "/v1/measures", {"scope": scope, **QUARTER})
        assert refused.json()["code"] == "not_allowed"
    asked = {"scope": "council", "first": "2025-10-01", "last": "2025-12-31"}
    assert an.call("POST", "/v1/measures/count", asked).json() == {"counted": 5, "families": 5}
    every = an.call("POST", "/v1/measures", asked).json()
    assert every["families"] == 0, "how many there are exactly is told"
    assert not any("families" in each for each in every["measures"])


def test_an_old_program_hands_in_its_work_and_is_given_nothing(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    family, _record = _write(laptop)
    with ehm.store.writing() as connection:
        council.set_oldest_client(connection, "0.10.0")
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device, seed=3)
    unsent = pen.change(family, pen.id(), {"/note/what": "Written on an old program."})
    laptop.replica.keep_change(unsent)
    outcome = laptop.sync()
    assert isinstance(outcome.trouble, Declined)
    assert (outcome.trouble.code, outcome.sent) == ("client_too_old", 1)
    laptop.wire.client, laptop.wire.token = "0.10.0", None
    assert laptop.sync().checked


@pytest.mark.parametrize(
    "what", ["orders", "matching", "measures", "requests", "putting_right", "approvals"]
)
def test_the_ehm_says_what_it_can_do(ehm: RunningEhm, enrol_laptop: Enrol, what: str) -> None:
    hello = enrol_laptop("Priya Shah").wire.hello()
    assert what in hello.capabilities
    assert hello.oldest_client == "0.1.0"
