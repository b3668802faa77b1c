"""A second person agrees, or sends back with words; nobody agrees to what they wrote themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from forms.casework.episodes import episodes
from forms.pack import Pack
from forms.records.answer import Answer
from forms.records.change import CENTRE
from forms.records.finalising import FINALISED, finalised_state, finalising_answer, is_final
from forms.records.heads import Heads
from sync.contract.changes import from_wire
from sync.contract.messages import WireAnswer
from sync.ehm import awaited, written_here
from sync.ehm.awaited import Awaited
from sync.ehm.known_records import Forms, known_records
from sync.ehm.permissions import Role
from sync.ehm.written_here import Hand
from tests.resources import shipped
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import Worker, definition_of, publish

Enrol = Callable[[str], Laptop]
CLOSED = {"on": "2026-03-01", "reason": "needs_met", "manager_agrees": "yes"}
"""Whoever closes says that their manager agrees: that alone is nobody's second word."""
AGREES = "/closure/manager/manager_agrees"
PAPER = "/safety_check/talking/safe_paper"


class Team:
    """A worker, a manager and a coordinator, with one family that agreed."""

    def __init__(self, ehm: RunningEhm, enrol_laptop: Enrol) -> None:
        publish(ehm)
        ehm.worker("Ann", Role.MANAGER)
        ehm.worker("Cy", Role.COORDINATOR)
        self.ehm, self.enrol = ehm, enrol_laptop
        self.ann, self.cy, self.priya = map(enrol_laptop, ("Ann", "Cy", "Priya"))
        self.worker = Worker(self.priya)
        self.family = self.worker.agreed()

    def close(self) -> str:
        record = self.worker.tell(self.family, "closure", final=True, closure=CLOSED)
        self.priya.sync()
        return record

    def loosen(self) -> str:
        """Paper was not safe, and now it is, with a reason."""
        record = self.worker.pen.id()
        first = self.worker.write(self.family, record, "safety_check", {PAPER: "no"})
        said = WireAnswer(value="yes", reason="He has moved out.", base=(first.id,))
        later = self.worker.pen.change(self.family, record, {PAPER: "yes"}, form="safety_check")
        version = definition_of("safety_check").version
        later = later.model_copy(update={"answers": {PAPER: said}, "version": version})
        self.priya.replica.keep_change(later)
        self.priya.sync()
        return record

    def waiting(self, laptop: Laptop) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = laptop.call("GET", "/v1/approvals").json()["waiting"]
        return found

    def say(self, laptop: Laptop, one: Mapping[str, Any], decision: str) -> Any:
        said = {
            "kind": one["kind"],
            "seen": one["seen"],
            "path": one["path"] or None,
            "decision": decision,
            "words": "I have read it.",
        }
        return laptop.call("POST", f"/v1/approvals/{one['record']}", said)

    def heads(self, record: str) -> Heads:
        """What the worker's laptop has of a record, after a sync."""
        self.priya.sync()
        changes = self.priya.replica.state.changes.values()
        return Heads(from_wire(each) for each in changes if each.record == record)

    def ends(self, family: str = "") -> list[str]:
        """Why each episode of the family (of the first, without one) ended; blank: it goes on."""
        with self.ehm.store.reading() as connection:
            records = known_records(connection, Forms(connection), family or self.family)
        return [one.end_reason for one in episodes(records)]


@pytest.fixture
def team(ehm: RunningEhm, enrol_laptop: Enrol) -> Team:
    return Team(ehm, enrol_laptop)


def test_a_closure_is_read_and_agreed_to_by_a_second_person(team: Team) -> None:
    record = team.close()
    (one,) = team.waiting(team.ann)
    assert (one["kind"], one["number"], one["asked_by"]["name"]) == (
        "closure",
        "EH-000001",
        "Priya",
    )
    asked = {"record": record, "seen": one["seen"]}
    read = team.ann.call("POST", "/v1/approvals/read", asked).json()
    assert read["title"] == "Closing"
    assert ("Why does it end?", "Needs are met") in [
        (e["question"], e["answer"]) for e in read["lines"]
    ]

    noted = team.say(team.ann, one, "approve").json()["record"]
    assert team.waiting(team.cy) == [], "what was agreed to waits for the next one"
    heads = team.heads(record)
    assert is_final(heads), "agreeing to a closure opened it"
    assert heads.current("/closure/manager/manager_agrees") == Answer("yes")
    assert heads.current("/closure/manager/manager_name") == Answer("Ann")
    assert team.heads(noted).current("/oversight/view/decision") == Answer("agreed")
    assert team.ends() == ["needs_met"]
    moved_it_waits_anew_for_the_other_family(team, record)


def test_an_older_closing_form_needs_a_second_person_as_well(
    ehm: RunningEhm, enrol_laptop: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no question for a manager: the centre asks for one all the same."""
    form, older = Pack.form, re.compile(rb' entities:saveto="manager_[a-z]*"')

    def without(pack: Pack, id_: str, version: str | None = None) -> bytes:
        return older.sub(b"", form(pack, id_, version))

    assert older.search(form(shipped.pack(), "closure"))
    definition_of("closure")  # what the worker's laptop has
    monkeypatch.setattr(Pack, "form", without)
    team = Team(ehm, enrol_laptop)
    record = team.close()
    assert team.ends() == [""]
    (one,) = team.waiting(team.ann)
    assert team.say(team.ann, one, "return").status_code == 200
    assert (team.ends(), is_final(team.heads(record))) == ([""], False)
    heads = team.heads(record)
    said, base = {FINALISED: finalising_answer(heads, {}).value}, {FINALISED: heads.base(FINALISED)}
    again = team.worker.pen.change(team.family, record, said, base, form="closure")
    again = again.model_copy(update={"version": definition_of("closure").version})
    team.priya.replica.keep_change(again)
    team.priya.sync()
    (one,) = team.waiting(team.ann)
    assert team.say(team.ann, one, "approve").status_code == 200
    assert (team.ends(), is_final(team.heads(record))) == (["needs_met"], True)
    assert team.waiting(team.cy) == []


def moved_it_waits_anew_for_the_other_family(team: Team, record: str) -> None:
    """Who agreed to it for the first family may look at it for the second."""
    right = team.worker.agreed()
    team.priya.sync()
    team.ehm.move(record, right)
    (again,) = team.waiting(team.ann)
    assert (again["family"], again["moved"], again["asked_by"]["name"]) == (right, True, "Priya")
    assert (team.ends(), team.ends(right)) == ([""], [""])
    assert team.say(team.ann, again, "approve").ok
    assert team.waiting(team.ann) == []
    assert (team.ends(), team.ends(right)) == ([""], ["needs_met"])


def test_a_laptop_cannot_hand_in_a_managers_yes(team: Team) -> None:
    record = team.close()
    (one,) = team.waiting(team.ann)
    made_up = team.worker.pen.change(team.family, record, {AGREES: "yes"}, form="closure")
    version = definition_of("closure").version
    ours = {"author": team.ann.replica.worker, "device": CENTRE, "version": version}
    team.priya.replica.keep_change(made_up.model_copy(update=ours))
    team.priya.sync()
    held = team.cy.call("GET", "/v1/held").json()["held"]
    assert [(each["record"], each["code"]) for each in held] == [(record, "not_your_words")]
    assert team.waiting(team.ann) == [one]


def test_a_closure_that_is_sent_back_goes_on_as_the_same_help(team: Team) -> None:
    record = team.close()
    (one,) = team.waiting(team.cy)
    assert team.say(team.cy, one, "return").ok
    heads = team.heads(record)
    assert not is_final(heads)
    assert heads.current("/closure/manager/manager_comment") == Answer("I have read it.")
    assert team.ends() == [""]
    assert team.waiting(team.ann) == []
    assert team.say(team.ann, one, "approve").status_code == 404


def test_nobody_agrees_to_their_own(team: Team) -> None:
    own = Worker(team.ann)
    family = own.agreed()
    own.tell(family, "closure", final=True, closure=CLOSED)
    team.ann.sync()
    assert team.waiting(team.ann) == []
    (one,) = team.waiting(team.cy)
    refused = team.say(team.ann, one, "approve")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_person")
    assert team.priya.call("GET", "/v1/approvals").status_code == 403


def test_a_loosened_answer_that_is_sent_back_is_careful_again(team: Team) -> None:
    record = team.loosen()
    assert team.waiting(team.cy) == [], "a coordinator learns that there is a safety check"
    (one,) = team.waiting(team.ann)
    assert (one["kind"], one["path"]) == ("loosened", PAPER)
    asked = {"record": record, "seen": one["seen"]}
    assert team.cy.call("POST", "/v1/approvals/read", asked).status_code == 404
    lines = team.ann.call("POST", "/v1/approvals/read", asked).json()["lines"]
    assert lines[-1] == {"question": "Why", "answer": "He has moved out."}
    assert [line["answer"][:3] for line in lines[:-1]] == ["Yes", "No,"]  # what it is, and was

    assert team.say(team.ann, one, "return").ok
    assert team.heads(record).current(PAPER) == Answer("no", None, "Ann: I have read it.")
    assert team.waiting(team.ann) == []


def test_what_is_written_at_the_centre_leaves_the_words_that_were_signed(team: Team) -> None:
    """The pack says others by now, which nobody has read to the family."""
    record, path = team.worker.pen.id(), "/sharing/sharing_words"
    said = {"/sharing/agencies/share_school": "yes"}
    first = team.worker.write(team.family, record, "sharing", said)
    signed = finalising_answer(Heads([from_wire(first)]), {path: "You choose."}).value
    team.worker.write(team.family, record, "sharing", {FINALISED: signed})
    team.priya.sync()
    careful = {"/sharing/agencies/share_school": Answer("ask")}
    with team.ehm.store.writing() as connection:
        hand = Hand("Ann", team.ehm.clock())
        written_here.write(connection, record, careful, hand, "Ask first.")
    state = finalised_state(team.heads(record))
    assert state is not None
    assert state.calculated[path] == "You choose."


def test_sharing_without_agreement_that_is_sent_back_is_not_to_be_shared(team: Team) -> None:
    record = team.worker.tell(
        team.family, "share_decision", final=True, share_decision={"decided": "share"}
    )
    team.priya.sync()
    (one,) = team.waiting(team.ann)
    assert one["kind"] == "override"
    assert team.say(team.ann, one, "return").ok
    heads = team.heads(record)
    assert (heads.current("/share_decision/decision/decided").value, is_final(heads)) == (
        "not_share",
        True,
    )


def test_level_4_has_gone_already_and_is_looked_at(team: Team) -> None:
    record = team.worker.tell(
        team.family, "request", final=True, request={"kind": "level_4", "people": "x"}
    )
    team.priya.sync()
    assert team.priya.call("POST", "/v1/requests", {"record": record, "urgent": True}).ok
    (one,) = team.waiting(team.ann)
    assert one["kind"] == "level_4"
    assert team.say(team.ann, one, "return").ok
    assert len(team.cy.call("GET", "/v1/requests").json()["requests"]) == 1
    assert is_final(team.heads(record))


def test_a_managers_note_is_a_record_of_the_family(team: Team) -> None:
    said = {"occasion": "drift", "words": "Bring it to supervision.", "next_on": "2026-04-01"}
    path = f"/v1/families/{team.family}/oversight"
    assert team.priya.call("POST", path, said).status_code == 403
    team.priya.sync()
    noted = team.ann.call("POST", path, said).json()["record"]
    heads = team.heads(noted)
    assert is_final(heads)
    assert heads.current("/oversight/view/comments") == Answer("Bring it to supervision.")
    assert heads.current("/oversight/next/next_supervision") == Answer("2026-04-01")


def list_of(team: Team) -> list[Awaited]:
    assert awaited.read_due(team.ehm.store) == 0
    with team.ehm.store.reading() as connection:
        return awaited.everything(connection)


def test_the_list_of_what_waits_thrown_away_and_made_again_is_the_same(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a closing sent back, an answer in dispute, one loosened, and a closing that waits.

    While a family is read again a laptop hands in, and what it wrote is not lost to the list.
    """
    team.close()
    safety = team.loosen()
    steps: list[Callable[[], object]] = [
        lambda: team.say(team.cy, team.waiting(team.cy)[0], "return"),
        lambda: team.worker.write(team.family, safety, "safety_check", {PAPER: "no"}),
        team.loosen,
        team.close,
        lambda: team.say(team.cy, team.waiting(team.cy)[0], "approve"),
        team.close,
    ]
    seen = []
    for step in steps:
        step()
        team.priya.sync()
        seen.append([one.kind for one in list_of(team)])
    both = ["loosened", "closure"]
    assert seen == [["loosened"], [], ["loosened"], both, ["loosened"], both]
    kept = list_of(team)
    with team.ehm.store.writing() as connection:
        awaited.begin_again(connection)
    read, loosened = awaited._of_family, list[str]()

    def while_reading(*asked: Any) -> list[dict[str, object]]:
        found = list(read(*asked))
        if not loosened:
            loosened.append(team.loosen())
        return found

    monkeypatch.setattr(awaited, "_of_family", while_reading)
    assert awaited.read_due(team.ehm.store, is_over=lambda: True) == 1
    found = list_of(team)
    assert [one for one in found if one.record not in loosened] == kept
    assert [one.kind for one in found if one.record in loosened] == ["loosened"]
