"""What is derived can be thrown away: made again from the records, in any order, it is the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.casework.agreement import agreements
from forms.casework.chronology import chronology
from forms.casework.completeness import completeness
from forms.casework.episodes import episodes, members, people_of
from forms.casework.genogram import genogram
from forms.casework.known_record import KnownRecord
from forms.casework.levels import level_history
from forms.casework.relationships import relationships
from forms.casework.responsible import leads
from forms.casework.scores import distances, scores
from forms.casework.tasks import tasks
from forms.casework.timescales import read_timescales
from forms.records.finalising import finalised_at, stays_finished
from forms.records.heads import Heads
from tests.forms.casework.conftest import Writing
from tests.forms.casework.test_episodes import FOUR, MAY, MIA, MUM

TODAY = date(2026, 11, 23)


def derived(writing: Writing, records: Sequence[KnownRecord]) -> tuple[object, ...]:
    people = people_of(records)
    found = episodes(records)
    return (
        found,
        [members(episode, people) for episode in found],
        agreements(records),
        level_history(records),
        leads(records),
        chronology(records),
        scores(records),
        distances(scores(records)),
        genogram(people, relationships(records), TODAY),
        completeness(records, TODAY),
        tasks(records, read_timescales(writing.pack.tables), TODAY),
    )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["agreement", "assessment", "review", "closure", "voice", "amend"]),
            st.dates(MAY, TODAY),
        ),
        max_size=7,
    ),
    st.integers(0, 99),
)
def test_everything_derived_is_the_same_again(
    writing: Writing, drawn: list[tuple[str, date]], seed: int
) -> None:
    writing.changes.clear()
    writing.tell("household", on=MAY, person=FOUR)
    for kind, day in drawn:
        _tell(writing, kind, day)
    before = derived(writing, writing.records)
    again = []
    for record in writing.records:  # every change twice, in another order
        changes = [*writing.changes[record.id], *writing.changes[record.id]]
        random.Random(seed).shuffle(changes)
        heads = Heads(changes)
        final = stays_finished(heads)
        at = finalised_at(changes)
        again.append(replace(record, heads=heads, finalised=final, finalised_at=at))
    assert derived(writing, again) == before


def _tell(writing: Writing, kind: str, day: date) -> None:
    if kind == "agreement":
        rows = [{"person": MUM, "answer": "agrees", "on": day, "method": "signed"}]
        writing.tell("agreement", on=day, agreement=rows)
    elif kind == "assessment":
        writing.tell("assessment", on=day, assessment={"completed": day, "level": "3"})
    elif kind == "review":
        writing.tell("review", on=day, review={"on": day, "level": "2"})
    elif kind == "closure":
        writing.tell("closure", on=day, closure={"on": day, "reason": "needs_met"})
    elif kind == "voice":
        writing.tell("child_voice", on=day, voice={"child": MIA, "on": day})
    elif closed := next((r for r in writing.changes if r.startswith("closure")), None):
        writing.amend(closed, "Closed in error")
