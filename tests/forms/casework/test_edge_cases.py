"""The edge cases that casework and measures must get right, and the test that holds each.

``CASES`` are the sentences of domain.md 3.6.5 and of the list that families taught us; a sentence
without a test, or with one that is gone, fails here.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest

from forms.casework.agreement import agreements, is_agreed
from forms.casework.chronology import chronology
from forms.casework.episodes import episodes, members, people_of
from forms.casework.known_record import KnownRecord
from forms.casework.measures.case import Council, case_of
from forms.casework.measures.catalogue import BY_KEY
from forms.casework.measures.measure import compute
from forms.casework.measures.period import Period
from forms.casework.people import household
from forms.casework.transitions import transitions
from tests.forms.casework.conftest import Writing
from tests.forms.casework.council_records import TIMES
from tests.forms.casework.test_episodes import BEN, DAD, FOUR, MAY, MIA, MUM, agree, person

SPLIT = date(2026, 8, 10)
CASES = {
    "opened and closed on the same day": (
        "test_episodes.test_opened_and_closed_on_one_day_is_one_episode_open_on_no_day",
    ),
    "closure recorded in error and undone: the same episode": (
        "test_episodes.test_a_closure_in_error_that_is_opened_again_is_the_same_episode",
        "test_approvals.test_a_closing_that_is_written_on_after_the_yes_waits_again",
    ),
    "finalised offline on 30 March, synced on 4 April: quarter of the event, visible revision": (
        "test_measures.test_a_record_belongs_to_the_quarter_of_its_own_day_and_a_frozen_one_is_revised",
    ),
    "two workers offline open the same family": (
        "test_episodes.test_two_workers_who_open_the_same_family_make_one_episode",
    ),
    "a family splits into two households": (
        "test_edge_cases.test_a_family_that_splits_is_two_and_nobody_is_counted_twice",
    ),
    "two families join": (
        "test_episodes.test_two_families_that_are_joined_go_on_as_one_episode",
        "test_edge_cases.test_two_families_that_join_are_counted_once_with_all_their_children",
    ),
    "a child moves between them mid-quarter": (
        "test_episodes.test_a_child_who_moves_between_families_is_in_each_for_their_days",
    ),
    "siblings with different permissions": (
        "test_work_of_a_family.test_siblings_decide_each_for_themselves_what_is_printed",
        "test_told_before.test_what_one_child_said_is_carried_to_nobody_else",
    ),
    "a lead changes from a school to Start Well mid-quarter": (
        "test_episodes.test_somebody_is_responsible_at_every_moment_and_a_lead_changes",
        "test_measures.test_a_lead_who_changes_in_the_quarter_counts_as_of_its_last_day",
    ),
    "an unborn child is born": (
        "test_episodes.test_an_unborn_child_who_is_born_is_one_child_from_birth",
        "test_people.test_an_unborn_baby_has_a_due_date_and_once_born_a_birthday",
    ),
    "an estimated due date, or date of birth, is corrected": (
        "test_edge_cases.test_a_due_date_that_is_corrected_moves_what_is_ahead_and_no_more",
        "test_edge_cases.test_a_guessed_birthday_that_is_corrected_is_the_same_child",
    ),
    "level raised from 2 to 3 mid-episode": (
        "test_work_of_a_family.test_the_clock_of_a_first_meeting_starts_when_the_level_was_raised",
    ),
    "a meeting without the family; a meeting by collating views": (
        "test_work_of_a_family.test_a_meeting_by_views_is_held_and_one_without_the_family_is_seen",
    ),
    "a voice recorded once and used again at a review": (
        "test_measures.test_an_old_voice_used_again_at_a_review_is_not_fresh",
    ),
    "agreement withdrawn: the episode ends, history is kept": (
        "test_episodes.test_an_agreement_withdrawn_by_all_ends_the_episode_and_keeps_it",
        "test_edge_cases.test_an_agreement_that_all_withdrew_is_counted_and_nothing_is_lost",
    ),
    "agreement withdrawn: nothing more is shared": (
        "test_audience.test_the_cautious_answer_governs",
        "tests.sync.test_audience.test_a_withdrawal_stops_the_feed_at_once",
    ),
    "an agreement withdrawn by one of two": (
        "test_episodes.test_an_agreement_withdrawn_by_one_of_two_goes_on",
    ),
    "a survey by two adults and a child; a blank one; all does not apply": (
        "test_measures.test_blank_and_does_not_apply_are_no_answers_and_each_survey_counts",
    ),
    "outside the borough, no fixed address, refuge": (
        "test_measures.test_a_protected_or_unknown_address_has_no_neighbourhood",
        "test_work_of_a_family.test_homes_through_time_and_an_address_is_protected_until_somebody_says_no",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_edge_case_has_its_test(case: str) -> None:
    assert CASES[case]
    for name in CASES[case]:
        module, _, test = name.rpartition(".")
        whole = module if module.startswith("tests.") else f"tests.forms.casework.{module}"
        assert callable(getattr(import_module(whole), test))


def counted(day: date, **families: list[KnownRecord]) -> tuple[int, int, int]:
    """Episodes, families and children that are open on the last day of that month."""
    council = Council([case_of(name, records) for name, records in families.items()], TIMES)
    keys = ("M1", "M1 families", "M1 children")
    month = Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    first, second, third = (compute(BY_KEY[k], council, month).total.counted for k in keys)
    return first, second, third


def of(writing: Writing, family: str) -> list[KnownRecord]:
    """The records that stand in one family: those whose names begin with its own."""
    return [replace(r, family=family) for r in writing.records if r.id.startswith(family)]


def test_a_family_that_splits_is_two_and_nobody_is_counted_twice(writing: Writing) -> None:
    writing.tell("household", on=MAY, record="a home", final=False, person=FOUR)
    agree(writing, MAY, MUM, DAD, record="a agreed")
    before = of(writing, "a")
    assert counted(date(2026, 7, 1), a=before) == (1, 1, 2)

    left = [row if row["id"] in (MUM, MIA) else {**row, "moved_out": SPLIT} for row in FOUR]
    writing.tell("household", on=SPLIT, record="a home", final=False, person=left)
    came = [{**row, "moved_in": SPLIT} for row in FOUR if row["id"] in (DAD, BEN)]
    writing.tell("household", on=SPLIT, record="b home", person=came)
    agree(writing, SPLIT, DAD, record="b agreed")
    a, b = of(writing, "a"), of(writing, "b")
    assert counted(date(2026, 8, 31), a=a, b=b) == (2, 2, 2)
    assert counted(date(2026, 7, 1), a=a, b=b) == (1, 1, 2), "the time before has changed"
    (one,), (two,) = episodes(a), episodes(b)
    assert (one.start, two.start) == (MAY, SPLIT)
    assert [m.person for m in members(two, people_of(b))] == [BEN]
    withdrawn = [people_of(family) for family in (a, b)]
    assert is_agreed(withdrawn[0], agreements(a)[:1], SPLIT), "who left has to agree no more"
    assert {e.record for e in chronology(before)} <= {e.record for e in chronology(a)}


def test_two_families_that_join_are_counted_once_with_all_their_children(
    writing: Writing,
) -> None:
    for family, adult, child in (("a", MUM, MIA), ("b", DAD, BEN)):
        there = [row for row in FOUR if row["id"] in (adult, child)]
        writing.tell("household", on=MAY, record=f"{family} home", person=there)
        agree(writing, MAY, adult, record=f"{family} agreed")
    a, b = of(writing, "a"), of(writing, "b")
    assert counted(MAY, a=a, b=b) == (2, 2, 2)
    assert counted(MAY, joined=[*a, *b]) == (1, 1, 2)


def test_a_due_date_that_is_corrected_moves_what_is_ahead_and_no_more(writing: Writing) -> None:
    due = person(BEN, "unborn", "", due="2026-12-20", included="yes")
    writing.tell("household", on=MAY, record="home", final=False, person=[*FOUR[:1], due])
    agree(writing, MAY, MUM)
    today = date(2026, 11, 23)
    for day in (date(2026, 12, 20), date(2027, 1, 9)):
        writing.write("home", "household", {f"/household/people/person[{BEN}]/due": str(day)})
        (baby,) = transitions(household(writing.records), today)
        assert (baby.person, baby.kind, baby.on) == (BEN, "baby", day)
        assert counted(today, one=writing.records) == (1, 1, 0)
    assert len(household(writing.records)) == 2


def test_a_guessed_birthday_that_is_corrected_is_the_same_child(writing: Writing) -> None:
    guess = {**FOUR[2], "born": "2010-12-01", "born_estimated": "yes"}
    writing.tell("household", on=MAY, record="home", final=False, person=[FOUR[0], guess])
    agree(writing, MAY, MUM)
    row = f"/household/people/person[{MIA}]"
    assert is_agreed(household(writing.records), agreements(writing.records), date(2026, 11, 23))
    writing.write("home", "household", {f"{row}/born": "2010-11-01", f"{row}/born_estimated": "no"})
    mia = household(writing.records)[1]
    assert (mia.age(date(2026, 11, 23)), mia.born_estimated) == (16, False)
    assert counted(date(2026, 11, 1), one=writing.records) == (1, 1, 1)
    agreed = is_agreed(household(writing.records), agreements(writing.records), date(2026, 11, 23))
    assert not agreed, "she is sixteen, and nobody has asked her"


def test_an_agreement_that_all_withdrew_is_counted_and_nothing_is_lost(writing: Writing) -> None:
    writing.tell("household", on=MAY, person=FOUR)
    agreed = agree(writing, MAY, MUM)
    before = {entry.record for entry in chronology(writing.records)}
    row = "/agreement/changes/withdrawal[018f3c00-0000-7000-8000-000000000001]"
    told = {row: "000010", f"{row}/withdrawal_who": MUM, f"{row}/withdrawal_on": "2026-07-09"}
    writing.write(agreed, "agreement", told)
    council = Council([case_of("one", writing.records)], TIMES)
    found = compute(BY_KEY["M36"], council, Period(date(2026, 7, 1), date(2026, 7, 31))).total
    assert (found.counted, found.of) == (1, 1)
    assert before <= {entry.record for entry in chronology(writing.records)}
    assert counted(date(2026, 7, 31), one=writing.records) == (0, 0, 0)
