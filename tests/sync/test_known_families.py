"""*I know this family*: it is in nothing that whoever says so is shown, or may do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from sync.ehm import schema
from sync.ehm.matching import bonds
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
REASON = {"reason": "Looked at."}


class Office:
    """Two coordinators; of one family something waits in each of their lists."""

    def __init__(self, ehm: RunningEhm, enrol_laptop: Enrol) -> None:
        for name in ("Cy Bell", "Di Moss"):
            ehm.worker(name, "coordinator")
        people = ("Cy Bell", "Di Moss", "Priya Shah", "Tom Okafor")
        self.ehm = ehm
        self.cy, self.di, self.priya, tom = map(enrol_laptop, people)
        pen = Pen(worker=self.priya.replica.worker, device=self.priya.replica.device)
        family, other = pen.family(), pen.family()
        self.family, self.other = family.id, other.id
        for each in (family, other):
            self.priya.replica.begin_family(each)
        said = pen.change(family.id, pen.id(), {"/request/want": "Support."}, form="request")
        self.record = said.record
        self.priya.replica.keep_change(said)
        assert self.priya.sync().checked
        assert self.priya.call("POST", "/v1/requests", {"record": self.record}).ok
        theirs = Pen(worker=tom.replica.worker, device=tom.replica.device)
        unasked = theirs.change(family.id, theirs.id(), {"/note/what": "Tom looked in."})
        self.held = unasked.record
        tom.replica.keep_change(unasked)
        assert tom.sync().held == 1
        with ehm.store.writing() as connection:
            by, at = self.di.replica.worker, ehm.clock()
            self.bond = bonds.link(connection, self.other, self.family, by, "Dad's.", at).id

    def lists(self, laptop: Laptop) -> list[int]:
        """How much is in each list that a coordinator reads."""
        asked = (("/v1/held", "held"), ("/v1/bonds", "bonds"), ("/v1/requests", "requests"))
        return [len(laptop.call("GET", path).json()[name]) for path, name in asked]

    def acts(self, laptop: Laptop) -> list[int]:
        """What each act of a coordinator on the family is answered."""
        request = f"/v1/requests/{self.record}"
        right = f"/v1/records/{self.record}/put-right"
        calls: list[tuple[str, object]] = [
            (f"/v1/held/{self.held}/show", REASON),
            (f"/v1/bonds/{self.bond}/undo", REASON),
            (f"{request}/accept", None),
            (f"{request}/decide", {"outcome": "accepted", "words": "Yes."}),
            (right, {**REASON, "to": self.other}),
            (f"/v1/records/{self.held}/put-right", {**REASON, "to": self.family}),
        ]
        return [laptop.call("POST", path, body).status_code for path, body in calls]


@pytest.fixture
def office(ehm: RunningEhm, enrol_laptop: Enrol) -> Office:
    return Office(ehm, enrol_laptop)


def test_nothing_of_a_known_family_is_listed_or_done_by_who_knows_it(office: Office) -> None:
    assert office.lists(office.cy) == office.lists(office.di) == [1, 1, 1]
    known = f"/v1/families/{office.family}/known"
    assert office.cy.call("POST", known, {"what": "hide"}).status_code == 204
    assert office.lists(office.cy) == [0, 0, 0]
    assert office.acts(office.cy) == [404] * 6
    assert office.lists(office.di) == [1, 1, 1]
    assert office.priya.call("GET", "/v1/requests/mine").json()["requests"] != []
    assert office.priya.call("POST", known, {"what": "hide"}).status_code == 204
    assert office.priya.call("GET", "/v1/requests/mine").json()["requests"] == []
    assert set(office.acts(office.di)) <= {200, 409}


def test_what_is_joined_and_ordered_is_read_in_sight(office: Office) -> None:
    for path in ("/v1/bonds", "/v1/asked-orders"):
        assert office.cy.call("GET", path).status_code == 200
    audit = schema.audit.c
    with office.ehm.store.reading() as connection:
        acts = connection.execute(
            select(audit.act).where(audit.worker == office.cy.replica.worker).order_by(audit.n)
        ).scalars()
        assert list(acts) == ["read what is joined", "read what was ordered"]


def test_a_request_is_sent_of_a_record_that_its_sender_has(office: Office) -> None:
    """Whoever has the family and knows a record's id learns nothing by it, and asks for nothing."""
    office.ehm.give("Tom Okafor", office.family)
    pen = Pen(worker=office.priya.replica.worker, device=office.priya.replica.device, seed=2)
    answers = {"@restricted": "yes", "/request/want": "Apart."}
    apart = pen.change(office.family, pen.id(), answers, form="request")
    office.priya.replica.keep_change(apart)
    assert office.priya.sync().checked
    tom = Laptop(office.ehm, "Tom Okafor", "Laptop 2")
    answers_to_tom = [
        tom.call("POST", "/v1/requests", {"record": record}).status_code
        for record in (apart.record, office.record)
    ]
    tom.close()
    assert answers_to_tom == [404, 200]
