"""Tasks, chronology, drift, completeness, scores and what to think of, over the shipped forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from forms.casework.before_the_door import before_the_door
from forms.casework.chronology import Filter, chronology, narrowed
from forms.casework.completeness import completeness
from forms.casework.contacts import contacts, last_contact
from forms.casework.drift import drift
from forms.casework.episodes import episodes
from forms.casework.homes import homes, main_home
from forms.casework.levels import level_history
from forms.casework.meetings import meetings, reviews
from forms.casework.needs import needs, outcomes
from forms.casework.people import household
from forms.casework.plan import family_plan
from forms.casework.prompts import prompts
from forms.casework.relationships import relationships, responsible_for
from forms.casework.scores import distances, latest, scores
from forms.casework.smart import smart_advice, too_much
from forms.casework.tasks import first_meeting_clock, tasks
from forms.casework.timescales import Calendar, Timescale, Timescales, read_timescales
from forms.casework.transitions import transitions
from forms.casework.voices import is_fresh, voices
from tests.forms.casework.conftest import Writing
from tests.forms.casework.telling import row_id
from tests.forms.casework.test_episodes import BEN, DAD, FOUR, MAY, MIA, MUM, agree, close, person

TODAY = date(2026, 11, 23)
WEEKS_15 = Timescale(
    "assessment_complete", "started", 15, "working days", 3, 0, "all", False, date(2026, 1, 1)
)


_MOMENTS = frozenset({"at", "happened", "held", "wanted_at"})
_DAYS = _MOMENTS | {"on", "when", "started", "met_on"}


def relevant(*domains: str) -> dict[str, str]:
    """That these domains are talked about at all."""
    return {f"/assessment/sf{one}/sf{one}_relevant": "yes" for one in domains}


def test_working_days_leave_out_weekends_and_the_councils_closed_days() -> None:
    calendar = Calendar.of_table([{"day": "2026-12-25"}, {"day": "2026-12-28"}, {"day": "soon"}])
    assert calendar.plus_working_days(date(2026, 12, 23), 2) == date(2026, 12, 29)
    assert calendar.plus_working_days(date(2026, 12, 29), -2) == date(2026, 12, 23)
    assert calendar.working_days_between(date(2026, 12, 23), date(2026, 12, 29)) == 2
    assert calendar.plus(date(2026, 12, 23), 2, "weeks") == date(2027, 1, 6)


def test_a_changed_timescale_never_rewrites_whether_past_work_was_on_time() -> None:
    shorter = Timescale(
        "assessment_complete", "started", 10, "working days", 3, 0, "all", False, date(2026, 6, 1)
    )
    before, after = Timescales([WEEKS_15]), Timescales([WEEKS_15, shorter])
    was, still = (t.due("assessment_complete", MAY) for t in (before, after))
    assert was is not None
    assert was == still
    assert was.was_met(date(2026, 5, 25))
    assert not was.was_met(date(2026, 5, 26))
    new = after.due("assessment_complete", date(2026, 6, 1))
    assert new is not None
    assert new.day == date(2026, 6, 15)
    assert before.due("holiday", MAY) is None


def test_what_is_due_stands_later_soon_due_and_overdue() -> None:
    due = Timescales([WEEKS_15]).due("assessment_complete", MAY)
    assert due is not None
    assert due.day == date(2026, 5, 25)
    days = (date(2026, 5, 19), date(2026, 5, 20), date(2026, 5, 25), date(2026, 5, 26))
    assert [due.standing(day) for day in days] == ["later", "soon", "due", "overdue"]


def test_the_clock_of_a_first_meeting_starts_when_the_level_was_raised(writing: Writing) -> None:
    told = {"started": MAY, "completed": "2026-05-20", "level": "2"}
    writing.tell("assessment", on=MAY, assessment=told)
    assert first_meeting_clock(MAY, level_history(writing.records), TODAY) is None
    writing.tell("review", on=date(2026, 8, 3), review={"on": "2026-08-03", "level": "3"})
    history = level_history(writing.records)
    assert first_meeting_clock(MAY, history, TODAY) == date(2026, 8, 3)
    assert first_meeting_clock(MAY, history, date(2026, 8, 2)) is None
    straight = [d for d in history if d.level == 3]
    assert first_meeting_clock(MAY, straight, TODAY) == MAY


def test_tasks_come_from_the_packs_timescales_and_what_was_agreed(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    rows = [{"person": MUM, "answer": "agrees", "on": MAY, "method": "verbal"}]
    writing.tell("agreement", on=MAY, agreement=rows)
    draft = writing.tell(
        "assessment", on=date(2026, 11, 9), final=False, assessment={"started": "2026-11-09"}
    )
    note = {"happened": "2026-11-16T10:00", "kind": "home_visit", "follow_up": "Ring the school",
            "follow_up_by": "2026-11-20", "next": "2026-11-23T15:30"}  # fmt: skip
    writing.tell("visit_note", on=date(2026, 11, 16), visit=note)
    goal, action = row_id("goal"), {"what": "Ask for a place", "who": "Adwoa", "by_when": TODAY}
    writing.tell(
        "plan",
        on=date(2026, 11, 2),
        plan={"next_review": "2026-12-14"},
        goal=[{"id": goal, "outcome": "School", "measure": "Every day"}],
        action=[{"within": goal, **action}, {"within": goal, **action, "progress": "done"}],
    )
    found = tasks(writing.records, read_timescales(writing.pack.tables), TODAY)
    assert [(t.kind, t.due, t.standing) for t in found] == [
        ("written_agreement", date(2026, 5, 11), "overdue"),
        ("follow_up", date(2026, 11, 20), "overdue"),
        ("action", TODAY, "due"),
        ("visit", TODAY, "due"),
        ("assessment_complete", date(2026, 11, 30), "later"),
        ("first_review", date(2026, 12, 14), "later"),
        ("review_visit", date(2026, 12, 14), "later"),
    ]
    assert found[3].at == "15:30"
    assert found[3].is_visit
    assert found[2].what == "Ask for a place (Adwoa)"
    assert found[4].record == draft
    close(writing, date(2026, 11, 22))
    assert tasks(writing.records, read_timescales(writing.pack.tables), TODAY) == ()


def test_the_chronology_holds_everything_and_is_narrowed(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR, home=[{"kind": "main", "from": "2020-01-01"}])
    agree(writing, MAY, MUM)
    event = {"when": "2024-09-01", "what": "Dad lost his job", "people": DAD, "source": "Dad"}
    rough = {"when": "when Mia was small", "what": "We moved here"}
    writing.tell("assessment", on=MAY, assessment={"level": "2"}, event=[event, rough])
    writing.tell("child_voice", on=date(2026, 6, 1), voice={"child": MIA, "on": "2026-06-01"})
    meeting = {"kind": "first", "held": "2026-06-09T16:00"}
    writing.tell("team_meeting", on=date(2026, 6, 9), meeting=meeting)
    close(writing, date(2026, 10, 1))
    found = chronology(writing.records)
    assert [h.day for h in found] == sorted(
        (h.day for h in found), key=lambda d: (d is not None, d or date.min)
    )
    assert found[0].what == "We moved here"
    assert found[0].when == "when Mia was small"
    kinds = {h.kind for h in found}
    assert kinds >= {"event", "voice", "meeting", "agreement", "level", "begun", "ended", "born"}
    assert {h.what for h in narrowed(found, Filter(people=(DAD,)))} == {"Dad lost his job"}
    only = narrowed(found, Filter(kinds=("voice", "meeting"), since=date(2026, 6, 2)))
    assert [h.kind for h in only] == ["meeting"]
    assert len(narrowed(found, Filter(words="LOST job"))) == 1
    assert narrowed(found, Filter()) == found


def test_whatever_a_form_gives_a_day_is_in_the_chronology(writing: Writing) -> None:
    """Of every shipped form: what it says happened on a day has a line on that day."""
    missing = set()
    for form in writing.pack.forms:
        for told in writing.definition(form.id).entities:
            for name in _DAYS & told.properties.keys():
                row = {name: "2026-06-03T10:00" if name in _MOMENTS else "2026-06-03"}
                for said in (row, [row]):  # of the record, or in a row
                    whole: dict[str, Any] = {told.dataset: said}
                    record = writing.tell(form.id, on=MAY, **whole)
                    lines = chronology([writing.known(record)])
                    if any(line.day == date(2026, 6, 3) for line in lines):
                        break
                else:
                    missing.add(told.dataset)
    needs_more = {"agreement", "withdrawal", "voice", "closure"}  # whose, or what was said with it
    not_what_happened = {"assessment", "safety_step", "paper_copy"}
    assert missing <= needs_more | not_what_happened


def test_what_was_done_is_found_by_whom_it_is_of_and_said_once(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    for on in (MAY, date(2026, 5, 20)):  # finished on the day itself, and later
        told = {"on": MAY.isoformat(), "people": MIA}
        writing.tell("referral", on=on, record=f"referral {on}", referral=told)
    writing.tell("panel", on=date(2026, 6, 1), panel={"on": "2026-05-05", "met_on": "2026-05-05"})
    found = chronology(writing.records)
    of_mia = narrowed(found, Filter(people=(MIA,)))
    assert {line.record for line in of_mia} >= {f"referral {MAY}", "referral 2026-05-20"}
    lines = [line for line in found if (line.kind, line.what) == ("done", "panel")]
    assert [line.day for line in lines] == [date(2026, 5, 5)]


def test_drift_says_why_somebody_should_ask(writing: Writing) -> None:
    writing.tell("household", on=date(2025, 5, 5), person=FOUR)
    agree(writing, date(2025, 5, 5), MUM)
    writing.tell("assessment", on=date(2025, 6, 1), assessment={"level": "2"})
    for month in (7, 9, 11):
        day = date(2025, month, 1)
        writing.tell("review", on=day, review={"on": day, "level": "2"})
    visit = {"happened": "2026-11-20T10:00", "kind": "no_access"}
    writing.tell("visit_note", on=date(2026, 11, 20), visit=visit)
    records = writing.records
    (episode,) = episodes(records)
    course = (level_history(records), reviews(records), (), contacts(records))
    found = drift(episode, *course, TODAY, Timescales(()))
    assert found == ("a_year", "same_level", "no_contact")
    assert last_contact(contacts(records), TODAY) is None
    early = drift(episode, level_history(records), (), (), (), date(2025, 5, 20), Timescales(()))
    assert early == ()

    def by(since: str, **values: str) -> tuple[str, ...]:
        units = {"drift_open": "weeks", "drift_reviews": "reviews", "drift_no_contact": "weeks"}
        rows = [
            {"step": step, "value": value, "unit": units[step], "valid_from": since}
            for step, value in values.items()
        ]
        return drift(episode, *course, TODAY, read_timescales({"timescales": rows}))

    assert by("2025-01-01", drift_open="200") == ("same_level", "no_contact")
    assert by("2025-01-01", drift_reviews="4") == ("a_year", "no_contact")
    assert by("2025-01-01", drift_no_contact="100") == ("a_year", "same_level")


def test_a_changed_rule_of_drift_is_not_retroactive(writing: Writing) -> None:
    agree(writing, date(2026, 5, 5), MUM)
    (episode,) = episodes(writing.records)
    rule = {"step": "drift_open", "unit": "weeks"}
    rows = [
        {**rule, "value": "52", "valid_from": "2026-01-01"},
        {**rule, "value": "4", "valid_from": "2026-11-01"},  # for help that begins from then on
    ]
    rules = read_timescales({"timescales": rows})
    assert "a_year" not in drift(episode, (), (), (), (), TODAY, rules)
    stricter = read_timescales({"timescales": [{**rows[1], "valid_from": "2026-01-01"}]})
    assert "a_year" in drift(episode, (), (), (), (), TODAY, stricter)


def test_scores_are_kept_raw_and_on_a_common_scale_and_say_how_far(writing: Writing) -> None:
    first = {"needs": "SF01_1", "score_family": "3", "score_practitioner": "2"}
    writing.tell("assessment", on=MAY, also=relevant("01"), sf01=first)
    writing.tell(
        "review",
        on=date(2026, 8, 1),
        review={"on": "2026-08-01"},
        progress=[{"domain": "SF01", "score": "5"}],
    )
    result = {"domain": "SF01", "achieved": "achieved", "score_family": "7", "score_child": "8"}
    writing.tell("closure", on=date(2026, 10, 1), closure={"on": "2026-10-01"}, result=[result])
    voice = {"child": MIA, "on": MAY, "feel_home": "2"}
    writing.tell("child_voice", on=MAY, voice=voice)
    known = scores(writing.records)
    assert [(s.raw, s.percent) for s in known if s.domain == "feel_home"] == [(2.0, 25.0)]
    travelled = {(d.domain, d.rater): (d.change, d.direction) for d in distances(known)}
    assert travelled == {
        ("SF01", "family"): (4.0, "better"),
        ("SF01", "practitioner"): (3.0, "better"),
    }
    assert latest(known, date(2026, 9, 1))["SF01", "practitioner"].raw == 5
    assert [(n.code, n.domain) for n in needs(writing.records)] == [("SF01_1", "SF01")]
    assert [o.achieved for o in outcomes(writing.records)] == ["achieved"]


def test_a_meeting_by_views_is_held_and_one_without_the_family_is_seen(writing: Writing) -> None:
    views = {"held": "2026-06-01T10:00", "how": "views", "kind": "review"}
    writing.tell("team_meeting", on=date(2026, 6, 1), meeting=views)
    came = [{"person_name": "Ruth", "role": "School", "came": "attended"},
            {"person_name": "Adwoa", "role": "Mum", "came": "absent"}]  # fmt: skip
    together = {"held": "2026-07-01T10:00", "how": "together", "kind": "first"}
    writing.tell("team_meeting", on=date(2026, 7, 1), meeting=together, attendance=came)
    nobody = [{"person_name": "Ruth", "role": "School", "came": "apologies"}]
    later = {"held": "2026-08-01T10:00", "how": "together"}
    writing.tell("team_meeting", on=date(2026, 8, 1), meeting=later, attendance=nobody)
    by_views, first, empty = meetings(writing.records)
    assert by_views.was_held_by(TODAY)
    assert not by_views.was_held_by(date(2026, 5, 31))
    assert first.was_held_by(TODAY)
    assert not first.family_was_there
    assert first.came == 1
    assert not empty.was_held_by(TODAY)


def test_a_voice_that_was_recorded_once_is_not_fresh_at_the_review(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    told = {"child": MIA, "on": MAY, "how": "talked", "share_ok": "some", "share_with": "school"}
    writing.tell("child_voice", on=MAY, record="mia", voice=told)
    refused = {"child": BEN, "on": MAY, "how": "declined", "share_ok": "yes"}
    writing.tell("child_voice", on=MAY, voice=refused)
    mia, ben = household(writing.records)[2:]
    known = voices(writing.records)
    assert is_fresh(known, mia, date(2026, 7, 27))
    assert not is_fresh(known, mia, date(2026, 7, 28))
    assert not is_fresh(known, ben, MAY)


def test_siblings_decide_each_for_themselves_what_is_printed(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    goals = [{"child": MIA, "words": "See Nan more", "may_print": "yes"},
             {"child": BEN, "words": "A night light", "may_print": "no"}]  # fmt: skip
    writing.tell("plan", on=MAY, child_goal=goals)
    plan = family_plan(writing.records)
    assert plan is not None
    assert [(g.child, g.may_print) for g in plan.child_goals] == [(MIA, True), (BEN, False)]


def test_homes_through_time_and_an_address_is_protected_until_somebody_says_no(
    writing: Writing,
) -> None:
    told = [{"kind": "main", "line_1": "1 Old Road", "from": "2020-01-01", "confidential": "no"},
            {"kind": "main", "line_1": "2 New Road", "from": "2026-06-01"}]  # fmt: skip
    writing.tell("household", on=MAY, home=told)
    known = homes(writing.records)
    assert [(h.since, h.until, h.confidential) for h in known] == [
        (date(2020, 1, 1), date(2026, 6, 1), False),
        (date(2026, 6, 1), None, True),
    ]
    there = [main_home(known, day) for day in (date(2019, 1, 1), MAY, TODAY)]
    assert [h.lines[0] if h else None for h in there] == [None, "1 Old Road", "2 New Road"]


def test_who_decides_for_a_child_is_asked_per_child(writing: Writing) -> None:
    people = [{**FOUR[0], "parental_responsibility": "yes"}, *FOUR[1:]]
    writing.tell("household", on=MAY, person=people)
    of_dad = {"person": DAD, "parental_responsibility": "yes"}
    related = [
        {**of_dad, "child": MIA, "type": "father"},
        {**of_dad, "child": BEN, "type": "step", "parental_responsibility": "no"},
    ]
    writing.tell("relationships", on=MAY, relationship=related)
    mia, ben = household(writing.records)[2:]
    known = relationships(writing.records)
    assert set(responsible_for(mia, known, TODAY)) == {MUM, DAD}
    assert responsible_for(ben, known, TODAY) == (MUM,)


def test_smart_advice_names_what_is_unclear_and_rewrites_nothing(writing: Writing) -> None:
    goal = row_id("g")
    said = [{"what": "Support the family", "who": "HV"},
            {"what": "Ring the clinic", "who": "Adwoa", "by_when": "2026-12-01"},
            {"what": "Book", "who": "", "by_when": "2027-03-01"},
            {"what": "Paint the room", "who": "Kwame", "by_when": "2026-10-01"}]  # fmt: skip
    writing.tell(
        "plan",
        on=MAY,
        plan={"next_review": "2027-01-10"},
        goal=[{"id": goal, "outcome": "Sleep"}],
        action=[{"within": goal, **one} for one in said],
    )
    plan = family_plan(writing.records)
    assert plan is not None
    ids = {action.id: action.what for action in plan.actions}
    found = [(a.kind, ids.get(a.about, "goal"), a.word) for a in smart_advice(plan, TODAY)]
    assert found == [
        ("no_measure", "goal", ""),
        ("role_only", "Support the family", ""),
        ("no_date", "Support the family", ""),
        ("vague", "Support the family", "Support"),
        ("no_name", "Book", ""),
        ("after_review", "Book", ""),
        ("past", "Paint the room", ""),
    ]
    assert too_much(plan) == (0, 0)


@pytest.mark.parametrize(
    ("born", "kinds"),
    [
        ("2024-03-01", ["nursery"]),
        ("2022-10-01", []),
        ("2011-03-01", ["sixteen"]),
        ("2009-01-05", ["eighteen"]),
    ],
)
def test_transitions_of_the_next_months(writing: Writing, born: str, kinds: list[str]) -> None:
    writing.tell("household", on=MAY, person=[person(MIA, "child", "Mia", born=born)])
    assert [t.kind for t in transitions(household(writing.records), TODAY)] == kinds


def test_school_begins_in_the_september_after_four_and_eleven(writing: Writing) -> None:
    small = person(MIA, "child", "Mia", born="2023-01-05")
    big = person(BEN, "child", "Ben", born="2016-08-31")
    baby = person(DAD, "unborn", "", due="2027-04-01")
    writing.tell("household", on=MAY, person=[small, big, baby])
    found = transitions(household(writing.records), date(2027, 3, 1))
    assert {(t.kind, t.person, t.on) for t in found} == {
        ("baby", DAD, date(2027, 4, 1)),
        ("primary", MIA, date(2027, 9, 1)),
        ("secondary", BEN, date(2027, 9, 1)),
    }


def test_prompts_of_health_early_learning_and_tools(writing: Writing) -> None:
    two = person(BEN, "child", "Ben", born="2024-06-01", included="yes")
    row = f"/household/people/person[{BEN}]"
    writing.tell("household", on=MAY, record="home", final=False, person=[FOUR[0], two])
    abuse, safety = {"needs": "SF08_1"}, {"needs": "SF06_1 SF06_3"}
    writing.tell("assessment", on=MAY, also=relevant("06", "08"), sf08=abuse, sf06=safety)
    people = household(writing.records)
    found = {
        (p.kind, p.person) for p in prompts(writing.records, people, needs(writing.records), TODAY)
    }
    assert found == {
        ("gp", BEN), ("dentist", BEN), ("early_learning", BEN), ("early_years", BEN),
        ("dash", ""), ("gcp", ""), ("exploitation", ""), ("programme", ""),
    }  # fmt: skip
    registered = f"{row}/health/gp_registered"
    writing.write("home", "household", {registered: "yes"})
    after = prompts(writing.records, household(writing.records), (), TODAY)
    assert [p.kind for p in after] == ["dentist", "early_learning", "early_years"]


def test_before_the_door_tells_both_answers_of_a_conflict(writing: Writing) -> None:
    writing.tell(
        "safety_check",
        on=MAY,
        record="check",
        safety={"harm_now": "no", "safe_talk": "yes", "worker_safety": "none"},
    )
    known = before_the_door(writing.records, ())
    assert (known.risks, known.talk, known.harm) == ((), "yes", False)
    talk = "/safety_check/talking/safe_talk"
    writing.write("check", "safety_check", {talk: "no"}, {talk: ()})
    writing.write("check", "safety_check", {"/safety_check/now/harm_now": "unsure"})
    known = before_the_door(writing.records, ())
    assert (known.talk, known.harm) == ("no", True)


def test_completeness_answers_what_audits_ask(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    agree(writing, MAY, MUM)
    told = {"child": MIA, "on": TODAY, "how": "talked", "alone": "yes"}
    writing.tell("child_voice", on=TODAY, voice=told)
    writing.tell(
        "assessment", on=MAY, assessment={"story": "We came in 2019."}, view=[{"person": MUM}]
    )
    found = {asked.question: asked for asked in completeness(writing.records, TODAY)}
    assert found["agreed"].answer == "no"  # Dad has not been asked
    assert (found["each_child_heard"].answer, found["each_child_heard"].missing) == (
        "partly",
        (BEN,),
    )
    assert found["history_taken"].answer == "yes"
    assert found["plan_clear"].answer == "not_yet"
    assert found["oversight"].answer == "no"
    agree(writing, date(2026, 6, 1), DAD)
    again = {asked.question: asked.answer for asked in completeness(writing.records, TODAY)}
    assert again["agreed"] == "yes"
