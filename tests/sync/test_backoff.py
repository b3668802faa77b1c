"""The schedule: prompt when there is reason, patient after failures, never for ever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.client.backoff import AFTER_A_SAVE, EVERY, FIRST, LONGEST, Schedule

seconds = st.floats(min_value=0, max_value=1e6)
share = st.floats(min_value=0, max_value=1)


def test_the_first_is_due_at_once() -> None:
    assert Schedule().is_due(0)


def test_after_a_success_it_is_due_in_five_minutes() -> None:
    schedule = Schedule().succeeded(100)
    assert not schedule.is_due(100 + EVERY - 1)
    assert schedule.is_due(100 + EVERY)


@given(now=seconds, failures=st.integers(0, 40), jitter=share)
def test_each_failure_doubles_the_longest_wait_up_to_a_quarter_of_an_hour(
    now: float, failures: int, jitter: float
) -> None:
    schedule = Schedule(failures=failures).failed(now, lambda: jitter)
    assert schedule.due is not None
    assert 0 <= schedule.due - now <= min(LONGEST, FIRST * 2.0**failures) + 1e-6
    assert schedule.failures == failures + 1


def test_the_ehms_own_wait_is_a_floor_that_new_networks_keep() -> None:
    schedule = Schedule().failed(0, lambda: 0.0, retry_after=30)
    assert not schedule.is_due(29)
    assert schedule.is_due(30)
    assert schedule.network_came(1).due == 30
    assert schedule.asked(1).is_due(1)


def test_what_cannot_succeed_is_not_tried_again_until_something_happens() -> None:
    schedule = Schedule().failed(0, lambda: 0.5, retry=False)
    assert not schedule.is_due(1e9)
    assert schedule.saved(50).is_due(50 + AFTER_A_SAVE)
    assert schedule.network_came(60).is_due(60)


def test_a_save_is_sent_soon_but_does_not_hurry_a_failure() -> None:
    assert Schedule().succeeded(0).saved(20).due == 20 + AFTER_A_SAVE
    failing = Schedule(failures=6).failed(0, lambda: 1.0)
    assert failing.saved(1) == failing


def test_saving_again_waits_for_quiet_but_never_longer_than_the_timer() -> None:
    schedule = Schedule().succeeded(0).saved(20)
    schedule = schedule.saved(25)
    assert schedule.due == 25 + AFTER_A_SAVE
    for now in range(26, 1_000):
        schedule = schedule.saved(now)
    assert schedule.due is not None
    assert schedule.due <= EVERY
