"""What fits the type of a question, and what is kept and named as fitting it not."""

from __future__ import annotations

import pytest

from desktop.services.answer_types import (
    NO_DATE,
    NO_MOMENT,
    NO_NUMBER,
    NO_TIME,
    NO_WHOLE_NUMBER,
    what_does_not_fit,
)
from tests.forms.xforms.compiled import definition, session

ASKED = definition("""
    | survey |
    | | type | name | label | calculation | readonly |
    | | integer | whole | Whole | | |
    | | decimal | number | Number | | |
    | | date | day | Day | | |
    | | time | hour | Hour | | |
    | | dateTime | moment | Moment | | |
    | | text | words | Words | | |
    | | calculate | made | | 'no number' | |
    """)


@pytest.mark.parametrize(
    ("name", "fitting", "not_fitting", "words"),
    [
        ("whole", ("", "12", "-3"), ("twelve", "1.5", "12 "), NO_WHOLE_NUMBER),
        ("number", ("12", "1.5", ".5"), ("a lot", "1,5"), NO_NUMBER),
        (
            "day",
            ("2014-03-27", "2014-03", "2014", "--03-05", "--03", "---05"),
            ("2014-02-31", "2014-13", "---40", "about 5/3/14"),
            NO_DATE,
        ),
        ("hour", ("14:30:00", "14:30:00.000+01:00"), ("after tea", "25:00"), NO_TIME),
        ("moment", ("2026-03-10T14:02:00.000+00:00",), ("2026-03-10T", "T14:00"), NO_MOMENT),
        ("words", ("twelve", "about 5/3/14"), (), ""),
    ],
)
def test_an_answer_that_is_not_of_its_type_is_kept_and_named(
    name: str, fitting: tuple[str, ...], not_fitting: tuple[str, ...], words: str
) -> None:
    filling = session(ASKED)
    for value, expected in [(v, "") for v in fitting] + [(v, words) for v in not_fitting]:
        filling.set(f"/data/{name}", value)
        assert what_does_not_fit(filling.node(f"/data/{name}")) == expected, value
        assert filling.node(f"/data/{name}").value == value
