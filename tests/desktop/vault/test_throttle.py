"""Wrong passphrases wait, over restarts and whatever the clock says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.vault import errors, seconds_to_wait, unlock
from desktop.vault.throttle import FREE_TRIES, Throttle
from tests.desktop.vault.making import CLOCK, PASSPHRASE


@dataclass
class RunningTime:
    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def _wrong_tries(throttle: Throttle, time: RunningTime, tries: int) -> None:
    for _ in range(tries):
        time.seconds += throttle.seconds_to_wait()
        throttle.count_try()


def test_five_are_free_then_the_wait_doubles_to_a_minute(tmp_path: Path) -> None:
    time = RunningTime()
    throttle = Throttle(tmp_path / "tries", time)
    waits = []
    for _ in range(14):
        waits.append(throttle.seconds_to_wait())
        _wrong_tries(throttle, time, 1)
    assert waits == [0.0] * FREE_TRIES + [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


def test_a_try_too_early_is_refused_and_not_counted(tmp_path: Path) -> None:
    time = RunningTime()
    throttle = Throttle(tmp_path / "tries", time)
    _wrong_tries(throttle, time, FREE_TRIES)
    with pytest.raises(errors.TooManyTries) as refused:
        throttle.count_try()
    assert refused.value.seconds == 1.0
    assert "2 seconds" in refused.value.message
    assert throttle.seconds_to_wait() == 1.0


def test_a_try_just_after_another_waits_as_long(tmp_path: Path) -> None:
    time = RunningTime(1_000.07)
    throttle = Throttle(tmp_path / "tries", time)
    _wrong_tries(throttle, time, FREE_TRIES)
    assert throttle.seconds_to_wait() > 0.8


def test_starting_the_program_again_does_not_shorten_the_wait(tmp_path: Path) -> None:
    time = RunningTime()
    _wrong_tries(Throttle(tmp_path / "tries", time), time, FREE_TRIES + 4)
    assert Throttle(tmp_path / "tries", time).seconds_to_wait() == 16.0
    time.seconds += 10
    assert Throttle(tmp_path / "tries", time).seconds_to_wait() == 6.0


def test_after_a_restart_of_the_machine_the_wait_counts_from_its_start(tmp_path: Path) -> None:
    time = RunningTime(50_000.0)
    _wrong_tries(Throttle(tmp_path / "tries", time), time, FREE_TRIES + 8)
    assert Throttle(tmp_path / "tries", RunningTime(20.0)).seconds_to_wait() == 40.0
    assert Throttle(tmp_path / "tries", RunningTime(70.0)).seconds_to_wait() == 0.0


def test_the_right_passphrase_forgives(tmp_path: Path) -> None:
    time = RunningTime()
    throttle = Throttle(tmp_path / "tries", time)
    _wrong_tries(throttle, time, FREE_TRIES + 3)
    throttle.forgive()
    assert throttle.seconds_to_wait() == 0.0
    _wrong_tries(throttle, time, FREE_TRIES - 1)
    assert throttle.seconds_to_wait() == 0.0


def test_a_damaged_record_waits_and_never_shuts_out(tmp_path: Path) -> None:
    (tmp_path / "tries").write_bytes(b"\x00" * 64)
    throttle = Throttle(tmp_path / "tries", RunningTime(5_000.0))
    throttle.count_try()
    assert throttle.seconds_to_wait() == 60.0


def test_unlocking_counts_tries_and_a_damaged_key_file_is_none(folder: Path) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(errors.WrongPassphrase):
            unlock(folder, bytearray(b"not it"), CLOCK)
    assert 0 < seconds_to_wait(folder) <= 1
    with pytest.raises(errors.TooManyTries):
        unlock(folder, bytearray(PASSPHRASE), CLOCK)
    (folder / "tries").unlink()
    (folder / "key.json").write_bytes(b"{")
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(errors.KeyFileDamaged):
            unlock(folder, bytearray(PASSPHRASE), CLOCK)
    assert seconds_to_wait(folder) == 0.0
