"""One run: a seed, a world, what happens in it, what was violated."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from tests.faults import invariants
from tests.faults.world import Ehms, World


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
        if world.violations:
            self.violations[seed] = world.violations


def share(first: int, step: int, runs: int | None, minutes: float) -> Tally:
    """One process's share: each ``step``-th seed from ``first``, for so many runs or minutes."""
    tally, ehms, seed = Tally(), Ehms(), first
    until = time.monotonic() + minutes * 60
    while (seed < first + runs) if runs is not None else (time.monotonic() < until):
        tally.add(seed, simulate(seed, ehms))
        seed += step
    return tally


def simulate(seed: int, ehms: Ehms) -> World:
    """Runs one world to its end; ``world.violations`` says what was wrong."""
    world = World(seed, ehms)
    for _ in range(world.random.randrange(15, 60)):
        _something(world)
    world.settle()
    world.violations.extend(invariants.at_the_end(world))
    return world


def _something(world: World) -> None:
    device = world.random.choice(world.devices)
    if device.is_lost:
        return
    chance = world.random.random()
    if chance < 0.4:
        for _ in range(world.random.randrange(1, 5)):
            world.save(device)
    elif chance < 0.76:
        world.sync(device)
        world.violations.extend(invariants.after_each_sync(world, device))
    elif chance < 0.80:
        world.back_up()
    elif chance < 0.83:
        world.restore()
    elif chance < 0.84 and len(world.alive()) > 2:
        world.lose(device)
    elif chance < 0.86:
        world.take_image(device)
    elif chance < 0.87:
        world.roll_back(device)
    elif chance < 0.93:
        world.give()
    elif chance < 0.96:
        world.take_away()
    elif chance < 0.975:
        world.erase()
    else:
        world.trouble.arrivals()
