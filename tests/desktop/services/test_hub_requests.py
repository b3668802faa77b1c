"""A request for support goes to the hub, and its answer comes back to whoever asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.services.case_views import AtHub, HubLine
from desktop.services.enrolling import Membership
from desktop.services.records import HubFirst, TelephoneFirst
from desktop.services.unlocking import Services
from desktop.services.views import RecordState
from sync.contract.messages import Approve, DecideRequest, Outcome
from sync.ehm.permissions import Role
from tests.desktop.services.conftest import Laptops
from tests.desktop.services.making import Desk, desk_of, synced
from tests.desktop.services.test_team import desk_of as team_desk
from tests.sync.running_ehm import RunningEhm

AWAY = "http://127.0.0.1:9"


def asked(services: Services, kind: str = "start_well") -> tuple[str, str]:
    """A family with one finished request: their ids."""
    desk = desk_of(services)
    family = desk.families.begin()
    record = desk.fill(family, "request", ask__kind=kind, ask__want="Somebody to talk to")
    services.records.finish(services.records.read(record), {}, "")
    return family, record


def at_hub(services: Services, family: str) -> HubLine:
    (line,) = (one.at_hub for one in services.families.overview(family).records)
    assert line is not None
    return line


def decided(ehm: RunningEhm, record: str, outcome: Outcome, words: str) -> None:
    cy = team_desk(ehm, "Cy Bell", Role.COORDINATOR)
    cy.ask(lambda wire: wire.accept(record))
    cy.ask(lambda wire: wire.decide_request(record, DecideRequest(outcome=outcome, words=words)))


def test_a_request_waits_offline_and_over_a_restart_and_is_sent_once(
    laptop: Laptops, ehm: RunningEhm
) -> None:
    priya = laptop("Priya Shah")
    family, record = asked(priya)
    here = priya.syncing.membership
    assert isinstance(here, Membership)
    priya.syncing.membership = replace(here, server=AWAY)
    assert synced(priya).offline
    assert at_hub(priya, family).standing is AtHub.WAITS

    priya = laptop.again(priya)
    assert at_hub(priya, family).standing is AtHub.WAITS
    for _ in range(2):
        assert synced(priya).trouble is None
        assert at_hub(priya, family).standing is AtHub.SENT
    cy = team_desk(ehm, "Cy Bell", Role.COORDINATOR)
    (waiting,) = cy.ask(lambda wire: wire.requests()).requests
    assert (waiting.record, waiting.responsible.name) == (record, "Priya Shah")


def test_the_hubs_answer_is_in_the_record_and_whoever_asked_is_told(
    laptop: Laptops, ehm: RunningEhm
) -> None:
    priya = laptop("Priya Shah")
    family, record = asked(priya)
    synced(priya)
    cy = team_desk(ehm, "Cy Bell", Role.COORDINATOR)
    cy.ask(lambda wire: wire.accept(record))
    (news,) = synced(priya).news
    assert news.lines == ("Cy Bell has accepted your request, and is responsible from now on.",)
    assert (at_hub(priya, family).standing, at_hub(priya, family).name) == (
        AtHub.ACCEPTED,
        "Cy Bell",
    )

    said = DecideRequest(outcome="accepted", words="We ring Mum this week.")
    cy.ask(lambda wire: wire.decide_request(record, said))
    assert any("has decided your request" in line for n in synced(priya).news for line in n.lines)
    line = at_hub(priya, family)
    assert (line.standing, line.decision, line.name, line.words, line.family_knows) == (
        AtHub.DECIDED,
        "accepted",
        "Cy Bell",
        "We ring Mum this week.",
        False,
    )
    opened = priya.records.read(record)
    assert opened.finalised, "the answer opened a finished record"
    assert opened.names[opened.changes[-1].author] == "Cy Bell"
    (task,) = (one for one in priya.casework.work().tasks if one.kind == "tell_family")
    assert task.record == record


def test_what_the_hub_wants_to_know_is_written_and_asked_again(
    laptop: Laptops, ehm: RunningEhm
) -> None:
    priya = laptop("Priya Shah")
    family, record = asked(priya)
    synced(priya)
    decided(ehm, record, "more", "Which school?")
    synced(priya)
    assert [one.kind for one in priya.casework.work().tasks] == ["more_wanted"]

    priya.records.amend(priya.records.read(record), "The hub asked.")
    filling = desk_of(priya).open(record)
    filling.answer("/request/ask/want", "Somebody to talk to at Mill Lane Primary")
    priya.records.seal(filling.freeze())
    priya.records.finish(priya.records.read(record), {}, "")
    assert at_hub(priya, family).standing is AtHub.WAITS
    synced(priya)
    assert at_hub(priya, family).standing is AtHub.SENT
    cy = team_desk(ehm, "Cy Bell", Role.COORDINATOR)
    (waiting,) = cy.ask(lambda wire: wire.requests()).requests
    assert (waiting.outcome, waiting.accepted_by) == (None, None)


def test_a_centre_that_was_put_back_is_asked_again(laptop: Laptops, ehm: RunningEhm) -> None:
    priya = laptop("Priya Shah")
    synced(priya)
    backup = ehm.back_up()
    family, _record = asked(priya)
    synced(priya)
    ehm.restore(backup)
    outcome = synced(priya)
    assert outcome.trouble is None
    assert at_hub(priya, family).standing is AtHub.SENT
    cy = team_desk(ehm, "Cy Bell", Role.COORDINATOR)
    assert len(cy.ask(lambda wire: wire.requests()).requests) == 1


def test_a_step_down_names_its_own_receiver_and_asks_nobody(
    laptop: Laptops, ehm: RunningEhm
) -> None:
    priya = laptop("Priya Shah")
    family, _record = asked(priya, "step_down_out")
    synced(priya)
    assert [one.at_hub for one in priya.families.overview(family).records] == [None]
    cy = team_desk(ehm, "Cy Bell", Role.COORDINATOR)
    assert cy.ask(lambda wire: wire.requests()).requests == ()


def test_level_4_is_not_finished_before_somebody_was_rung(desk: Desk) -> None:
    family = desk.families.begin()
    record = desk.fill(family, "request", ask__kind="level_4")
    filling = desk.open(record)
    rung = filling.must_ring_first()
    assert rung == "/request/ask/rung_at"
    with pytest.raises(TelephoneFirst):
        desk.records.finish(desk.records.read(record), {}, "No time.")
    filling.answer(rung, "2026-03-02T11:50:00.000+00:00")
    assert filling.must_ring_first() == ""
    desk.records.seal(filling.freeze())
    desk.records.finish(desk.records.read(record), {}, "No time.")
    assert desk.records.read(record).finalised


def test_a_plan_is_not_finished_before_the_hub_has_answered_level_4(
    laptop: Laptops, ehm: RunningEhm
) -> None:
    priya = laptop("Priya Shah")
    desk = desk_of(priya)
    family = desk.families.begin()
    rung = "2026-03-02T11:50:00.000+00:00"
    request = desk.fill(family, "request", ask__kind="level_4", ask__rung_at=rung)
    desk.records.finish(desk.records.read(request), {}, "")
    plan = desk.fill(family, "plan", start__lead="Priya Shah")
    safety = desk.fill(family, "safety_plan")
    desk.records.amend(desk.records.read(request), "They rang back")
    filling = desk.open(request)
    filling.answer("/request/answer/decision", "early_help")  # as the worker understood it
    desk.records.seal(filling.freeze())
    desk.records.finish(desk.records.read(request), {}, "")
    assert [desk.records.read(one).waits_for_hub for one in (plan, safety)] == [True, False]
    with pytest.raises(HubFirst):
        desk.records.finish(desk.records.read(plan), {}, "")
    desk.records.finish(desk.records.read(safety), {}, "")
    synced(priya)
    decided(ehm, request, "early_help", "Go on, and ring us if it gets worse.")
    synced(priya)
    assert not desk.records.read(plan).waits_for_hub
    desk.records.finish(desk.records.read(plan), {}, "")
    assert desk.records.read(plan).finalised


def test_a_closing_that_a_manager_sent_back_is_open_and_says_why(
    laptop: Laptops, ehm: RunningEhm
) -> None:
    priya, ann = laptop("Priya Shah"), team_desk(ehm, "Ann Cole", Role.MANAGER)
    desk = desk_of(priya)
    family = desk.families.begin()
    record = desk.fill(family, "closure", end__reason="needs_met")
    priya.records.finish(priya.records.read(record), {}, "")
    synced(priya)
    (waits,) = priya.families.overview(family).approvals
    assert (waits.kind, waits.standing, waits.record) == ("closure", "waiting", record)

    (one,) = ann.ask(lambda wire: wire.waiting()).waiting
    said = Approve(kind="closure", seen=one.seen, decision="return", words="Hear Sam first.")
    ann.ask(lambda wire: wire.approve(record, said))
    synced(priya)
    overview = priya.families.overview(family)
    (back,) = overview.approvals
    assert (back.standing, back.by, back.words) == ("returned", "Ann Cole", "Hear Sam first.")
    states = {line.form: line.state for line in overview.records}
    assert states == {"closure": RecordState.DRAFT, "oversight": RecordState.FINISHED}
