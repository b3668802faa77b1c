"""The program's own words: filled, counted, listed, and times as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.clock import Clock
from desktop.ui.moments import Moments, wait_in_words
from desktop.ui.words import breakable, counted, listed, tr

NOW = datetime(2026, 7, 14, 12, 30, tzinfo=UTC)  # a Tuesday in summer: 13:30 in London
MOMENTS = Moments(Clock(lambda: NOW))


def test_braces_in_what_people_wrote_stay_as_they_are() -> None:
    assert tr("New from {names}", names="{0} {name}") == "New from {0} {name}"


def test_one_and_many_differ() -> None:
    assert counted(1, "{n} change", "{n} changes") == "1 change"
    assert counted(0, "{n} change", "{n} changes") == "0 changes"


def test_several_things_are_listed_as_one_says_them() -> None:
    assert listed([]) == ""
    assert listed(["Ana"]) == "Ana"
    assert listed(["Ana", "Tom", "Meera"]) == "Ana, Tom and Meera"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW - timedelta(minutes=28), "13:02"),
        (NOW - timedelta(days=1), "yesterday 13:30"),
        (NOW - timedelta(days=6), "Wed 13:30"),
        (NOW - timedelta(days=7), "Tue 7 Jul 13:30"),
        (NOW - timedelta(days=365), "Mon 14 Jul 2025 13:30"),
        (NOW + timedelta(days=2), "Thu 16 Jul 13:30"),
        (datetime(2026, 7, 13, 23, 30, tzinfo=UTC), "00:30"),
    ],
)
def test_moments_are_said_in_the_workers_zone_as_seen_from_now(
    moment: datetime, words: str
) -> None:
    assert MOMENTS.when(moment) == words


def test_days_have_their_year_only_when_it_is_another() -> None:
    assert MOMENTS.day(date(2026, 3, 1)) == "Sun 1 Mar"
    assert MOMENTS.day(date(2027, 3, 4)) == "Thu 4 Mar 2027"


@given(st.integers(1, 100_000))
def test_a_wait_is_never_said_shorter_than_it_is(milliseconds: int) -> None:
    words = wait_in_words(timedelta(milliseconds=milliseconds))
    number, unit = words.split()
    seconds = int(number) * (60 if unit.startswith("minute") else 1)
    assert seconds * 1000 >= milliseconds


@given(st.text())
def test_breaking_long_words_loses_nothing(text: str) -> None:
    assert breakable(text).replace("\u200b", "") == text.replace("\u200b", "")


def test_only_long_words_get_a_place_to_break() -> None:
    assert breakable("responsibilities and Llanfairfechan") == "responsibilities and Llanfairfechan"
    assert max(len(part) for part in breakable("x" * 200_000).split("\u200b")) == 20
