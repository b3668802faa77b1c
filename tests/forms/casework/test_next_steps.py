"""What comes next, and what happened."""

from __future__ import annotations

from datetime import date

from forms.casework.chronology import chronology
from forms.casework.next_steps import next_steps
from tests.forms.casework.conftest import Writing
from tests.forms.casework.test_episodes import MUM, agree, close


def test_a_new_family_begins_with_a_first_visit_and_then_with_safety(writing: Writing) -> None:
    steps = next_steps(writing.records, writing.pack)
    assert [step.form.id for step in steps][:3] == ["first_visit", "safety_check", "household"]
    assert all(step.record is None and step.form.why for step in steps)
    assert "visit_note" not in {step.form.id for step in steps}


def test_a_begun_step_is_gone_on_with_and_a_finished_one_is_not_asked_again(
    hartleys: Writing,
) -> None:
    safety = next(r.id for r in hartleys.records if r.form == "safety_check")
    assert next_steps(hartleys.records, hartleys.pack)[0].record == safety
    hartleys.finalise(safety)
    assert next_steps(hartleys.records, hartleys.pack)[0].form.id == "household"


def test_each_child_is_heard(hartleys: Writing) -> None:
    voices = [s for s in next_steps(hartleys.records, hartleys.pack) if s.form.about_child]
    assert [(s.person.name if s.person else "", s.record is None) for s in voices] == [
        ("Ellie Hartley", False),
        ("Alfie Hartley", True),
    ]


def test_after_help_has_ended_only_what_was_begun_is_gone_on_with(hartleys: Writing) -> None:
    hartleys.write("a", "assessment", {"/assessment/your_story/story": "We moved in May."})
    close(hartleys, date(2026, 11, 20))
    steps = next_steps(hartleys.records, hartleys.pack)
    begun = {record.id for record in hartleys.records if not record.finalised}
    assert "assessment" in {step.form.id for step in steps}
    assert "safety_check" not in {step.form.id for step in steps}
    assert {step.record for step in steps} <= begun
    agree(hartleys, date(2026, 11, 23), MUM)  # they ask again
    offered = {step.form.id for step in next_steps(hartleys.records, hartleys.pack)}
    assert {"safety_check", "plan"} <= offered


def test_a_voice_that_names_no_child_yet_is_not_lost(hartleys: Writing) -> None:
    hartleys.write("v", "child_voice", {"/child_voice/words_of_child/words": "I like dinosaurs."})
    voices = [s for s in next_steps(hartleys.records, hartleys.pack) if s.form.about_child]
    assert [s.record for s in voices if s.person is None] == ["v"]


def test_events_without_a_day_come_first_and_the_rest_in_order(writing: Writing) -> None:
    event = "/assessment/your_story/event[0192f3c0-0000-7000-8000-00000000000{}]"
    for at, (when, what) in enumerate(
        [("2024-05-01", "Moved house"), ("when I was small", "Lost a gran"), ("2023-01-01", "Fire")]
    ):
        row = event.format(at)
        answers = {row: f"0000{at}0", row + "/event_when": when, row + "/event_what": what}
        writing.write("a", "assessment", answers)
    writing.write(
        "n",
        "visit_note",
        {
            "/visit_note/when/happened": "2023-06-01T10:00:00.000+01:00",
            "/visit_note/when/purpose": "First visit",
        },
    )
    found = chronology(writing.records)
    assert [one.what for one in found] == ["Lost a gran", "Fire", "First visit", "Moved house"]
    assert found[0].when == "when I was small"
    assert found[2].day == date(2023, 6, 1)
