"""The short, seeded share of the simulation; ``python -m tests.faults`` runs it for hours."""

from __future__ import annotations

import pytest

from tests.faults.mutants import CAUGHT_BY, MUTANTS
from tests.faults.run import Tally, simulate
from tests.faults.world import Ehms

SHARE = 9
ENOUGH = 150


@pytest.fixture(scope="module")
def ehms() -> Ehms:
    return Ehms()


@pytest.mark.parametrize("part", range(2))
def test_whatever_happens_nothing_is_lost_and_everybody_agrees(part: int, ehms: Ehms) -> None:
    tally = Tally()
    for seed in range(part * SHARE, (part + 1) * SHARE):
        tally.add(seed, simulate(seed, ehms))
    assert tally.violations == {}
    assert tally.saves > 150
    assert tally.happened["EHM restored"]
    assert tally.happened["device killed"]
    assert tally.happened["lost after"]


AT_ONCE = (
    "last write wins",
    "a new id on each retry",
    "outbox cleared before the answer",
    "the EHM does not check the head",
)
"""Every run catches these soon; the others are hunted by `pytest -m long tests/faults`."""


@pytest.mark.parametrize(
    "name",
    [n if n in AT_ONCE else pytest.param(n, marks=pytest.mark.long) for n in MUTANTS],
)
def test_each_mutant_is_caught(name: str, ehms: Ehms) -> None:
    seeds = [CAUGHT_BY.get(name, 0), *range(ENOUGH)]
    with MUTANTS[name]():
        caught = next((seed for seed in seeds if simulate(seed, ehms).violations), None)
    assert caught is not None
