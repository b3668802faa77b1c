"""Two families that are one: noticed, decided by a coordinator, joined, and undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from sync.contract.messages import Decide, PossibleMatch, WireChange
from sync.ehm import caseload, council, packs, schema
from sync.ehm.matching import bonds, identities, queue
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.small_pack import small_pack
from tests.sync.writing import BEGUN, Pen

Enrol = Callable[[str], Laptop]
NOTICE = "A coordinator will ring you about this family."


@dataclass
class Home:
    """A family that a worker began on their laptop."""

    laptop: Laptop
    pen: Pen
    family: str
    assessment: str

    def write(self, answers: dict[str, str], form: str = "visit_note") -> WireChange:
        change = self.pen.change(self.family, self.pen.id(), answers, form=form)
        self.laptop.replica.keep_change(change)
        return change


def begin(laptop: Laptop, *people: dict[str, str], home: dict[str, str], seed: int = 1) -> Home:
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device, seed=seed)
    family = pen.family().model_copy(update={"begun": BEGUN + timedelta(minutes=seed)})
    laptop.replica.begin_family(family)
    here = Home(laptop, pen, family.id, "")
    answers: dict[str, str] = {}
    for place, person in enumerate(people):
        row = f"/household/people/person[{pen.id()}]"
        answers[row] = f"{place:06d}"
        answers |= {f"{row}/{name}": value for name, value in person.items()}
    row = f"/household/homes/address[{pen.id()}]"
    answers[row] = "000000"
    answers |= {f"{row}/{name}": value for name, value in home.items()}
    here.write(answers, form="household")
    here.assessment = here.write({"/note/what": f"{laptop.replica.worker}'s assessment"}).record
    assert laptop.sync().checked
    return here


SAM = {"role": "child", "given_name": "Sam", "last_name": "Khan", "born": "2014-03-05"}
MUM = {"role": "parent", "given_name": "Aisha", "last_name": "Khan", "born": "1988-11-02"}
DAD = {"role": "parent", "given_name": "Chidi", "last_name": "Okafor", "born": "1985-01-20"}
MILL_LANE = {"line_1": "12 Mill Lane", "postcode": "PR1 2AB"}
FELL_VIEW = {"line_1": "3 Fell View", "postcode": "LA9 4QQ"}


@dataclass
class Case:
    """Priya and Tom began the same family, unseen by each other. Cy decides."""

    ehm: RunningEhm
    priya: Laptop
    tom: Laptop
    hers: Home
    his: Home
    cy: str

    def waiting(self) -> list[PossibleMatch]:
        with self.ehm.store.writing() as connection:
            queue.look(connection, self.ehm.clock())
            return queue.waiting(connection)

    def decide(self, decision: str) -> PossibleMatch:
        (match,) = self.waiting()
        said = Decide.model_validate({"decision": decision, "reason": "Mum says so."})
        with self.ehm.store.writing() as connection:
            return queue.decide(connection, match.id, said, self.cy, self.ehm.clock())

    def undo(self, bond: str | None) -> list[bonds.WrittenSince]:
        assert bond is not None
        with self.ehm.store.writing() as connection:
            since = bonds.undo(connection, bond, self.cy, "They are cousins.", self.ehm.clock())
            queue.reopen(connection, bond)
        return since

    def sync(self) -> None:
        for laptop in (self.priya, self.tom):
            assert laptop.sync().checked

    def shown(self, laptop: Laptop) -> dict[str, tuple[str | None, str]]:
        return {
            family: (kept.part_of, kept.notice)
            for family, kept in laptop.replica.state.families.items()
        }


@pytest.fixture
def make(ehm: RunningEhm, enrol_laptop: Enrol) -> Callable[..., Case]:
    def make(*his_people: dict[str, str], home: dict[str, str] = MILL_LANE) -> Case:
        with ehm.store.writing() as connection:
            packs.publish(connection, council.read(connection), small_pack(), ehm.clock())
        priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
        hers = begin(priya, SAM, MUM, home=MILL_LANE)
        his = begin(tom, *his_people, home=home, seed=2)
        return Case(ehm, priya, tom, hers, his, ehm.worker("Cy Bell", "coordinator"))

    return make


SAMUEL = SAM | {"given_name": "Samuel", "born": "2014-05-03"}


def test_a_family_begun_twice_is_noticed_and_the_devices_learn_only_that_somebody_rings(
    make: Callable[..., Case],
) -> None:
    case = make(SAMUEL, MUM)
    (match,) = case.waiting()
    assert (match.suggestion, match.decision) == ("same_family", None)
    assert {family.id for family in match.families} == {case.hers.family, case.his.family}
    assert case.waiting() == [match]
    case.sync()
    assert case.shown(case.priya) == {case.hers.family: (None, NOTICE)}
    assert case.shown(case.tom) == {case.his.family: (None, NOTICE)}
    feed = case.tom.call("POST", "/v1/feed", {"seen": None}).text
    assert case.hers.family not in feed


def test_merged_both_assessments_are_kept_and_whoever_had_one_has_both(
    make: Callable[..., Case],
) -> None:
    case = make(SAMUEL, MUM)
    assert case.decide("same_family").bond is not None
    case.sync()
    whole = {case.hers.family: (None, ""), case.his.family: (case.hers.family, "")}
    assert case.shown(case.priya) == case.shown(case.tom) == whole
    for laptop in (case.priya, case.tom):
        records = {change.record for change in laptop.replica.state.changes.values()}
        assert {case.hers.assessment, case.his.assessment} <= records
    assert case.waiting() == []


def test_undone_each_family_is_exactly_as_it_was_written_before_and_since(
    make: Callable[..., Case],
) -> None:
    case = make(SAMUEL, MUM)
    before = [dict(each.replica.state.changes) for each in (case.priya, case.tom)]
    digests = [each.replica.digests() for each in (case.priya, case.tom)]
    bond = case.decide("same_family").bond
    case.sync()
    since = case.undo(bond)
    assert since == []
    case.sync()
    assert [each.replica.state.changes for each in (case.priya, case.tom)] == before
    assert [each.replica.digests() for each in (case.priya, case.tom)] == digests
    assert case.shown(case.tom) == {case.his.family: (None, NOTICE)}
    assert case.undo(bond) == []
    assert len(case.waiting()) == 1


def test_what_was_written_since_a_merge_stays_and_is_listed_for_a_person(
    make: Callable[..., Case],
) -> None:
    case = make(SAMUEL, MUM)
    bond = case.decide("same_family").bond
    case.sync()
    added = case.his.pen.change(case.hers.family, case.his.pen.id(), {"/note/what": "We met."})
    case.tom.replica.keep_change(added)
    went_on = case.his.pen.change(case.his.family, case.his.assessment, {"/note/next": "School"})
    case.tom.replica.keep_change(went_on)
    case.sync()
    (since,) = case.undo(bond)
    assert (since.record, since.family) == (added.record, case.hers.family)
    assert since.author == case.tom.replica.worker
    case.sync()
    assert added.id in case.priya.replica.state.changes
    assert added.id not in case.tom.replica.state.changes
    assert went_on.id in case.tom.replica.state.changes
    assert went_on.id not in case.priya.replica.state.changes


def test_who_was_given_the_whole_family_since_keeps_what_is_theirs(
    make: Callable[..., Case],
) -> None:
    case = make(SAMUEL, MUM)
    bond = case.decide("same_family").bond
    with case.ehm.store.writing() as connection:
        caseload.allocate(
            connection,
            case.cy,
            case.tom.replica.worker,
            case.hers.family,
            "Leads",
            case.ehm.clock(),
        )
    case.undo(bond)
    case.sync()
    assert set(case.tom.replica.state.families) == {case.hers.family, case.his.family}
    assert set(case.priya.replica.state.families) == {case.hers.family}


def test_separated_parents_are_linked_and_neither_side_sees_the_other(
    make: Callable[..., Case],
) -> None:
    case = make(SAM, DAD, home=FELL_VIEW)
    case.sync()
    (match,) = case.waiting()
    assert match.suggestion == "same_child"
    decided = case.decide("same_child")
    case.sync()
    assert case.shown(case.priya) == {case.hers.family: (None, "")}
    assert case.shown(case.tom) == {case.his.family: (None, "")}
    for laptop, not_theirs in ((case.priya, "Fell View"), (case.tom, "Mill Lane")):
        told = laptop.call("POST", "/v1/feed", {"seen": None}).text
        assert not_theirs not in told
        assert "link" not in told
    with case.ehm.store.reading() as connection:
        (bond,) = bonds.bonds(connection)
        assert (bond.kind, bond.id) == ("link", decided.bond)
        assert bonds.whole(connection, case.his.family) == {case.his.family}


def test_two_that_are_not_the_same_are_not_proposed_again(make: Callable[..., Case]) -> None:
    case = make(SAMUEL, MUM)
    assert case.decide("different").bond is None
    case.his.write({"/note/what": "Again."}, form="household")
    case.sync()
    assert case.waiting() == []


@pytest.mark.parametrize("adopted_by", ["the form", "a person's word"])
def test_an_identity_after_an_adoption_is_never_proposed(
    make: Callable[..., Case], adopted_by: str
) -> None:
    after = SAM | {"more/status": "adopted"} if adopted_by == "the form" else SAM
    case = make(after, home=FELL_VIEW)
    if adopted_by != "the form":
        with case.ehm.store.writing() as connection:
            identities.take_due(connection)
            (sam,) = identities.of_family(connection, case.his.family)
            identities.seal(connection, case.his.family, sam.person)
    assert case.waiting() == []


def test_a_secret_address_is_not_kept_for_matching(make: Callable[..., Case]) -> None:
    case = make(SAM, home=MILL_LANE | {"confidential": "yes"})
    (match,) = case.waiting()
    assert match.suggestion == "same_child"
    his = next(family for family in match.families if family.id == case.his.family)
    assert his.people[0].postcodes == ()
    assert not any("address" in words or "postcode" in words for words in match.because)


def test_found_by_a_colleague_only_whom_to_ring_is_said_and_no_word_is_kept(
    make: Callable[..., Case],
) -> None:
    case = make(SAMUEL, MUM)
    asked = {"given_name": "Sammy", "last_name": "Kahn", "born": "2014-03-05"}
    answer = case.tom.call("POST", "/v1/families/find", asked)
    found = answer.json()["families"]
    assert {each["id"] for each in found} >= {case.hers.family}
    assert "Mill Lane" not in answer.text
    assert "2014" not in answer.text
    ringing = next(each for each in found if each["id"] == case.hers.family)["ring"]
    assert [each["name"] for each in ringing] == ["Priya Shah"]
    with case.ehm.store.reading() as connection:
        lines = connection.execute(select(schema.audit.c.act, schema.audit.c.detail)).all()
    assert ("searched", f"{len(found)} found") in [tuple(line) for line in lines]
    assert not any("Kahn" in line.detail or "Sammy" in line.detail for line in lines)


def test_a_coordinator_who_knows_a_family_does_not_meet_it_in_the_queue(
    make: Callable[..., Case], enrol_laptop: Enrol
) -> None:
    case = make(SAMUEL, MUM)
    cy = enrol_laptop("Cy Bell")
    (match,) = cy.call("GET", "/v1/matches").json()["matches"]
    cy.call("POST", f"/v1/families/{match['families'][0]['id']}/known", {"what": "hide"})
    assert cy.call("GET", "/v1/matches").json()["matches"] == []
    said = {"decision": "different", "reason": "Two families."}
    assert cy.call("POST", f"/v1/matches/{match['id']}/decide", said).status_code == 404
    assert case.tom.call("GET", "/v1/matches").json()["code"] == "not_allowed"


def test_the_queue_is_a_coordinators(make: Callable[..., Case], enrol_laptop: Enrol) -> None:
    case = make(SAMUEL, MUM)
    assert case.tom.call("GET", "/v1/matches").json()["code"] == "not_allowed"
    cy = enrol_laptop("Cy Bell")
    (match,) = cy.call("GET", "/v1/matches").json()["matches"]
    path = f"/v1/matches/{match['id']}/decide"
    said = {"decision": "same_family", "reason": "Mum says so."}
    bond = cy.call("POST", path, said).json()["bond"]
    assert cy.call("POST", path, said | {"decision": "different"}).json()["bond"] == bond
    assert [each["id"] for each in cy.call("GET", "/v1/bonds").json()["bonds"]] == [bond]
    undone = cy.call("POST", f"/v1/bonds/{bond}/undo", {"reason": "Cousins."}).json()
    assert undone == {"begun_since": []}
