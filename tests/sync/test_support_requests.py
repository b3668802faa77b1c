"""When a request for support is not before the hub any more, and who is responsible then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from forms.records.finalising import AMENDED
from sync.ehm.permissions import Role
from tests.forms.casework.telling import Told, row_id
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import MUM, Worker, publish

Enrol = Callable[[str], Laptop]
CHILD = row_id("child")
ASKED = {"kind": "start_well", "people": CHILD, "agreed": "yes"}
WITHDREW = {"person": MUM, "on": "2026-03-02"}


class Hub:
    """A worker who asks, and a coordinator who reads the inbox."""

    def __init__(self, ehm: RunningEhm, enrol_laptop: Enrol) -> None:
        publish(ehm)
        ehm.worker("Cy Bell", Role.COORDINATOR)
        self.cy, self.priya = enrol_laptop("Cy Bell"), enrol_laptop("Priya Shah")
        self.worker = Worker(self.priya)
        self.family = self.worker.agreed()

    def ask(self, **asked: str) -> str:
        record = self.worker.tell(self.family, "request", final=True, request={**ASKED, **asked})
        self.priya.sync()
        assert self.priya.call("POST", "/v1/requests", {"record": record}).ok
        assert self.inbox() == [record]
        return record

    def tell(self, form: str, **told: Told) -> None:
        self.worker.tell(self.family, form, final=True, **told)
        self.priya.sync()

    def inbox(self) -> list[str]:
        return [one["record"] for one in self.cy.call("GET", "/v1/requests").json()["requests"]]

    def why(self) -> str | None:
        (mine,) = self.priya.call("GET", "/v1/requests/mine").json()["requests"]
        return None if mine["withdrawn"] is None else str(mine["withdrawn"])


@pytest.fixture
def hub(ehm: RunningEhm, enrol_laptop: Enrol) -> Hub:
    return Hub(ehm, enrol_laptop)


def test_a_request_goes_when_those_who_agreed_do_not_any_more(hub: Hub) -> None:
    record = hub.ask()
    hub.tell("agreement", withdrawal=[WITHDREW])
    assert (hub.inbox(), hub.why()) == ([], "agreement")
    refused = hub.cy.call("POST", f"/v1/requests/{record}/accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "withdrawn")


def test_a_request_about_danger_stays_whoever_withdraws(hub: Hub) -> None:
    record = hub.ask(kind="level_4")
    hub.tell("agreement", withdrawal=[WITHDREW])
    assert (hub.inbox(), hub.why()) == ([record], None)


def test_a_child_who_says_no_takes_back_what_is_asked_about_them(hub: Hub) -> None:
    hub.ask()
    hub.tell("child_voice", voice={"child": row_id("another"), "share_ok": "no"})
    assert hub.why() is None
    hub.tell("child_voice", voice={"child": CHILD, "share_ok": "no"})
    assert (hub.inbox(), hub.why()) == ([], "person")


def test_words_that_were_erased_are_asked_of_nobody(hub: Hub, ehm: RunningEhm) -> None:
    ehm.erase(hub.ask())
    assert (hub.inbox(), hub.why()) == ([], "taken_out")


def test_a_request_that_is_being_written_on_waits_with_its_author(hub: Hub) -> None:
    record = hub.ask()
    hub.worker.write(hub.family, record, "request", {AMENDED: "One more thing."})
    hub.priya.sync()
    assert (hub.inbox(), hub.why()) == ([], "amended")


@pytest.mark.parametrize(
    ("outcome", "responsible"), [("accepted", "Cy Bell"), ("declined", "Priya Shah")]
)
def test_there_is_never_nobody(hub: Hub, outcome: str, responsible: str) -> None:
    path = f"/v1/requests/{hub.ask()}"
    assert hub.cy.call("POST", f"{path}/accept").ok
    said = {"outcome": outcome, "words": "We have looked at it."}
    decided = hub.cy.call("POST", f"{path}/decide", said).json()
    assert decided["responsible"]["name"] == responsible
