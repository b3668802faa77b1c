"""One run: a seed, a world, what happens in it, what was violated."""

from __future__ import annotations

import gc
import random
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.faults import deeds, invariants
from tests.faults.ehms import Ehms
from tests.faults.world import World

SHORT_SITTINGS = (2, 12, 30)
LONG_SITTINGS = (8, 100, 400)
"""An assessment is some hundred saves without a network: what a long run is mostly made of."""


@dataclass
class Tally:
    """What many runs came to."""

    runs: int = 0
    saves: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    violations: dict[int, list[str]] = field(default_factory=dict)

    def add(self, seed: int, world: World) -> None:
        self.runs += 1
        self.saves += len(world.truth.changes)
        self.happened.update(world.trouble.happened)
        if world.truth.violations:
            self.violations[seed] = world.truth.violations

    def and_then(self, other: Tally) -> None:
        self.runs += other.runs
        self.saves += other.saves
        self.happened.update(other.happened)
        self.violations.update(other.violations)


def some_runs(seeds: Sequence[int], minutes: float) -> Tally:
    """These runs, or as many of them as there is time for.

    Looking for garbage costs an eighth of the time, so it is done between runs only.
    """
    gc.disable()
    tally = Tally()
    until = time.monotonic() + minutes * 60
    with TemporaryDirectory() as folder:
        ehms = Ehms(Path(folder))
        for seed in seeds:
            if time.monotonic() > until:
                break
            tally.add(seed, simulate(seed, ehms, LONG_SITTINGS))
            gc.collect()
    return tally


def portions(first: int, runs: int | None, size: int = 20) -> Iterator[range]:
    """The seeds from ``first`` on, a portion at a time."""
    last = None if runs is None else first + runs
    while last is None or first < last:
        end = first + size if last is None else min(first + size, last)
        yield range(first, end)
        first = end


def simulate(seed: int, ehms: Ehms, sittings: Sequence[int] = SHORT_SITTINGS) -> World:
    """Runs one world to its end; ``world.truth.violations`` says what was wrong.

    Ids that the EHM makes up follow from the seed too: what is sorted by them comes out alike.
    """
    ids = random.Random(f"ids {seed}")
    with patch.object(uuid, "uuid4", lambda: uuid.UUID(int=ids.getrandbits(128), version=4)):
        return _simulate(seed, ehms, sittings)


def _simulate(seed: int, ehms: Ehms, sittings: Sequence[int]) -> World:
    world = World(seed, ehms, invariants.after_each_sync, deeds.meanwhile, sittings)
    try:
        for _ in range(world.random.randrange(15, 60)):
            deeds.someone(world)
        world.settle()
        for said in invariants.at_the_end(world):
            world.truth.violated(said)
    except Exception as error:  # noqa: BLE001 - whatever our code raises here, a worker would see
        world.truth.violated(f"the program ended: {type(error).__name__}: {error}")
    return world
