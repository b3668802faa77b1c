"""The episode and its members: each edge case of domain.md 3.6.5 that is about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forms.casework.agreement import agreed_by, agreements, all_withdrawn_on, is_agreed
from forms.casework.approvals import CLOSURE, approvals
from forms.casework.chronology import chronology
from forms.casework.closing import waiting
from forms.casework.episodes import episode_on, episodes, members, people_of
from forms.casework.levels import level_history, level_on
from forms.casework.measures.case import case_of
from forms.casework.people import household
from forms.casework.responsible import lead_on, leads
from forms.casework.tasks import tasks
from forms.casework.timescales import read_timescales
from forms.records.finalising import FINALISED, finalising_answer
from forms.records.heads import Heads
from tests.forms.casework.conftest import Writing
from tests.forms.casework.telling import row_id

MUM, DAD, MIA, BEN = (row_id("person", name) for name in ("mum", "dad", "mia", "ben"))
MAY = date(2026, 5, 4)


def person(row: str, role: str, name: str, **more: str) -> dict[str, object]:
    return {"id": row, "role": role, "given_name": name, "last_name": "Osei", **more}


FOUR = [
    person(MUM, "parent", "Adwoa", born="1990-01-01", relation="mother", lives="here"),
    person(DAD, "parent", "Kwame", born="1989-01-01", relation="father", lives="here"),
    person(MIA, "child", "Mia", born="2015-02-01", lives="here", included="yes"),
    person(BEN, "child", "Ben", born="2018-03-02", lives="here", included="yes"),
]


def agree(writing: Writing, on: date, *who: str, record: str = "") -> str:
    rows = [{"person": p, "answer": "agrees", "on": on, "method": "signed"} for p in who]
    return writing.tell("agreement", on=on, record=record, agreement=rows)


def close(writing: Writing, on: date, reason: str = "needs_met") -> str:
    record = writing.tell("closure", on=on, closure={"on": on, "reason": reason})
    writing.agree_to_closing(record)
    return record


def withdraw(writing: Writing, record: str, *who: str, on: date) -> None:
    definition = writing.definition("agreement")
    path = next(e.path for e in definition.entities if e.dataset == "withdrawal")
    for one in who:
        row = f"{path}[{row_id(record, one)}]"
        told = {row: "000010", f"{row}/withdrawal_who": one, f"{row}/withdrawal_on": str(on)}
        writing.write(record, "agreement", told)


def test_an_episode_begins_with_the_first_agreement_and_ends_with_closure(
    writing: Writing,
) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    assert episodes(writing.records) == ()
    agreed = agree(writing, MAY, MUM)
    writing.tell("assessment", on=date(2026, 6, 1), assessment={"completed": "2026-06-01"})
    closed = close(writing, date(2026, 11, 2))
    (episode,) = episodes(writing.records)
    assert (episode.start, episode.end, episode.start_reason) == (
        MAY,
        date(2026, 11, 2),
        "agreement",
    )
    assert (episode.id, episode.closure, episode.end_reason) == (agreed, closed, "needs_met")
    assert episode.is_open_on(date(2026, 11, 1))
    assert not episode.is_open_on(date(2026, 11, 2))
    assert episode_on([episode], date(2026, 5, 3)) is None


def test_a_draft_assessment_begins_nothing_and_a_finished_one_does(writing: Writing) -> None:
    record = writing.tell(
        "assessment", on=MAY, final=False, assessment={"completed": "2026-05-20", "started": MAY}
    )
    assert episodes(writing.records) == ()
    writing.finalise(record)
    (episode,) = episodes(writing.records)
    assert (episode.start, episode.start_reason) == (date(2026, 5, 20), "assessment")


def test_a_step_down_that_the_family_refused_begins_nothing(writing: Writing) -> None:
    told = {"kind": "step_down", "plan_ended": MAY, "step_down_agreed": "no"}
    writing.tell("request", on=MAY, request=told)
    assert episodes(writing.records) == ()
    writing.tell("request", on=MAY, request={**told, "step_down_agreed": "yes"})
    (episode,) = episodes(writing.records)
    assert (episode.start, episode.start_reason) == (MAY, "step_down")


def test_opened_and_closed_on_one_day_is_one_episode_open_on_no_day(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    agree(writing, MAY, MUM)
    close(writing, MAY, "no_contact")
    (episode,) = episodes(writing.records)
    assert (episode.start, episode.end) == (MAY, MAY)
    assert not episode.is_open_on(MAY)
    assert episode.was_open_in(MAY, MAY)
    assert {m.person for m in members(episode, people_of(writing.records))} == {MIA, BEN}


def test_a_closure_in_error_that_is_opened_again_is_the_same_episode(writing: Writing) -> None:
    agreed = agree(writing, MAY, MUM)
    closed = close(writing, date(2026, 7, 1))
    assert episodes(writing.records)[0].end == date(2026, 7, 1)
    writing.amend(closed, "Closed in error: it was another family")
    (episode,) = episodes(writing.records)
    assert (episode.id, episode.end) == (agreed, None)
    agree(writing, date(2026, 8, 1), DAD)
    assert len(episodes(writing.records)) == 1


def test_help_goes_on_until_a_manager_agrees_to_the_closing_and_ended_on_its_own_day(
    writing: Writing,
) -> None:
    agree(writing, MAY, MUM)
    plan_day, july = date(2026, 5, 20), date(2026, 7, 1)
    writing.tell("plan", on=plan_day, action=[{"what": "Bath, then a story"}])
    told = {"on": july, "reason": "needs_met"}
    achieved = [{"domain": "SF03", "achieved": "achieved"}]
    closing = writing.tell("closure", on=july, closure=told, result=achieved)
    times = read_timescales(writing.pack.tables)
    today = date(2026, 11, 1)

    def found() -> tuple[date | None, set[str], int, tuple[str, ...]]:
        case = case_of("family", writing.records)
        todo = {task.kind for task in tasks(writing.records, times, today)}
        return episodes(writing.records)[0].end, todo, len(case.outcomes), case.closures_to_agree

    assert found() == (None, set(), 0, (closing,))  # and no review is overdue meanwhile
    writing.amend(closing, "The manager sent it back")
    assert found() == (None, {"first_review"}, 0, ())
    writing.finalise(closing)
    writing.agree_to_closing(closing)
    assert found() == (july, set(), 1, ())


def test_a_closing_that_nobody_looked_at_silences_no_later_help(writing: Writing) -> None:
    june, september = date(2026, 6, 1), date(2026, 9, 7)
    agree(writing, MAY, MUM)
    writing.tell("closure", on=june, closure={"on": june, "reason": "needs_met"})
    close(writing, date(2026, 7, 6))
    agree(writing, september, MUM)
    writing.tell("assessment", on=september, final=False, assessment={"started": september})
    times = read_timescales(writing.pack.tables)
    todo = {one.kind for one in tasks(writing.records, times, september)}
    assert "assessment_complete" in todo
    assert case_of("family", writing.records).closures_to_agree == ()


def test_help_again_after_a_closure_is_a_second_episode(writing: Writing) -> None:
    agree(writing, MAY, MUM)
    close(writing, date(2026, 7, 1))
    again = agree(writing, date(2026, 9, 1), MUM)
    first, second = episodes(writing.records)
    assert first.end == date(2026, 7, 1)
    assert (second.id, second.start, second.end) == (again, date(2026, 9, 1), None)


def test_two_workers_who_open_the_same_family_make_one_episode(writing: Writing) -> None:
    for worker in ("anna", "bilal"):
        rows = [person(row_id(worker, p["id"]), str(p["role"]), str(p["given_name"]),
                       born=str(p["born"]), included="yes") for p in FOUR]  # fmt: skip
        writing.tell("household", on=MAY, record=f"household-{worker}", person=rows)
        told = {"started": MAY, "completed": "2026-05-20", "level": "2"}
        writing.tell("assessment", on=MAY, record=f"assessment-{worker}", assessment=told)
    (episode,) = episodes(writing.records)
    assert sum(record.form == "assessment" for record in writing.records) == 2
    assert len(members(episode, people_of(writing.records))) == 2


def test_an_agreement_withdrawn_by_one_of_two_goes_on(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    agreed = agree(writing, MAY, MUM, DAD)
    people = household(writing.records)
    assert is_agreed(people, agreements(writing.records), date(2026, 6, 1))
    withdraw(writing, agreed, DAD, on=date(2026, 7, 1))
    known = agreements(writing.records)
    assert agreed_by(known, date(2026, 6, 30)) == (MUM, DAD)
    assert agreed_by(known, date(2026, 7, 1)) == (MUM,)
    assert not is_agreed(people, known, date(2026, 7, 1))
    assert all_withdrawn_on(known) is None
    writing.finalise(agreed)
    assert episodes(writing.records)[0].end is None


def test_an_agreement_withdrawn_by_all_ends_the_episode_and_keeps_it(writing: Writing) -> None:
    agreed = agree(writing, MAY, MUM, DAD)
    withdraw(writing, agreed, DAD, on=date(2026, 7, 1))
    withdraw(writing, agreed, MUM, on=date(2026, 7, 9))
    (episode,) = episodes(writing.records)
    assert (episode.start, episode.end, episode.end_reason) == (MAY, date(2026, 7, 9), "withdrew")


def test_an_unborn_child_who_is_born_is_one_child_from_birth(writing: Writing) -> None:
    due = person(BEN, "unborn", "", due="2026-08-20", included="yes")
    writing.tell("household", on=MAY, record="home", final=False, person=[due])
    agree(writing, MAY, MUM)
    (episode,) = episodes(writing.records)
    assert members(episode, people_of(writing.records)) == ()
    row = f"/household/people/person[{BEN}]"
    writing.write("home", "household", {f"{row}/due": "2026-08-27"})
    assert people_of(writing.records)[0].due == date(2026, 8, 27)
    writing.write(
        "home",
        "household",
        {f"{row}/role": "child", f"{row}/given_name": "Kofi", f"{row}/born": "2026-08-25"},
    )
    (kofi,) = members(episode, people_of(writing.records))
    assert (kofi.person, kofi.since, kofi.until) == (BEN, date(2026, 8, 25), None)


def test_a_child_who_moves_between_families_is_in_each_for_their_days(writing: Writing) -> None:
    """A family splits: the child leaves one household and comes to the other, mid-quarter."""
    there = [*FOUR[:3], {**FOUR[3], "moved_out": "2026-08-10"}]
    here = [person(DAD, "parent", "Kwame"), {**FOUR[3], "moved_in": "2026-08-10"}]
    writing.tell("household", on=MAY, record="a", person=there)
    agree(writing, MAY, MUM, record="agreed-a")
    writing.tell("household", on=date(2026, 8, 10), record="b", person=here)
    agree(writing, date(2026, 8, 12), DAD, record="agreed-b")
    first = [replace(r, family="a") for r in writing.records if r.id in ("a", "agreed-a")]
    second = [replace(r, family="b") for r in writing.records if r.id in ("b", "agreed-b")]
    (one,), (two,) = episodes(first), episodes(second)
    ben_a = next(m for m in members(one, people_of(first)) if m.person == BEN)
    ben_b = next(m for m in members(two, people_of(second)) if m.person == BEN)
    assert (ben_a.since, ben_a.until) == (MAY, date(2026, 8, 10))
    assert (ben_b.since, ben_b.until) == (date(2026, 8, 12), None)
    assert {m.person for m in members(one, people_of(first))} == {MIA, BEN}


def test_two_families_that_are_joined_go_on_as_one_episode(writing: Writing) -> None:
    agree(writing, MAY, MUM, record="agreed-a")
    agree(writing, date(2026, 6, 1), DAD, record="agreed-b")
    apart = [episodes([r])[0] for r in writing.records]
    assert [e.start for e in apart] == [MAY, date(2026, 6, 1)]
    (joined,) = episodes(writing.records)
    assert (joined.id, joined.start, joined.end) == ("agreed-a", MAY, None)


def test_level_history_says_which_level_was_in_force_and_why(writing: Writing) -> None:
    told = {"completed": "2026-05-20", "level": "2", "rationale": "One need, one agency."}
    writing.tell("assessment", on=MAY, assessment=told)
    raised = {"on": "2026-07-01", "level": "3", "rationale": "Three agencies now."}
    writing.tell("review", on=date(2026, 7, 1), review=raised)
    writing.tell("review", on=date(2026, 9, 1), final=False, review={**raised, "level": "4"})
    history = level_history(writing.records)
    assert [(d.level, d.is_final) for d in history] == [(2, True), (3, True), (4, False)]
    assert [level_on(history, date(2026, m, 25)) for m in (4, 5, 7, 11)] == [None, 2, 3, 3]
    assert history[1].why == "Three agencies now."


def test_a_level_is_what_its_own_scheme_called_it_and_asked_for(writing: Writing) -> None:
    """Wiltshire's 2b asks for a team, and its level 3 for a referral."""
    for day, code, asks in (("2026-05-20", "2b", "team"), ("2026-07-01", "3", "refer")):
        told = {"completed": day, "level": code, "rationale": "They need it."}
        record = writing.tell("assessment", on=MAY, final=False, assessment=told)
        kept = {"level_scheme": "wiltshire 2013", "level_words": f"Level {code}"}
        kept = {f"/assessment/need/{name}": value for name, value in kept.items()}
        kept["/assessment/need/level_asks"] = asks
        final = finalising_answer(Heads(writing.changes[record]), kept)
        writing.write(record, "assessment", {FINALISED: final}, on=MAY)
    writing.tell("review", on=MAY, final=False, review={"on": "2026-08-01", "level": "2a"})
    history = level_history(writing.records)
    assert [(d.code, d.level, d.words) for d in history] == [
        ("2b", 3, "Level 2b"),
        ("3", 4, "Level 3"),
        ("2a", 2, ""),
    ]
    assert [h.what for h in chronology(writing.records) if h.kind == "level"] == ["2b", "3"]


def test_somebody_is_responsible_at_every_moment_and_a_lead_changes(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    school = {"agency": "school", "person_name": "Ruth Bell", "role": "Pastoral lead"}
    writing.tell("professionals", on=MAY, professional=[school])
    writing.tell("assessment", on=date(2026, 6, 1), assessment={"lead": "Ruth Bell", "level": "3"})
    asked = {"person_name": "Omar Aziz", "agency": "start_well", "from": "2026-08-15"}
    writing.tell("lead", on=date(2026, 8, 10), record="asked", lead={**asked, "accepted": "no"})
    assert [lead.name for lead in leads(writing.records)] == ["", "Ruth Bell"]
    writing.tell("lead", on=date(2026, 8, 12), lead={**asked, "accepted": "yes"})
    known = leads(writing.records)
    assert [(n.name, n.group, n.since, n.until) for n in known] == [
        ("", "unknown", MAY, date(2026, 6, 1)),
        ("Ruth Bell", "partner", date(2026, 6, 1), date(2026, 8, 15)),
        ("Omar Aziz", "start_well", date(2026, 8, 15), None),
    ]
    assert known[0].worker == "worker"
    assert all(lead_on(known, date(2026, m, 28)) is not None for m in range(5, 12))
    assert lead_on(known, date(2026, 5, 3)) is None


def test_what_arrives_late_opens_no_closing_that_was_agreed_to(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    agree(writing, MAY, MUM)
    closed = close(writing, date(2026, 11, 2))
    late = {"/closure/later/keep_in_touch": "yes"}
    writing.write(closed, "closure", late, base={}, author="colleague", device="other")
    record = writing.known(closed)
    assert (record.finalised, record.as_finished) == (True, False)
    assert [one.end for one in episodes(writing.records)] == [date(2026, 11, 2)]
    writing.amend(closed, "They want to stay in touch")
    assert [one.end for one in episodes(writing.records)] == [None]


def test_nobody_is_asked_to_agree_to_a_closing_that_says_more_than_was_finished(
    writing: Writing,
) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    agree(writing, MAY, MUM)
    closed = writing.tell("closure", on=MAY, closure={"on": MAY, "reason": "needs_met"})

    def asked() -> tuple[list[str], list[str]]:
        found = approvals(writing.records, writing.changes, ())
        return [one.kind for one in found], [one.id for one in waiting(writing.records)]

    assert asked() == ([CLOSURE], [closed])
    late = {"/closure/later/keep_in_touch": "yes"}
    writing.write(closed, "closure", late, base={}, author="colleague", device="other")
    assert asked() == ([], [])
