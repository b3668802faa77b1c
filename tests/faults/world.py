"""One simulated world: an EHM, devices, people who write, and what truly happened."""

from __future__ import annotations

import dataclasses
import random
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from datetime import datetime, timedelta

from sync.client.ahead import Reply
from sync.client.errors import SyncError
from sync.client.exchange import Exchange
from sync.contract.messages import OrderKind
from tests.faults.centre import Centre
from tests.faults.devices import Device, WatchedReplica
from tests.faults.ehms import Ehms
from tests.faults.trouble import Killable, Trouble
from tests.faults.truth import Truth
from tests.faults.wire import DirectWire
from tests.sync.running_ehm import Clock
from tests.sync.writing import Pen

Look = Callable[["World", Device], Iterable[str]]
Deed = Callable[["World", Device], None]

ROUNDS = 3
"""How many syncs each device may need, once the network is well, until all is level."""


def at_once(call: Callable[[], Reply], /) -> Callable[[], Reply]:
    """Ahead of the store's work as in the program, and in the order of the seed."""
    done = Future[Reply]()
    try:
        done.set_result(call())
    except SyncError as trouble:
        done.set_exception(trouble)
    return done.result


class World:
    """Everything, driven by one seed.

    ``meanwhile``: what may happen in the middle of a sync. ``sittings``: how many saves a worker
    makes at a time at most, of which a world has one.
    """

    def __init__(
        self, seed: int, ehms: Ehms, look: Look, meanwhile: Deed, sittings: Sequence[int]
    ) -> None:
        self._look = look
        self._meanwhile = meanwhile
        self.random = random.Random(seed)
        self.trouble = Trouble(
            self.random,
            line=self.random.choice((0.0, 0.1, 0.3)),
            kill=self.random.choice((0.0, 0.02, 0.06)),
            full=self.random.choice((0.0, 0.0, 0.02)),
            server=self.random.choice((0.0, 0.0, 0.05)),
            cancel=0.02,
        )
        self.sitting = self.random.choice(sittings)
        self.clock = Clock()
        self.timer = Clock()
        self.truth = Truth()
        self.centre = Centre(ehms, self.random, self.clock)
        self.workers = [self.centre.add_worker(name) for name in ("Priya", "Tom", "Aoife")]
        count = self.random.randrange(2, 6)
        self.devices = [self.enrol(self.random.choice(self.workers)) for _ in range(count)]
        if self.random.random() < 0.8:
            self._share_a_family()

    def _share_a_family(self) -> None:
        """Most worlds begin with a family that everybody works with."""
        first, trouble = self.devices[0], dataclasses.replace(self.trouble)
        self.trouble.heal()
        family = first.begin_family()
        self.sync(first)
        for worker in self.workers:
            self.truth.give(worker, family)
            self.centre.give(worker, family)
        for device in self.devices:
            self.sync(device)
        self.trouble.take(trouble)

    def enrol(self, worker: str) -> Device:
        name = str(uuid.UUID(int=self.random.getrandbits(128)))
        self.centre.add_device(worker, name)
        wire = DirectWire(self.centre, worker, name, self.trouble, self.truth)
        replica = WatchedReplica(worker, name, wire, self.truth)
        wire.has_seen = lambda: replica.state.seen
        exchange = Exchange(
            Killable(replica, self.trouble, lambda: self._meanwhile(self, device)),
            wire,
            lambda: self._time_on(device),
            device=name,
            signing_key=self.centre.council.public_key,
            timer=self.timer.seconds,
            ahead=lambda: nullcontext(at_once),
        )
        pen = Pen(worker, name, self.random.randrange(2**32))
        device = Device(worker, replica, pen, wire, exchange, self.truth, self.trouble)
        return device

    def _time_on(self, device: Device) -> datetime:
        return self.clock() + device.clock_is_off

    def alive(self) -> list[Device]:
        return [device for device in self.devices if not device.is_lost]

    def sync(self, device: Device) -> None:
        """One sync of one device, and a look at it afterwards."""
        for clock in (self.clock, self.timer):
            clock.pass_time(seconds=self.random.randrange(1, 600))
        device.sync()
        self.truth.follow(self.centre.erasures())
        for said in self._look(self, device):
            self.truth.violated(said)
        if any(order.kind is OrderKind.WIPE for order in device.replica.state.orders):
            self.truth.wiped[device.pen.device] = device.journal
            device.is_lost = True

    # the end
    def settle(self) -> None:
        """The network heals and everybody who is left syncs until nothing is new."""
        self.trouble.heal()
        for device in self.alive():
            device.clock_is_off = timedelta()
            self.truth.here_at_the_end |= device.replica.state.changes.keys()
        self.trouble.arrivals()
        self.truth.follow(self.centre.erasures())
        self._until_level()
        if self.truth.restores:
            if self._enrol_again():
                self._until_level()  # their families come to the centre, and are given again
            self._put_right()
            self._until_level()

    def _until_level(self) -> None:
        """Rounds of everybody, until in one of them nothing was new to anybody."""
        for _ in range(ROUNDS):
            before = self.centre.reaches()
            for device in self.alive():
                self.sync(device)
            checked = all(d.outcome is not None and d.outcome.checked for d in self.alive())
            if checked and self.centre.reaches() == before:
                return

    def _enrol_again(self) -> bool:
        """Laptops that came after the backup; False: there are none."""
        unknown = [each for each in self.devices if not self.centre.knows(each.pen.device)]
        for device in unknown:
            self.centre.add_device(device.worker, device.pen.device)
        return bool(unknown)

    def _put_right(self) -> None:
        """After a restore a coordinator decides again what was decided since the backup."""
        self.centre.publish_again()
        self._join_again()
        for family in self.centre.registered():
            for worker in self.workers:
                if worker in self.truth.may_see(family):
                    self.centre.give(worker, family)
                elif self.centre.has(worker, family):
                    self.centre.take_away(worker, family)

    def _join_again(self) -> None:
        for bond in self.centre.merged():
            if bond not in self.truth.merges:
                self.centre.undo(bond)
        standing, registered = self.centre.merged(), self.centre.registered()
        for bond, pair in list(self.truth.merges.items()):
            if bond not in standing:
                del self.truth.merges[bond]
                again = self.centre.merge(*pair) if {*pair} <= {*registered} else None
                if again is not None:
                    self.truth.merges[again.id] = (again.one, again.other)
