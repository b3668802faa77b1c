"""Rules of a form and dates that are known only in part."""

from __future__ import annotations

import pytest

from forms.xforms import Violation
from tests.forms.xforms.compiled import definition, session

LIVED = definition("""
    | survey |
    | | type | name | label | constraint | constraint_message |
    | | date | born | Born | . <= date('2026-03-10') | A date of birth cannot be in the future. |
    | | date | since | Since | | |
    | | date | until | Until | ${since} = '' or . >= ${since} | It cannot end before it began. |
    """)


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        ("2014-03", True),
        ("2014", True),
        ("2026-03", True),
        ("2026-04", False),
        ("2027", False),
        ("--03-05", True),
        ("--12", True),
        ("---31", True),
        ("2026-03-10", True),
        ("2026-03-11", False),
        ("2014-13", False),
        ("about 5/3/14", False),
    ],
)
def test_a_rule_is_broken_only_if_no_day_of_the_date_keeps_to_it(born: str, fits: bool) -> None:
    filling = session(LIVED)
    filling.set("/data/born", born)
    node = filling.node("/data/born")
    assert node.violation is (None if fits else Violation.CONSTRAINT)
    assert node.value == born


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        ("2014", "2015-05-01", True),
        ("2014", "2014", True),
        ("2014-06", "2014", True),
        ("2015", "2014-12-31", False),
        ("2015", "2014", False),
        ("--05", "2014", True),
    ],
)
def test_two_dates_are_compared_as_far_as_they_are_known(
    since: str, until: str, fits: bool
) -> None:
    filling = session(LIVED)
    filling.set("/data/since", since)
    filling.set("/data/until", until)
    assert filling.node("/data/until").violation is (None if fits else Violation.CONSTRAINT)
    assert filling.answers()["/data/since"] == since
    assert filling.answers()["/data/until"] == until
