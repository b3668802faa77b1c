"""Our family plan, as its reader has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from desktop.printing import plan as sheet
from desktop.printing.contacts import ContactLine
from desktop.printing.easy_plan import EasyWords, easy_plan_story
from desktop.printing.story import Story
from desktop.services.papers.council_contacts import council_contacts
from desktop.services.papers.fixed_words import ENGLISH, FixedWords
from desktop.services.papers.manners import EASY, in_manner
from desktop.services.papers.reading import Reading, finished_on, people_of
from forms.casework.plan import FamilyPlan, family_plan
from forms.records.change import Change


def plan_paper(reading: Reading, manner: str) -> Story | None:
    """The plan in a manner; None where there is none for this reader."""
    made = plan_sheet(reading)
    if made is None:
        return None
    if manner == EASY:
        return easy_plan_story(made, FixedWords.of(reading.pack, ENGLISH).of_kind(EasyWords))
    return in_manner(reading.pack, manner, sheet.PlanWords, partial(sheet.plan_story, made))


def plan_sheet(reading: Reading) -> sheet.PlanSheet | None:
    """The plan as it is printed; None where there is none for this reader."""
    plan = family_plan(reading.records)
    if plan is None:
        return None
    record = reading.record(plan.record)
    changes = reading.changes(record) if record else ()
    made_on = finished_on(record, changes, reading.zone) if record else None
    meeting = None
    if plan.next_review is not None:
        meeting = sheet.Meeting(plan.next_review, "", plan.review_where)
    return sheet.PlanSheet(
        family=reading.family,
        made_on=made_on or reading.today,
        people=tuple(person.name for person in people_of(reading.records)),
        going_well=tuple(line for line in plan.strengths.splitlines() if line.strip()),
        goals=(*_child_goals(plan), *_goals(plan)),
        actions=tuple(_actions(plan)),
        what_if=plan.if_worried,
        contacts=contacts(reading, plan),
        next_review=meeting,
        signed=tuple(_signed(reading, plan, changes)),
    )


def contacts(reading: Reading, plan: FamilyPlan | None) -> tuple[ContactLine, ...]:
    """Who to ring: the lead practitioner, then those of the council's pack."""
    council = council_contacts(reading.pack)
    if plan is None or not plan.lead:
        return council
    return (ContactLine(plan.lead, plan.lead_number), *council)


def _signed(
    reading: Reading, plan: FamilyPlan, changes: Sequence[Change]
) -> Iterator[sheet.Signed]:
    for one in plan.signed:
        strokes = reading.strokes(one.attachment)
        by_word = signed_in_words(one.attachment)
        given = strokes is not None or by_word
        day = _written_on(one.attachment, changes, reading.zone) if given else None
        yield sheet.Signed(one.name, by_word, day, strokes)


def _written_on(value: str, changes: Sequence[Change], zone: str) -> date | None:
    """The day on which somebody first gave this answer, where the worker is."""
    said = [
        change.at
        for change in changes
        if any(written.answer.value == value for written in change.answers.values())
    ]
    return min(said).astimezone(ZoneInfo(zone)).date() if said else None


def signed_in_words(signature: str) -> str:
    """What stands for a drawn signature (docs/architecture.md, forms.records); blank if nothing."""
    how, _, words = signature.partition(": ")
    if how == "typed" and words:
        return f"who typed “{words}” to sign"
    if how == "witnessed" and words:
        return f"who agreed by word ({words})"
    return ""


def _child_goals(plan: FamilyPlan) -> tuple[sheet.Goal, ...]:
    return tuple(
        sheet.Goal(goal.words, goal.name, unsettled=goal.unsettled)
        for goal in plan.child_goals
        if goal.may_print and goal.words
    )


def _goals(plan: FamilyPlan) -> tuple[sheet.Goal, ...]:
    return tuple(
        sheet.Goal(goal.outcome, ", ".join(goal.people), goal.measure, goal.unsettled)
        for goal in plan.goals
        if goal.outcome
    )


def _actions(plan: FamilyPlan) -> Iterator[sheet.PlannedAction]:
    for a in plan.actions:
        if a.is_said or a.how_often or a.unsettled:
            yield sheet.PlannedAction(a.what, a.who, a.by_when, a.how_often, a.done, a.unsettled)
