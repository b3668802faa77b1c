"""The short, seeded share of the simulation; ``python -m tests.faults`` runs it for hours."""

from __future__ import annotations

import pytest

from tests.faults.catching import hunt
from tests.faults.ehms import Ehms
from tests.faults.mutants import CAUGHT_BY, MUTANTS
from tests.faults.run import LONG_SITTINGS, Tally, simulate

MUST_HAPPEN = ("device killed", "EHM restored, unannounced", "answer lost", "access ended")
ENOUGH_SAVES = 500


@pytest.fixture(scope="module")
def ehms(tmp_path_factory: pytest.TempPathFactory) -> Ehms:
    return Ehms(tmp_path_factory.mktemp("ledger"))


def test_whatever_happens_nothing_is_lost_and_everybody_agrees(ehms: Ehms) -> None:
    """The first runs in which, together, all of this happened."""
    tally = Tally()
    for seed in range(40):
        tally.add(seed, simulate(seed, ehms))
        if tally.saves > ENOUGH_SAVES and all(tally.happened[each] for each in MUST_HAPPEN):
            break
    assert tally.violations == {}
    assert tally.saves > ENOUGH_SAVES
    for fault in MUST_HAPPEN:
        assert tally.happened[fault], fault


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_in_long_sittings_too(ehms: Ehms) -> None:
    tally = Tally()
    for seed in range(300):
        tally.add(seed, simulate(seed, ehms, LONG_SITTINGS))
    assert tally.violations == {}


@pytest.mark.parametrize("name", CAUGHT_BY)
def test_a_mutant_is_caught(name: str, ehms: Ehms) -> None:
    """By the seed that once caught it; as the product changes, by one of the next."""
    assert hunt(MUTANTS[name], ehms, [CAUGHT_BY[name], *range(40)], enough=1).seconds


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", MUTANTS)
def test_each_mutant_is_caught_within_a_thousand_runs(name: str, ehms: Ehms) -> None:
    assert hunt(MUTANTS[name], ehms, range(1_000), enough=1).seconds
