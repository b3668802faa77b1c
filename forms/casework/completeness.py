"""The questions that audits ask of a family's records, answered from the records (domain.md 5.4).

It shows what is missing before an auditor does; it finishes nothing and holds nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forms.casework.agreement import agreements, is_agreed
from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.levels import level_history, level_on
from forms.casework.needs import needs, outcomes
from forms.casework.oversight import is_overseen
from forms.casework.people import Person, household
from forms.casework.plan import family_plan
from forms.casework.relationships import relationships, responsible_for
from forms.casework.smart import smart_advice
from forms.casework.voices import is_fresh, voices

YES, NO, PARTLY, NOT_YET = "yes", "no", "partly", "not_yet"


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One audit question and its answer: ``yes``, ``partly``, ``no``, ``not_yet`` (too early).

    ``missing`` are the ids of people for whom it is not so. ``form`` is where to mend it.
    """

    question: str
    answer: str
    form: str
    missing: tuple[str, ...] = ()


def completeness(records: Sequence[KnownRecord], today: date) -> tuple[Asked, ...]:
    """Every question that audits ask, in the order of the work."""
    people = [p for p in household(records) if p.belongs_on(today)]
    children = [p for p in people if p.is_child and p.included != "no"]
    return (
        *_agreement(records, people, today),
        *_children(records, children, today),
        *_parents(records, people, children, today),
        *_analysis(records, children, today),
        *_plan(records, children, today),
        *_end(records),
    )


def _agreement(
    records: Sequence[KnownRecord], people: Sequence[Person], today: date
) -> Iterator[Asked]:
    agreed = is_agreed(people, agreements(records), today)
    yield Asked("agreed", YES if agreed else NO, "agreement")
    told = {one.said("person") for one in entities(records, "notice")}
    adults = [p for p in people if p.role == "parent"]
    yield _each("notice", "privacy_notice", adults, told)
    needed = [p for p in people if p.interpreter == "yes" or p.communication not in ((), ("none",))]
    arranged = {one.said("person") for one in entities(records, "agreement")}
    if needed:
        yield _each("arrangements", "agreement", needed, arranged)


def _children(
    records: Sequence[KnownRecord], children: Sequence[Person], today: date
) -> Iterator[Asked]:
    heard = voices(records)
    yield _each("each_child_heard", "child_voice", children, {v.child for v in heard})
    fresh = {child.id for child in children if is_fresh(heard, child, today)}
    yield _each("heard_lately", "child_voice", children, fresh)
    alone = {voice.child for voice in heard if voice.alone}
    yield _each(
        "seen_alone", "child_voice", [c for c in children if (c.age(today) or 0) > 2], alone
    )


def _parents(
    records: Sequence[KnownRecord],
    people: Sequence[Person],
    children: Sequence[Person],
    today: date,
) -> Iterator[Asked]:
    related = relationships(records)
    clear = {child.id for child in children if responsible_for(child, related, today)}
    yield _each("responsibility_clear", "relationships", children, clear)
    spoke = {view.said("person") for view in entities(records, "view")}
    excused = {p.id for p in people if p.involved == "no" and p.not_involved_why}
    both = {
        child.id
        for child in children
        if (holders := responsible_for(child, related, today))
        and all(holder in spoke | excused for holder in holders)
    }
    yield _each("both_parents", "assessment", children, both)
    fathers = {one.person for one in related if one.kind == "father"}
    if fathers:
        there = [p for p in people if p.id in fathers]
        yield _each("fathers_included", "assessment", there, spoke | excused)


def _analysis(
    records: Sequence[KnownRecord], children: Sequence[Person], today: date
) -> Iterator[Asked]:
    begun = entities(records, "assessment")
    story = any(one.said("story").strip() for one in begun)
    yield Asked("history_taken", YES if story else NO, "assessment")
    events = entities(records, "event")
    yield Asked("chronology_used", YES if events else NO, "assessment")
    seen = {one.said("child") for one in entities(records, "child_level") if one.said("analysis")}
    yield _each("siblings_visible", "assessment", children, seen)
    history = level_history(records)
    if level_on(history, today) is None:
        yield Asked("level_explained", NOT_YET, "assessment")
    else:
        explained = all(one.why.strip() for one in history if one.is_final)
        yield Asked("level_explained", YES if explained else NO, "assessment")
    copied = any(one.said("family_copy") in ("given", "sent", "declined") for one in begun)
    yield Asked("family_copy", YES if copied else NOT_YET if not begun else NO, "assessment")


def _plan(
    records: Sequence[KnownRecord], children: Sequence[Person], today: date
) -> Iterator[Asked]:
    plan = family_plan(records)
    if plan is None:
        yield Asked("plan_clear", NOT_YET, "plan")
        return
    yield Asked("plan_clear", NO if smart_advice(plan, today) or not plan.goals else YES, "plan")
    wants = {goal.child for goal in plan.child_goals}
    yield _each("child_wants_in_plan", "plan", children, wants)
    yield Asked("next_review", YES if plan.next_review else NO, "plan")


def _end(records: Sequence[KnownRecord]) -> Iterator[Asked]:
    yield Asked("oversight", YES if is_overseen(records) else NO, "oversight")
    if any(record.form == "closure" for record in records):
        found = {need.domain for need in needs(records)}
        told = {one.domain for one in outcomes(records) if one.achieved}
        missing = found - told
        answer = YES if not missing else PARTLY if told else NO
        yield Asked("outcomes_explicit", answer, "closure")


def _each(question: str, form: str, people: Sequence[Person], those: set[str]) -> Asked:
    missing = tuple(person.id for person in people if person.id not in those)
    if not people:
        return Asked(question, NOT_YET, form)
    answer = YES if not missing else NO if len(missing) == len(people) else PARTLY
    return Asked(question, answer, form, missing)
