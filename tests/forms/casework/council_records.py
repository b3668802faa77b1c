"""The records of invented families, as the shipped forms hold them; and what feeds supply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from forms.casework.known_record import KnownRecord, written_at_centre
from forms.casework.measures.case import Dated, Feeds
from forms.casework.timescales import read_timescales
from forms.records.answer import Answer
from forms.records.change import CENTRE, Change, Written
from forms.records.finalising import FINALISED, finalising_answer
from forms.records.heads import Heads
from forms.xforms import Definition
from tests.forms.casework.councils import DAY, STATEMENTS, Help, Life
from tests.forms.casework.telling import Told, answers, row_id

Definitions = Callable[[str], Definition]
AGREED = {
    "/closure/manager/manager_agrees": Answer("yes"),
    FINALISED: finalising_answer(Heads(()), {}),
}
NOT_AGREED = 4
"""Of so many families whose help goes on, one has a closing that no manager has agreed to."""


class Records:
    """The records of one life, as the shipped forms hold them."""

    def __init__(self, life: Life, definition: Definitions) -> None:
        self.life, self._definition = life, definition
        self.written: list[KnownRecord] = []

    def add(
        self,
        form: str,
        on: date,
        *,
        final: bool = True,
        also: Mapping[str, str] | None = None,
        told: Mapping[str, Told] | None = None,
        device: str = "d",
        agreed: Mapping[str, Answer] | None = None,
        **more: Told,
    ) -> None:
        """One record, begun and finished on a day; ``agreed``: by a manager, at the centre."""
        definition, number = self._definition(form), len(self.written)
        record = f"{self.life.family}-{number:03d}"
        said = {**answers(definition, **{**(told or {}), **more}), **(also or {})}
        change = Change(
            f"{record}-c", record, self.life.family, form, definition.version, "worker", device, 1,
            datetime.combine(on, time(9), UTC), "Europe/London",
            {path: Written(Answer(value)) for path, value in said.items()},
        )  # fmt: skip
        changes = [change]
        if agreed:
            word = {path: Written(answer) for path, answer in agreed.items()}
            changes.append(replace(change, id=f"{record}-m", author="manager", device=CENTRE,
                                   answers=word))  # fmt: skip
        self.written.append(
            KnownRecord(
                record, self.life.family, form, definition.version, definition, Heads(changes),
                final, change.at, finalised_at=change.at if final else None, author="worker",
                at_centre=written_at_centre(changes),
            )
        )  # fmt: skip


def records(life: Life, definition: Definitions) -> list[KnownRecord]:
    """What is written of a life."""
    made = Records(life, definition)
    _household(made)
    for since, agency in life.leads:
        lead = {"person_name": f"{agency} {since}", "agency": agency, "from": since}
        made.add("lead", since, lead={**lead, "accepted": "yes"})
    for day in sorted([*life.asked, *life.duplicate_asked]):
        made.add("request", day, request={"kind": "start_well"})
    for day in life.declined:
        made.add("declined", day, declined={"on": day})
    for kind, days in (("young_carers", life.carers), ("family_hub", life.hub)):
        for day in days:
            people = life.child(0)
            made.add("referral", day, referral={"kind": kind, "on": day, "people": people})
    for day, tool in life.tools:
        made.add("tool_used", day, tool_use={"tool": tool, "on": day})
    for days, device in ((life.oversight, CENTRE), (life.told_of_oversight, "d")):
        for day in days:
            looked = {"on": day, "occasion": "supervision"}
            made.add("oversight", day, device=device, oversight=looked)
    for day, who, answer in life.surveys:
        made.add(f"feedback_{who}", day, feedback={"on": day, **dict.fromkeys(STATEMENTS, answer)})
    for day in life.visits:
        made.add("visit_note", day, visit={"happened": f"{day}T10:00", "kind": "home_visit"})
    for number, one in enumerate(life.helps):
        _write_help(made, one, is_last=number == len(life.helps) - 1)
    return made.written


def _household(made: Records) -> None:
    life = made.life
    start = life.helps[0].start
    people = [
        {
            "id": row_id("parent", life.number, number), "role": "parent",
            "given_name": f"Parent{number}", "last_name": f"F{life.number}", "born": "1990-01-01",
            "lives": "here", "relation": "father" if number else "mother",
            "parental_responsibility": "yes",
            "print_size": "18" if life.large_print and not number else "standard",
        }
        for number in range(1 + life.two_parents)
    ]  # fmt: skip
    people += [
        {
            "id": life.child(number), "role": "child", "given_name": f"Child{number}",
            "last_name": f"F{life.number}", "born": f"{life.born(number)}-05-05", "lives": "here",
            "included": "yes", "caring": "yes" if life.is_carer and not number else "no",
        }
        for number in range(life.children)
    ]  # fmt: skip
    home = {"kind": "main", "postcode": life.postcode, "line_1": "1 Road",
            "confidential": "yes" if life.confidential else "no"}  # fmt: skip
    made.add("household", start, person=people, home=[home])


def _write_help(made: Records, one: Help, *, is_last: bool) -> None:
    life = made.life
    parents = [row_id("parent", life.number, n) for n in range(1 + life.two_parents)]
    if one.stepped_down:
        step = {"kind": "step_down", "plan_ended": one.start, "step_down_agreed": "yes"}
        made.add("request", one.start, final=False, request=step)
    agreed = [{"person": p, "answer": "agrees", "on": one.start, "method": "signed"}
              for p in parents]  # fmt: skip
    made.add("agreement", one.start, agreement=agreed)
    if life.noticed:
        told = [{"person": p, "on": one.start} for p in parents]
        made.add("privacy_notice", one.start, notice=told)
    if one.assessment_started:
        _write_assessment(made, one)
    if one.plan:
        _write_plan(made, one, is_last=is_last)
    if one.first_meeting:
        came = [{"person_name": f"P{n}", "role": "school", "came": "attended" if was else "absent"}
                for n, was in enumerate(one.attended)]  # fmt: skip
        held = {"kind": "first", "held": f"{one.first_meeting}T10:00", "how": "together"}
        given = [{"person_name": "Mum", "on": one.first_meeting + DAY}] if one.notes_given else []
        made.add("team_meeting", one.first_meeting, meeting=held, attendance=came, circulated=given)
    for day, _ in one.reviews:
        made.add("review", day, review={"on": day, "level": one.level})
    if not one.end and life.number % NOT_AGREED == 0 and one.plan:
        told = [{"domain": domain, "achieved": "achieved"} for domain in ("SF03", "SF10")]
        closed = {"on": one.plan + DAY, "reason": "needs_met"}
        made.add("closure", one.plan + DAY, closure=closed, result=told)
    if one.end:
        results = [{"domain": d, "achieved": a} for d, a in one.outcomes]
        if life.scores and one is life.helps[0]:
            results.append({"domain": "SF10", "score_family": str(life.scores[1])})
        closed = {"on": one.end, "reason": one.reason}
        made.add("closure", one.end, agreed=AGREED, closure=closed, result=results)
        if is_last and life.in_touch:
            _write_in_touch(made, one, one.end, *life.in_touch)


def _write_in_touch(made: Records, one: Help, end: date, in_time: bool, lasted: bool) -> None:
    kept = " ".join(domain for domain, _ in one.outcomes) if lasted else ""
    months = {"on": end + timedelta(days=180), "made": "yes", "kept": kept}
    early = [{"on": end + timedelta(days=95), "made": "yes"}] if in_time else []
    agreed = {"agreed": "yes", "first_on": end + timedelta(days=90)}
    made.add("keeping_in_touch", end, in_touch=agreed, contact=[*early, months])


def _write_assessment(made: Records, one: Help) -> None:
    life = made.life
    told: dict[str, Told] = {"assessment": {"started": one.assessment_started or one.start}}
    told["view"] = [
        {"person": row_id("parent", life.number, n)} for n, was in enumerate(life.views) if was
    ]
    also = {}
    if life.neglect:
        also["/assessment/sf06/sf06_relevant"] = "yes"
        told["sf06"] = {"needs": "SF06_1"}
    if life.scores and one is life.helps[0]:
        also["/assessment/sf10/sf10_relevant"] = "yes"
        told["sf10"] = {"score_family": str(life.scores[0])}
    if one.assessed:
        written = {"started": one.assessment_started, "completed": one.assessed, "level": one.level}
        told["assessment"] = written
        told["contributor"] = [{"organisation": o, "agency": a} for o, a in one.authors]
        for number, was in enumerate(one.heard):
            if was:
                day = one.assessed - timedelta(days=7)
                made.add("child_voice", day, voice={"child": life.child(number), "on": day,
                                                    "how": "talked"})  # fmt: skip
    final, day = one.assessed is not None, one.assessed or one.start
    made.add("assessment", day, final=final, also=also, told=told)


def _write_plan(made: Records, one: Help, *, is_last: bool) -> None:
    life = made.life
    assert one.plan is not None
    goal = row_id("goal", life.number, one.plan)
    actions = []
    if is_last:
        named = {"within": goal, "who": "Joanne", "by_when": "2027-01-01", "what": "Ring"}
        actions = [named] * life.smart + [{**named, "who": "HV"}] * life.vague
        actions = [{**action, "id": row_id(goal, n)} for n, action in enumerate(actions)]
    given = [{"person_name": "Mum", "format": "large", "on": one.plan}] if life.large_given else []
    made.add(
        "plan",
        one.plan,
        goal=[{"id": goal, "outcome": "School", "measure": "Every day"}],
        action=actions,
        given=given,
    )


TIMES = read_timescales(
    {
        "timescales": [
            {
                "step": step,
                "value": value,
                "unit": unit,
                "applies_to": to,
                "valid_from": "2020-01-01",
            }
            for step, value, unit, to in (
                ("assessment_complete", "15", "working days", "all"),
                ("first_meeting", "30", "working days", "level 3"),
                ("first_review", "6", "weeks", "all"),
                ("review", "12", "weeks", "all"),
            )
        ]
    }
)


def feeds(lives: Iterable[Life]) -> Feeds:
    """The feeds of a council: the hub's contacts, statutory starts, lists."""
    known = list(lives)
    contacts = [
        (f"{life.family}-mash-{number}", life, *contact)
        for life in known
        for number, contact in enumerate(life.mash)
    ]
    return Feeds(
        mash=tuple(
            Dated("none", day, (life.child(0),), key, "below" if below else "level 4")
            for key, life, day, below, _ in contacts
        ),
        onward=tuple(
            Dated("", day + (DAY if shared else timedelta(days=30)), (), key)
            for key, _, day, _, shared in contacts
        ),
        statutory=tuple(
            Dated("cin", life.statutory, (life.child(0),)) for life in known if life.statutory
        ),
        neet_risk=frozenset(life.child(0) for life in known if life.neet_risk),
    )
