"""The simulated centre: an EHM of two processes, its backups, and what a coordinator does there."""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from sqlalchemy import select, update

from sync.contract import signatures
from sync.contract.messages import AskOrder, Head, OrderKind
from sync.ehm import (
    caseload,
    council,
    devices,
    erasure,
    families,
    history,
    orders,
    packs,
    people,
    schema,
)
from sync.ehm.access import Ehm
from sync.ehm.ledger import Erasure
from sync.ehm.matching import bonds
from sync.ehm.permissions import Role
from tests.faults.ehms import Ehms, ProcessEnded, put_back, serialized
from tests.sync.small_packs import small_pack

PROCESSES = 2
DEVICE_KEY = bytes(range(32))
"""Every simulated laptop's: what is signed with it is looked at elsewhere."""


class Centre:
    """One EHM; whoever asks it reaches one of its processes."""

    def __init__(self, ehms: Ehms, chance: random.Random, clock: Callable[[], datetime]) -> None:
        self.ehms = ehms
        self.clock = clock
        self.store = ehms.fresh()
        self._random = chance
        self._backup: bytes | None = None
        self._published = 0
        self._read = 0
        self.processes = [ehms.process(clock) for _ in range(PROCESSES)]
        with self.store.reading() as connection:
            self.council = council.read(connection)
        self.coordinators = [self.add_worker(name, Role.COORDINATOR) for name in ("Ann", "Cy")]

    def any_process(self) -> Ehm:
        return self._random.choice(self.processes)

    def start_again(self) -> None:
        """A process died; the service manager starts another."""
        self.processes[self._random.randrange(PROCESSES)] = self.ehms.process(self.clock)

    def back_up(self) -> None:
        self._backup = serialized(self.store)

    def restore(self, *, announced: bool) -> bool:
        """Puts the last backup back under the running processes; sequence numbers come again."""
        if self._backup is None:
            return False
        put_back(self.store, self._backup)
        if announced:
            with self.store.writing() as connection:
                epoch = secrets.token_hex(8)
                connection.execute(update(schema.council).values(epoch=epoch))
        return True

    def holds(self, seen: Head) -> bool:
        """Whether this head is a point of the history as it is now."""
        with self.store.reading() as connection:
            epoch = connection.execute(select(schema.council.c.epoch)).scalar_one()
            found = connection.execute(
                select(schema.entry.c.hash).where(schema.entry.c.seq == seen.seq)
            ).scalar_one_or_none()
        return epoch == seen.epoch and (found == seen.hash or seen.seq == 0)

    def reaches(self) -> Head:
        with self.store.reading() as connection:
            return history.current_head(connection)

    def registered(self) -> list[str]:
        with self.store.reading() as connection:
            return sorted(connection.execute(select(schema.family.c.id)).scalars())

    def has(self, worker: str, family: str) -> bool:
        with self.store.reading() as connection:
            return families.is_member(connection, worker, family)

    def add_worker(self, name: str, role: Role = Role.WORKER) -> str:
        with self.store.writing() as connection:
            return people.add(connection, name, role, worker=name.lower())

    def add_device(self, worker: str, device: str) -> None:
        """Enrols a laptop, again if need be: an EHM that was put back may not know it."""
        with self.store.writing() as connection:
            if devices.find(connection, device) is not None:
                return
            connection.execute(
                schema.device.insert().values(
                    id=device,
                    worker=worker,
                    name=device,
                    public_key=signatures.public_key(DEVICE_KEY),
                    client="9.9.9",
                    enrolled=self.clock(),
                )
            )

    def knows(self, device: str) -> bool:
        with self.store.reading() as connection:
            return devices.find(connection, device) is not None

    def give(self, worker: str, family: str) -> None:
        with self.store.writing() as connection:
            caseload.allocate(connection, self.coordinators[0], worker, family, "", self.clock())

    def take_away(self, worker: str, family: str) -> None:
        with self.store.writing() as connection:
            caseload.take_away(connection, self.coordinators[0], worker, family, "", self.clock())

    def order_wipe(self, device: str) -> None:
        """One asks, another confirms."""
        one, other = self.coordinators
        asked = AskOrder(
            id=str(uuid.UUID(int=self._random.getrandbits(128))),
            device=device,
            kind=OrderKind.WIPE,
            reason="Lost on a bus.",
        )
        with self.store.writing() as connection:
            orders.ask(connection, self.council, asked, one, self.clock())
            orders.confirm(connection, self.council, asked.id, other, self.clock())

    def kept(self) -> set[str]:
        """Every change that is here, held or published."""
        with self.store.reading() as connection:
            return set(connection.execute(select(schema.change.c.id)).scalars())

    def written(self) -> list[tuple[str, str]]:
        """Record and change of all that is published here."""
        change = schema.change.c
        with self.store.reading() as connection:
            rows = connection.execute(
                select(change.record, change.id).where(change.held == "").order_by(change.id)
            )
            return [(row.record, row.id) for row in rows]

    def merge(self, one: str, other: str) -> bonds.Bond | None:
        """Two are one family; None: they are already."""
        with self.store.writing() as connection:
            if bonds.whole(connection, one) & bonds.whole(connection, other):
                return None
            other = bonds.root(connection, other)
            return bonds.merge(connection, one, other, "ann", "", self.clock())

    def undo(self, bond: str) -> bool:
        """False: it does not stand, because a restore lost it."""
        if bond not in self.merged():
            return False
        with self.store.writing() as connection:
            bonds.undo(connection, bond, "ann", "", self.clock())
        return True

    def merged(self) -> list[str]:
        """The merges that stand."""
        with self.store.reading() as connection:
            known = bonds.bonds(connection)
        return [each.id for each in known if each.kind == "merge" and each.undone is None]

    def link(self, one: str, other: str) -> None:
        """A child of one is a child of the other."""
        with self.store.writing() as connection:
            bonds.link(connection, one, other, "ann", "", self.clock())

    def part_of(self, family: str) -> str | None:
        with self.store.reading() as connection:
            return families.item(connection, family).part_of

    def put_right(self, record: str, paths: tuple[str, ...], to: str, *, dies: bool) -> None:
        """Takes words out, or to the right family, or dies at it."""
        ledger = self.processes[0].ledger
        try:
            with self._dying() if dies else nullcontext(), self.store.writing() as connection:
                erasure.keep_up(connection, ledger)
                if to:
                    erasure.move(connection, ledger, record, paths, to, "ann", "", self.clock())
                else:
                    erasure.erase(connection, ledger, record, paths, "ann", "", self.clock())
        except ProcessEnded:
            self.start_again()

    def _dying(self) -> AbstractContextManager[None]:
        """On the way, or with all done but the commit: the ledger has it, the database has not."""
        if self._random.random() < 0.5:
            return self.ehms.ended_at_commit()
        return self.ehms.struck(self._random.randrange(1, 30))

    def erasures(self) -> list[Erasure]:
        """What the ledger has had since this was asked last."""
        lines = self.processes[0].ledger.all()[self._read :]
        self._read += len(lines)
        return [line for line in lines if isinstance(line, Erasure)]

    def publish(self) -> None:
        """The next pack, whose only form is the next version of the visit note."""
        self._published += 1
        self.publish_again()

    def publish_again(self) -> None:
        """What was published, for an EHM that was put back to before it."""
        for number in range(1, self._published + 1):
            pack = small_pack(str(number), {"visit_note": tuple(map(str, range(1, number + 1)))})
            with self.store.writing() as connection:
                packs.publish(connection, self.council, pack, self.clock())

    def newest_pack(self) -> str:
        return str(self._published) if self._published else ""
