"""Putting right: what was taken out is nowhere, and nothing brings it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import select

from sync.contract.messages import WireChange
from sync.ehm import schema
from tests.sync.databases import ON_SQLITE
from tests.sync.memory_replica import Place
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
SECRET = "Mum's new address is 4 Larch Way."


class Case:
    """Priya and Tom have a family; a note about another one was written in it."""

    def __init__(self, ehm: RunningEhm, enrol_laptop: Enrol) -> None:
        self.ehm = ehm
        self.priya, self.tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
        self.pen = Pen(worker=self.priya.replica.worker, device=self.priya.replica.device)
        family = self.pen.family()
        self.family, self.record = family.id, self.pen.id()
        self.priya.replica.begin_family(family)
        self.drawing = self.priya.replica.keep_attachment(b"\x89PNG a map to Larch Way", "png")
        self.misfiled = self.write({"/note/what": SECRET, "/note/map": self.drawing})
        self.right = self.write({"/note/next": "Ring school."})
        assert self.priya.sync().checked
        ehm.give("Tom Okafor", self.family)
        assert self.tom.sync().checked

    def write(self, answers: dict[str, str]) -> WireChange:
        change = self.pen.change(self.family, self.record, answers)
        self.priya.replica.keep_change(change)
        return change

    def is_nowhere(self) -> bool:
        """True if neither the words nor the file are anywhere."""
        with self.ehm.store.reading() as connection:
            bodies = connection.execute(select(schema.change.c.body)).scalars().all()
            files = connection.execute(schema.attachment.select()).all()
        replicas = (self.priya.replica, self.tom.replica)
        here = [change for each in replicas for change in each.state.changes.values()]
        kept = [self.drawing in each.state.attachments for each in replicas]
        texts = [*bodies, *(change.model_dump_json() for change in here)]
        return not files and not any(kept) and not any("Larch" in text for text in texts)


@pytest.fixture
def case(ehm: RunningEhm, enrol_laptop: Enrol) -> Case:
    return Case(ehm, enrol_laptop)


def test_misfiled_answers_are_gone_everywhere_within_one_sync(case: Case) -> None:
    seen_by = case.ehm.erase(case.record, "/note/what", "/note/map")
    assert set(seen_by) == {case.priya.replica.worker, case.tom.replica.worker}
    for laptop in (case.priya, case.tom):
        assert laptop.sync().checked
        assert laptop.replica.heads(case.record).current("/note/next").value == "Ring school."
    assert case.is_nowhere()
    with case.ehm.store.reading() as connection:
        line = connection.execute(schema.audit.select()).one()
    assert (line.act, line.family) == ("erase", case.family)
    assert "Larch" not in line.detail


@ON_SQLITE
def test_a_restored_ehm_gives_it_to_nobody_before_anything_is_handed_in(
    case: Case, enrol_laptop: Enrol
) -> None:
    with closing(case.ehm.back_up()) as backup:
        case.ehm.erase(case.record)
        case.ehm.restore(backup)
    newcomer = enrol_laptop("Tom Okafor")
    assert newcomer.sync().checked
    assert "Larch" not in "".join(
        change.model_dump_json() for change in newcomer.replica.state.changes.values()
    )


@ON_SQLITE
def test_a_restored_ehm_is_not_given_it_back(case: Case) -> None:
    with closing(case.ehm.back_up()) as backup:
        case.ehm.erase(case.record, "/note/what", "/note/map")
        assert case.tom.sync().checked
        case.ehm.restore(backup)
    case.write({"/note/after": "Met at the library."})
    for laptop in (case.priya, case.tom, case.priya):
        assert laptop.sync().checked
    assert case.is_nowhere()


@ON_SQLITE
def test_a_laptop_that_gives_back_what_it_had_gives_back_no_erased_words(case: Case) -> None:
    with closing(case.ehm.back_up()) as backup:
        late = case.write({"/note/later": SECRET})
        assert case.priya.sync().checked
        case.ehm.erase(case.record)
        case.ehm.restore(backup)
    for laptop in (case.priya, case.tom, case.priya, case.tom):
        assert laptop.sync().checked
    assert case.is_nowhere()
    assert late.id in case.tom.replica.state.changes


def test_new_words_in_a_record_that_was_taken_out_are_held(case: Case) -> None:
    case.ehm.erase(case.record)
    unsent = case.write({"/note/next": "Ring Gran."})
    assert case.priya.sync().held == 1
    assert case.priya.replica.state.places[unsent.id] is Place.HELD
    assert case.priya.replica.state.words[unsent.id][0] == "record_erased"
