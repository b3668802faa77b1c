"""A simulated laptop and its worker: what is written on it, and when it syncs."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from forms.records.finalising import FINALISED, finalising_answer
from forms.records.heads import Heads
from forms.records.protective import Protective
from sync.client.exchange import Exchange
from sync.client.outcome import Outcome
from sync.client.replica import Shown
from sync.contract.changes import from_wire
from sync.contract.messages import WireAnswer
from tests.faults.trouble import DiskFull, Killed, Trouble
from tests.faults.truth import MeantHeads, Truth
from tests.faults.wire import DirectWire
from tests.sync.memory_replica import MemoryReplica, Place, State
from tests.sync.writing import Pen

SAFE_PAPER = Protective("visit_note", "/safety/safe_paper", ("no", "by_hand", "yes"))
PATHS = ("/plan/worry", "/plan/goal", SAFE_PAPER.path, "/household/notes")
ROW = "/plan/action"
BUSY = 20
"""However many saves a sitting has, it finalises and draws no more often than so many would."""


class WatchedReplica(MemoryReplica):
    """Says if a family is shown while pages of the feed are still to come."""

    def __init__(self, worker: str, device: str, wire: DirectWire, truth: Truth) -> None:
        super().__init__(worker, device)
        self._wire = wire
        self._truth = truth

    def show_next_families(self, timer: Callable[[], float]) -> list[Shown]:
        if self._wire.more_is_coming and self.state.staged:
            self._truth.violated(f"{self.device} showed what had half arrived")
        return super().show_next_families(timer)

    def begin_again(self) -> None:
        self._wire.more_is_coming = False
        super().begin_again()


@dataclass
class Device:
    """A laptop, alive or lost. ``journal``: every change that its worker was told is saved.

    ``let_go``: those that had left with their family when the EHM was put back.
    """

    worker: str
    replica: WatchedReplica
    pen: Pen
    wire: DirectWire
    exchange: Exchange
    truth: Truth
    trouble: Trouble
    is_lost: bool = False
    outcome: Outcome | None = None
    journal: set[str] = field(default_factory=set)
    let_go: set[str] = field(default_factory=set)
    image: State | None = None
    clock_is_off: timedelta = timedelta()

    @property
    def random(self) -> random.Random:
        return self.trouble.random

    def in_ehm(self) -> set[str]:
        """The changes that this device believes the EHM has."""
        return {c for c, place in self.replica.state.places.items() if place is Place.IN_EHM}

    def sync(self) -> None:
        """One exchange, as far as it gets."""
        stops = (
            self.random.randrange(1, 30)
            if self.trouble.happens("cancelled", self.trouble.cancel)
            else 0
        )
        looks = iter(range(1, 10_000))
        try:
            self.outcome = self.exchange.run(
                lambda progress: None, lambda: bool(stops) and next(looks) >= stops
            )
        except Killed:
            self.outcome = None
        except DiskFull:
            self.outcome = None
        self.truth.told_sent |= self.in_ehm()

    # what its worker does
    def begin_family(self) -> str:
        family = self.pen.family()
        self.replica.begin_family(family)
        self.truth.members[family.id].add(self.worker)
        return family.id

    def write(self, saves: int, family: str = "") -> None:
        """A sitting: so many saves in one record of a family, on top of what stands there."""
        here = sorted(self.replica.state.families)
        if not here or self.random.random() < 0.06:
            self.begin_family()
            here = sorted(self.replica.state.families)
        family = family or self.random.choice(here)
        record = self._record(family)
        Sitting(self, family, record).go_on(saves)

    def _record(self, family: str) -> str:
        """One that is here, one that others have begun, or a new one."""
        known = self.truth.records[family]
        if not known or self.random.random() < 0.15:
            known.append(self.pen.id())
            self.truth.versions[known[-1]] = self.replica.state.pack or "1"
        return self.random.choice(known)

    def roll_back(self) -> None:
        """It was itself put back to an older image of its disk: what was unsent is lost."""
        if self.image is not None:
            before = set(self.replica.state.changes)
            self.replica.state, self.image = self.image, None
            self.journal -= before - set(self.replica.state.changes)
            self.trouble.happened["device rolled back"] += 1
            self.truth.rolled_back = True


class Sitting:
    """One worker at one record: each save is made on what stands on the screen then."""

    def __init__(self, device: Device, family: str, record: str) -> None:
        self._device = device
        self._family = family
        self._record = record
        here = [c for c in device.replica.state.changes.values() if c.record == record]
        self._heads = Heads(from_wire(change) for change in here)
        self._meant = MeantHeads(here)

    def go_on(self, saves: int) -> None:
        self._rarely = min(1.0, BUSY / saves)
        for _ in range(saves):
            self._save()

    def _save(self) -> None:
        device = self._device
        plain = device.pen.change(self._family, self._record, {"/x": ""})
        change = plain.model_copy(
            update={
                "answers": self._answers(),
                "version": device.truth.versions[self._record],
                "at": plain.at + device.clock_is_off,
            }
        )
        if device.trouble.happens("save refused: disk full", device.trouble.full):
            return  # the worker was told that it is not saved
        device.replica.keep_change(change)
        device.truth.changes[change.id] = change
        device.journal.add(change.id)
        for path in change.answers:
            device.truth.seen[change.id, path] = frozenset(self._meant.of(path))
        self._heads.add(from_wire(change))
        self._meant.add(change)

    def _answers(self) -> dict[str, WireAnswer]:
        chance = self._device.random
        if chance.random() < 0.05 * self._rarely:
            return {FINALISED: self._finalised()}
        answers = {
            path: self._answer(path)
            for path in chance.sample(PATHS, chance.choice((1, 1, 1, 2, 3)))
        }
        if chance.random() < 0.2:
            answers |= self._row()
        return answers

    def _finalised(self) -> WireAnswer:
        value = finalising_answer(self._heads, {"/plan/score": "3"}).value
        self._device.trouble.happened["record finalised"] += 1
        return WireAnswer(value=value, base=self._heads.base(FINALISED))

    def _answer(self, path: str) -> WireAnswer:
        chance, base = self._device.random, self._heads.base(path)
        if path == SAFE_PAPER.path:
            reason = chance.choice(("", "Gran agreed."))
            return WireAnswer(
                value=chance.choice(SAFE_PAPER.safest_first), reason=reason, base=base
            )
        return WireAnswer(value=self._value(), base=base)

    def _value(self) -> str:
        device, kind = self._device, self._device.random.random()
        if kind < 0.1:
            return device.random.choice(("yes", "no", ""))
        if kind < 0.1 + 0.04 * self._rarely:
            return self._drawing()
        return f"{device.pen.device} wrote {device.random.randrange(10**9)}"

    def _drawing(self) -> str:
        """A new one, or the same bytes as one that is known elsewhere."""
        device, known = self._device, self._device.truth.attachments
        content = device.random.randbytes(device.random.randrange(1, 400))
        if known and device.random.random() < 0.2:
            content = known[device.random.choice(sorted(known))]
        name = device.replica.keep_attachment(content, "png")
        known[name] = content
        return name

    def _row(self) -> dict[str, WireAnswer]:
        """Adds a row, or takes one away as the record room says: all it holds, blanked."""
        heads, chance = self._heads, self._device.random
        rows = [path for path in heads.paths() if path.endswith("]") and heads.row_exists(path)]
        if rows and chance.random() < 0.6:
            row = chance.choice(rows[:2])
            if chance.random() < 0.5:
                path = row + "/what"
                return {path: WireAnswer(value=self._value(), base=heads.base(path))}
            inside = [path for path in heads.paths() if path == row or path.startswith(row + "/")]
            return {path: WireAnswer(base=heads.base(path)) for path in inside}
        row = f"{ROW}[{self._device.pen.id()}]"
        return {row: WireAnswer(value="000010"), row + "/what": WireAnswer(value="Ring school.")}
