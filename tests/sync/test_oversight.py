"""What needs a manager's look, from the records that laptops handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import pytest

from forms.records.finalising import FINALISED, finalising_answer
from forms.records.heads import Heads
from forms.xforms import Definition, load_definition
from sync.contract.changes import from_wire
from sync.contract.messages import WireChange
from sync.ehm import council, oversight_routes, packs
from sync.ehm.permissions import Role
from tests.forms.casework.telling import Told, answers, row_id
from tests.resources import shipped
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

MUM = row_id("mum")


@cache
def definition_of(form: str) -> Definition:
    pack = shipped.pack()
    return load_definition(pack.form(form), pack.lists)


class Worker:
    """Writes whole records on the shipped forms, from one laptop."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)

    def family(self) -> str:
        family = self.pen.family()
        self.laptop.replica.begin_family(family)
        return family.id

    def tell(self, family: str, form: str, *, final: bool = False, **told: Told) -> str:
        record, said = self.pen.id(), answers(definition_of(form), **told)
        change = self.write(family, record, form, said)
        if final:
            value = finalising_answer(Heads([from_wire(change)]), {}).value
            self.write(family, record, form, {FINALISED: value})
        return record

    def write(self, family: str, record: str, form: str, said: Mapping[str, str]) -> WireChange:
        change = self.pen.change(family, record, said, form=form)
        change = change.model_copy(update={"version": definition_of(form).version})
        self.laptop.replica.keep_change(change)
        return change

    def agreed(self, on: str = "2026-02-02") -> str:
        family = self.family()
        row = {"person": MUM, "answer": "agrees", "on": on, "method": "signed"}
        self.tell(family, "agreement", agreement=[row])
        return family


def publish(ehm: RunningEhm) -> None:
    with ehm.store.writing() as connection:
        packs.publish(connection, council.read(connection), shipped.pack_bytes(), ehm.clock())


def looked_through_a_few_seconds_at_a_time(ann: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four families, with no time but for one at each ask; then nothing is read again."""
    monkeypatch.setattr(oversight_routes, "SECONDS_AT_A_TIME", -1.0)
    counted = [ann.call("GET", "/v1/oversight/count").json() for _ in range(5)]
    assert [so_far["counted"] for so_far in counted] == [1, 2, 3, 4, 4]
    assert {so_far["families"] for so_far in counted} == {4}
    monkeypatch.setattr("sync.ehm.cases.read_case", None)


def test_a_manager_sees_what_drifts_and_what_waits_and_no_words(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ehm)
    ehm.worker("Ann", Role.MANAGER)
    ann, priya = enrol_laptop("Ann"), enrol_laptop("Priya")
    worker = Worker(priya)
    fine, closing, urgent = worker.agreed(), worker.agreed(), worker.agreed()
    old = worker.agreed("2025-01-01")
    goal = row_id("goal")
    unclear = {"within": goal, "what": "Support the family", "who": "School"}
    fine_one = {"within": goal, "what": "Ring the school", "who": "Dana", "by_when": "2026-03-20"}
    worker.tell(
        old, "plan", goal=[{"id": goal, "measure": "Every day"}], action=[unclear, fine_one]
    )
    closed = {"on": "2026-03-01", "reason": "needs_met"}
    worker.tell(closing, "closure", final=True, closure=closed)
    typed = {"kind": "level_4", "decision": "early_help"}  # as the worker understood the hub
    worker.tell(urgent, "request", final=True, request=typed)
    worker.tell(fine, "visit_note", visit={"happened": "2026-02-20T10:00", "purpose": "Tea."})
    priya.sync()

    looked_through_a_few_seconds_at_a_time(ann, monkeypatch)
    found = {one["id"]: one for one in ann.call("GET", "/v1/oversight").json()["families"]}
    assert set(found) == {closing, urgent, old}
    assert found[old]["drift"] == ["a_year", "no_contact"]
    assert (found[old]["unclear"], found[urgent]["unclear"]) == (1, 0)
    assert found[closing]["waiting"] == ["closure"]
    assert found[urgent]["waiting"] == ["level_4"]
    assert found[urgent]["begun"] == date(2026, 2, 2).isoformat()
    assert "Tea" not in str(found)
    assert priya.call("GET", "/v1/oversight").status_code == 403
    assert priya.call("GET", "/v1/oversight/count").status_code == 403
