"""Whatever is written, in whatever order it arrives, the records mean one thing."""

from __future__ import annotations

import random
from datetime import UTC

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import household, people_csv
from forms.casework.permission import permission
from forms.casework.plan import family_plan
from forms.casework.relevance import hidden_paths
from forms.records.answer import Absent, Answer
from forms.records.change import Change
from forms.records.heads import Heads
from tests.forms.casework.conftest import NOW, Writing

ROWS = [f"0192f3c0-0000-7000-8000-00000000000{n}" for n in range(3)]
PERSON = [f"/household/people/person[{row}]" for row in ROWS]
VALUES = st.sampled_from(["", "child", "parent", "unborn", "2019-02-03", "Ada", "“Ada”, 7", "no"])
ANSWERS = st.one_of(VALUES.map(Answer), st.sampled_from([Answer("", a, "why") for a in Absent]))
PATHS = st.sampled_from(
    [*PERSON, *(f"{p}/{q}" for p in PERSON for q in ("role", "given_name", "born", "lives"))]
)
CHANGES = st.lists(
    st.tuples(st.dictionaries(PATHS, ANSWERS, min_size=1, max_size=5), st.booleans()),
    min_size=1,
    max_size=8,
)
FIXTURE = [HealthCheck.function_scoped_fixture]


def written(writing: Writing, drawn: list[tuple[dict[str, Answer], bool]]) -> list[Change]:
    """Changes that saw everything before them, or nothing at all."""
    writing.changes.clear()
    for answers, blind in drawn:
        writing.write("h", "household", answers, dict.fromkeys(answers, ()) if blind else None)
    return writing.changes["h"]


def known(writing: Writing, changes: list[Change]) -> KnownRecord:
    definition, heads = writing.definition("household"), Heads(changes)
    hidden = hidden_paths(definition, heads, lambda: NOW, UTC)
    return KnownRecord("h", "f", "household", "1", definition, heads, False, NOW, hidden)


@settings(max_examples=25, deadline=None, suppress_health_check=FIXTURE)
@given(drawn=CHANGES, seed=st.integers(0, 99))
def test_people_do_not_depend_on_the_order_of_arrival(
    writing: Writing, drawn: list[tuple[dict[str, Answer], bool]], seed: int
) -> None:
    changes = written(writing, drawn)
    shuffled = [*changes, *changes]
    random.Random(seed).shuffle(shuffled)
    here, there = known(writing, changes), known(writing, shuffled)
    assert household([here]) == household([there])
    assert people_csv(household([here])) == people_csv(household([there]))


@settings(max_examples=25, deadline=None, suppress_health_check=FIXTURE)
@given(drawn=CHANGES)
def test_a_row_that_holds_an_answer_is_a_person(
    writing: Writing, drawn: list[tuple[dict[str, Answer], bool]]
) -> None:
    record = known(writing, written(writing, drawn))
    found = {person.id for person in household([record])}
    for path, answer in record.heads.answers().items():
        saved = path.rpartition("/")[2] in ("role", "given_name", "born", "lives")
        if saved and not answer.is_blank and path not in record.hidden:
            assert path.partition("[")[2][:36] in found


@settings(max_examples=40, deadline=None, suppress_health_check=FIXTURE)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["yes", "no", "unsure", ""]),
            st.booleans(),
            st.booleans(),
            st.booleans(),
        ),
        max_size=7,
    )
)
def test_paper_is_never_allowed_by_a_doubtful_history(
    writing: Writing, drawn: list[tuple[str, bool, bool, bool]]
) -> None:
    path = "/safety_check/talking/safe_paper"
    writing.changes.clear()
    acknowledged = set()
    for value, reasoned, blind, sent in drawn:
        answer = Answer(value, None, "agreed by a manager" if reasoned else "")
        change = writing.write("s", "safety_check", {path: answer}, {path: ()} if blind else None)
        if sent:
            acknowledged.add(change.id)
    found = permission("paper", writing.records, writing.pack, writing.changes, acknowledged)
    heads = Heads(writing.changes.get("s", ()))
    if found.allowed:
        assert all(answer.value == "yes" for answer in heads.of(path).values())
        assert heads.of(path)
    assert found.words
    assert family_plan(writing.records) is None
    assert entities(writing.records, "person") == ()
