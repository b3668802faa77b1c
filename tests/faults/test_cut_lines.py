"""The line is cut at every place of an exchange over real HTTP; nothing is lost or doubled."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from sync.contract.messages import WireChange
from tests.faults.cutting_proxy import CuttingProxy, cutting_proxy
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.writing import Pen

EXCHANGE = 200_000
SHORT = range(500, EXCHANGE, 24_000)
EVERY_KILOBYTE = range(1_000, EXCHANGE, 1_000)


@pytest.fixture(scope="module")
def ehm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path_factory.mktemp('cut')}/ehm.db") as running:
        yield running


class Heard(logging.Handler):
    """What the server logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def test_a_cut_anywhere_costs_nothing_and_is_no_fault_of_the_ehm(ehm: RunningEhm) -> None:
    heard, log = Heard(), logging.getLogger("uvicorn.error")
    log.addHandler(heard)
    try:
        _cut_at_each(ehm, SHORT)
    finally:
        log.removeHandler(heard)
    assert heard.lines == []


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_a_cut_at_every_kilobyte_costs_nothing(ehm: RunningEhm) -> None:
    _cut_at_each(ehm, EVERY_KILOBYTE)


def _cut_at_each(ehm: RunningEhm, places: range) -> None:
    with ExitStack() as stack:
        proxy, address = stack.enter_context(cutting_proxy(ehm.url))
        sender = stack.enter_context(closing(Laptop(ehm, "Priya Shah")))
        sender.wire.url = address
        for place in places:
            written = _write(sender, place)
            _survives(sender, proxy, place)
            receiver = stack.enter_context(closing(Laptop(ehm, "Priya Shah")))
            receiver.wire.url = address
            _survives(receiver, proxy, place)
            arrived = {change.id: change for change in written}
            assert arrived.items() <= receiver.replica.state.changes.items()
            assert receiver.replica.state.changes == sender.replica.state.changes
            _forget(sender, ehm)


def _survives(laptop: Laptop, proxy: CuttingProxy, place: int) -> None:
    cuts = proxy.cuts
    proxy.cut_after(place)
    outcome = laptop.sync()
    assert proxy.cuts == cuts + 1
    assert outcome.trouble is not None
    outcome = laptop.sync()
    assert outcome.trouble is None
    assert outcome.checked
    assert laptop.replica.waiting().changes == 0


def _write(laptop: Laptop, seed: int) -> list[WireChange]:
    """About 260 KB that does not shrink: notes as a monkey would type them, and a drawing."""
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device, seed=seed)
    letters = random.Random(seed)
    family = pen.family()
    laptop.replica.begin_family(family)
    record = pen.id()
    changes = [
        pen.change(family.id, record, {f"/note/q{n}": letters.randbytes(1_500).hex()})
        for n in range(60)
    ]
    name = laptop.replica.keep_attachment(letters.randbytes(120_000), "png")
    changes.append(pen.change(family.id, record, {"/voice/drawing": name}))
    for change in changes:
        laptop.replica.keep_change(change)
    return changes


def _forget(laptop: Laptop, ehm: RunningEhm) -> None:
    """The worker gives the families up, so that each place starts alike."""
    for family in list(laptop.replica.state.families):
        ehm.take_away("Priya Shah", family)
    assert laptop.sync().checked
    assert laptop.replica.state.changes == {}
