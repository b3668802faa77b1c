"""One simulated world: an EHM, devices, people who write, and what truly happened."""

from __future__ import annotations

import copy
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from sync.client.exchange import Exchange
from sync.client.outcome import Outcome
from sync.contract.changes import erased
from sync.contract.messages import WireAnswer, WireChange
from sync.ehm import council, erasure, families, people, schema
from sync.ehm.access import Ehm
from sync.ehm.app import open_store
from sync.ehm.ledger import Erasure, Ledger, Line
from sync.ehm.store import Store
from tests.faults.trouble import Killable, Killed, Trouble
from tests.faults.wire import DirectWire
from tests.sync.memory_replica import MemoryReplica, Place, State
from tests.sync.running_ehm import Clock
from tests.sync.writing import Pen

PATHS = ("/plan/worry", "/plan/goal", "/safety/safe_paper", "/household/notes")
ROWS = ("/plan/action",)


class MemoryLedger(Ledger):
    """A ledger that outlives every restore of the simulated EHM."""

    def __init__(self) -> None:
        super().__init__(None)
        self._lines: list[Line] = []

    def add(self, made: Line) -> None:
        self._lines.append(made)

    def all(self) -> list[Line]:
        return self._lines


@dataclass
class Device:
    """A laptop, alive or lost. ``journal``: every change that its worker was told is saved."""

    worker: str
    replica: MemoryReplica
    pen: Pen
    wire: DirectWire
    exchange: Exchange
    is_lost: bool = False
    outcome: Outcome | None = None
    journal: set[str] = field(default_factory=set)
    image: State | None = None


@dataclass
class Truth:
    """What an all-seeing witness wrote down. ``seen``: what an author had on the screen."""

    changes: dict[str, WireChange] = field(default_factory=dict)
    seen: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    once_members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    records: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    attachments: dict[str, bytes] = field(default_factory=dict)
    told_sent: set[str] = field(default_factory=set)
    here_at_the_end: set[str] = field(default_factory=set)
    restores: int = 0
    rolled_back: bool = False


class World:
    """Everything, driven by one seed."""

    def __init__(self, seed: int, ehms: Ehms) -> None:
        self.random = random.Random(seed)
        self.trouble = Trouble(
            self.random,
            line=self.random.choice((0.0, 0.1, 0.3)),
            kill=self.random.choice((0.0, 0.02, 0.06)),
        )
        self.clock = Clock()
        self.store = ehms.fresh()
        self.ehm = Ehm(self.store, self.clock, MemoryLedger())
        self.truth = Truth()
        self.backup: bytes | None = None
        self.violations: list[str] = []
        with self.store.reading() as connection:
            self.council = council.read(connection)
        self.workers = [self._worker(name) for name in ("Priya", "Tom", "Aoife")]
        count = self.random.randrange(2, 6)
        self.devices = [self.enrol(self.random.choice(self.workers), n) for n in range(count)]

    def _worker(self, name: str) -> str:
        with self.store.writing() as connection:
            return people.add(connection, name, worker=name.lower())

    def enrol(self, worker: str, number: int) -> Device:
        name = f"device-{number}"
        self._register_device(worker, name)
        replica = MemoryReplica(worker, name)
        wire = DirectWire(self.ehm, self.council, name, self.trouble)
        exchange = Exchange(
            Killable(replica, self.trouble, lambda: self.save(device)),
            wire,
            self.clock,
            device=name,
            signing_key=self.council.public_key,
            timer=self.clock.seconds,
        )
        seed = self.random.randrange(2**32)
        device = Device(worker, replica, Pen(worker, name, seed), wire, exchange)
        return device

    def _register_device(self, worker: str, name: str) -> None:
        with self.store.writing() as connection:
            connection.execute(
                schema.device.insert().values(
                    id=name,
                    worker=worker,
                    name=name,
                    public_key="",
                    client="",
                    enrolled=self.clock(),
                )
            )

    # what people do
    def begin_family(self, device: Device) -> None:
        family = device.pen.family()
        device.replica.begin_family(family)
        self.truth.members[family.id].add(device.worker)
        self.truth.once_members[family.id].add(device.worker)

    def save(self, device: Device) -> None:
        """One save of one to three answers, on top of what this device shows."""
        here = sorted(device.replica.state.families)
        if not here:
            self.begin_family(device)
            here = sorted(device.replica.state.families)
        family = self.random.choice(here)
        records = self.truth.records[family]
        if not records or self.random.random() < 0.15:
            records.append(device.pen.id())
        record = self.random.choice(records)
        heads = device.replica.heads(record)
        answers: dict[str, WireAnswer] = {}
        for path in self.random.sample(PATHS, self.random.randrange(1, 4)):
            answers[path] = WireAnswer(value=self._value(device), base=heads.base(path))
        if self.random.random() < 0.2:
            answers |= self._row(device, heads)
        plain = device.pen.change(family, record, {"/x": ""})
        change = plain.model_copy(
            update={
                "answers": answers,
                "at": plain.at + timedelta(days=self.random.randrange(-9, 9)),
            }
        )
        device.replica.keep_change(change)
        self.truth.changes[change.id] = change
        device.journal.add(change.id)
        for path, answer in answers.items():
            self.truth.seen[change.id, path] = frozenset(answer.base)

    def _value(self, device: Device) -> str:
        kind = self.random.random()
        if kind < 0.2:
            return self.random.choice(("yes", "no", ""))
        if kind < 0.28:
            content = self.random.randbytes(self.random.randrange(1, 400))
            name = device.replica.keep_attachment(content, "png")
            self.truth.attachments[name] = content
            return name
        return f"{device.pen.device} wrote {self.random.randrange(10**9)}"

    def _row(self, device: Device, heads: Any) -> dict[str, WireAnswer]:
        """Adds a row, or takes one away as the record room says: all it holds, blanked."""
        rows = [path for path in heads.paths() if path.endswith("]") and heads.row_exists(path)]
        if rows and self.random.random() < 0.5:
            row = self.random.choice(rows)
            inside = [path for path in heads.paths() if path == row or path.startswith(row + "/")]
            return {path: WireAnswer(base=heads.base(path)) for path in inside}
        row = f"{ROWS[0]}[{device.pen.id()}]"
        return {row: WireAnswer(value="000010"), row + "/what": WireAnswer(value="Ring school.")}

    # what happens
    def sync(self, device: Device) -> None:
        self.clock.pass_time(seconds=self.random.randrange(1, 600))
        try:
            device.outcome = device.exchange.run(lambda progress: None, lambda: False)
        except Killed:
            device.outcome = None
        self.truth.told_sent |= self.in_ehm(device)

    def lose(self, device: Device) -> None:
        device.is_lost = True
        self.trouble.happened["device lost"] += 1

    def take_image(self, device: Device) -> None:
        device.image = copy.deepcopy(device.replica.state)

    def roll_back(self, device: Device) -> None:
        """The laptop was itself put back to an older image of its disk: what was unsent is lost."""
        if device.image is not None:
            before = set(device.replica.state.changes)
            device.replica.state, device.image = device.image, None
            device.journal -= before - set(device.replica.state.changes)
            self.trouble.happened["device rolled back"] += 1
            self.truth.rolled_back = True

    def back_up(self) -> None:
        self.backup = serialized(self.store)

    def restore(self) -> None:
        if self.backup is not None and self.truth.restores < 2:
            put_back(self.store, self.backup)
            self.truth.restores += 1
            self.trouble.happened["EHM restored"] += 1

    def give(self) -> None:
        """A coordinator gives some registered family to some worker."""
        registered = self.registered()
        if registered:
            family, worker = self.random.choice(registered), self.random.choice(self.workers)
            self.truth.members[family].add(worker)
            self.truth.once_members[family].add(worker)
            with self.store.writing() as connection:
                families.give(connection, worker, family)
            self.trouble.happened["access given"] += 1

    def take_away(self) -> None:
        """A coordinator ends a worker's access, while somebody else keeps the family."""
        for family in self.registered():
            members = sorted(self.truth.members[family])
            if len(members) > 1:
                worker = self.random.choice(members)
                self.truth.members[family].discard(worker)
                with self.store.writing() as connection:
                    families.take_away(connection, worker, family)
                self.trouble.happened["access ended"] += 1
                return

    def families_of(self, worker: str) -> set[str]:
        """Those that the EHM gives this worker now."""
        with self.store.reading() as connection:
            return {line.id for line in families.list_of(connection, worker)}

    def erase(self) -> None:
        """Information governance takes an answer, or a whole record, out."""
        with self.store.reading() as connection:
            row = connection.execute(
                select(schema.change.c.record, schema.change.c.id)
                .where(schema.change.c.held == "")
                .order_by(schema.change.c.id)
            ).all()
        if not row:
            return
        record, change = self.random.choice(row)
        answers = sorted(self.truth.changes[change].answers)
        paths = () if self.random.random() < 0.3 else (self.random.choice(answers),)
        with self.store.writing() as connection:
            erasure.keep_up(connection, self.ehm.ledger)
            erasure.erase(connection, self.ehm.ledger, record, paths, "ann", "", self.clock())
        line = self.ehm.ledger.all()[-1]
        assert isinstance(line, Erasure)
        for taken in line.changes:
            self.truth.changes[taken] = erased(self.truth.changes[taken], paths)
        self.trouble.happened["words erased"] += 1

    def registered(self) -> list[str]:
        with self.store.reading() as connection:
            return sorted(connection.execute(select(schema.family.c.id)).scalars())

    # the end
    def put_access_right(self) -> None:
        """After a restore a coordinator gives and ends access as it was decided."""
        for family in self.registered():
            with self.store.writing() as connection:
                for worker in self.workers:
                    if worker in self.truth.members[family]:
                        families.give(connection, worker, family)
                    elif families.is_member(connection, worker, family):
                        families.take_away(connection, worker, family)

    def settle(self) -> None:
        """The network heals and everybody who is left syncs until nothing is new."""
        self.trouble.heal()
        for device in self.alive():
            self.truth.here_at_the_end |= device.replica.state.changes.keys()
        self.trouble.arrivals()
        for _ in range(3):
            for device in self.alive():
                self.sync(device)
            self.put_access_right()
        for _ in range(3):
            for device in self.alive():
                self.sync(device)

    def alive(self) -> list[Device]:
        return [device for device in self.devices if not device.is_lost]

    def in_ehm(self, device: Device) -> set[str]:
        """The changes that a device believes the EHM has."""
        places = device.replica.state.places
        return {change for change, place in places.items() if place is Place.IN_EHM}


class Ehms:
    """Makes EHMs in memory, each a copy of one that was migrated once."""

    def __init__(self) -> None:
        self.store = open_store("sqlite://", council_name="Simulated Council", is_demo=True)
        self._empty = serialized(self.store)

    def fresh(self) -> Store:
        put_back(self.store, self._empty)
        return self.store


def serialized(store: Store) -> bytes:
    raw = store.engine.raw_connection()
    try:
        copy: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    finally:
        raw.close()
    return copy


def put_back(store: Store, copy: bytes) -> None:
    raw = store.engine.raw_connection()
    try:
        raw.driver_connection.deserialize(copy)  # type: ignore[union-attr]
    finally:
        raw.close()
