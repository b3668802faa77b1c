"""Visit mode outlives a lock, ends by itself, and no file makes it longer than the council's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.services.clock import Clock
from desktop.services.visiting import Visiting


@pytest.fixture
def visiting(tmp_path, clock):
    return Visiting(tmp_path, Clock(clock))


def test_a_visit_lasts_until_it_ends_by_itself(visiting, clock):
    assert visiting.ends() is None
    ends = visiting.begin()
    assert ends == clock() + timedelta(hours=3)
    clock.advance(timedelta(hours=3, seconds=-1))
    assert visiting.ends() == ends
    clock.advance(timedelta(seconds=1))
    assert visiting.ends() is None


def test_a_visit_that_was_ended_is_over(visiting):
    visiting.begin()
    visiting.end()
    assert visiting.ends() is None


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_was_moved_ends_a_visit(visiting, clock, days):
    visiting.begin()
    clock.advance(timedelta(days=days))
    assert visiting.ends() is None


@pytest.mark.parametrize("said", [b"", b"\xff", b"never", b"2026-03-10T15:00", b"9" * 5000])
def test_a_file_that_says_something_else_is_no_visit(visiting, said):
    (visiting.folder / "visit").write_bytes(said)
    assert visiting.ends() is None
