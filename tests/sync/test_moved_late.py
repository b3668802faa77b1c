"""Words that were moved, that a restored EHM has lost, and that laptops give back one by one."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from sync.contract.changes import erased
from sync.contract.messages import WireAnswer, WireChange
from sync.ehm import held_work
from sync.ehm.ledger import Erasure
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_putting_right import Case
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]


class Lost(Case):
    """The record was moved with changes that are in the ledger, and no more in the database."""

    def __init__(self, ehm: RunningEhm, enrol_laptop: Enrol) -> None:
        super().__init__(ehm, enrol_laptop)
        self.door, self.gate, self.why = (
            self.pen.change(self.wrong, self.record, {f"/late/{name}": "Larch."})
            for name in ("door", "gate", "why")
        )
        made = str(uuid.uuid4())
        known = (self.first, self.second, self.other, self.door, self.gate, self.why)
        ehm.ledger.add(
            Erasure(
                id=made,
                family=self.wrong,
                record=self.record,
                paths=(),
                changes=tuple(change.id for change in known),
                moved_to=self.right,
                move=made,
            )
        )
        ehm.take_away("Tom Reed", self.wrong)
        self.sync()

    def give_back(self, laptop: Laptop, *changes: WireChange) -> None:
        for change in changes:
            laptop.replica.keep_change(change)
        laptop.sync()

    def at_the_right_family(self) -> set[str]:
        self.sync(self.ines)
        return {path for path in self.at_right_family() if path.startswith("/late")}


@pytest.fixture
def lost(ehm: RunningEhm, enrol_laptop: Enrol) -> Lost:
    return Lost(ehm, enrol_laptop)


def test_a_person_looks_at_what_came_from_somebody_without_the_family(
    lost: Lost, enrol_laptop: Enrol
) -> None:
    """Though somebody who has it gives back the same change, without the words."""
    lost.give_back(lost.tom, lost.door)
    lost.give_back(lost.priya, erased(lost.door, ()))
    assert lost.at_the_right_family() == set()

    lost.ehm.worker("Cy Bell", "coordinator")
    cy = enrol_laptop("Cy Bell")
    (held,) = cy.call("GET", "/v1/held").json()["held"]
    assert (held["code"], held["family"], held["can_be_shown"]) == ("moved_words", lost.right, True)
    shown = cy.call("POST", f"/v1/held/{held['record']}/show", {"reason": "It is Tom's."})
    assert shown.json() == {"changes": 1}
    assert lost.at_the_right_family() == {"/late/door"}


def test_what_somebody_who_has_the_family_gives_back_needs_no_look(lost: Lost) -> None:
    """The same words, also where they are why there is no answer; whoever handed them in before.

    Nobody gets round the look by naming a family of their own.
    """
    own = Pen(worker=lost.tom.replica.worker, device=lost.tom.replica.device).family()
    lost.tom.replica.begin_family(own)
    lost.give_back(lost.tom, lost.door, lost.gate.model_copy(update={"family": own.id}))
    assert lost.at_the_right_family() == set()

    declined = WireAnswer(absent="declined", reason="Mum will say it herself.")
    why = lost.why.model_copy(update={"answers": {"/late/why": declined}})
    lost.give_back(lost.priya, lost.door, why)
    assert lost.at_the_right_family() == {"/late/door", "/late/why"}


def test_other_words_that_came_before_keep_out_nothing_that_is_vouched_for(lost: Lost) -> None:
    """And are not lost: somebody looks at them."""
    said = {"/late/door": WireAnswer(value="No Larch.")}
    lost.give_back(lost.tom, lost.door.model_copy(update={"answers": said}))
    assert lost.at_the_right_family() == set()
    lost.give_back(lost.priya, lost.door)
    assert lost.at_the_right_family() == {"/late/door"}
    assert "No Larch." not in str(lost.ines.replica.state.changes)
    with lost.ehm.store.reading() as connection:
        held = held_work.waiting(connection)
    assert [
        (each.family, each.code, each.changes) for each in held if each.family == lost.right
    ] == [(lost.right, "moved_words", 1)]


def test_words_that_were_moved_to_a_family_that_is_lost_too_wait_for_it(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    priya, ines = enrol_laptop("Priya Shah"), enrol_laptop("Ines Cole")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    wrong, right = pen.family(), Pen(worker=ines.replica.worker).family()
    priya.replica.begin_family(wrong)
    change = pen.change(wrong.id, pen.id(), {"/note/what": "Gran can help."})
    priya.replica.keep_change(change)
    assert priya.sync().checked
    ehm.ledger.add(
        Erasure(
            id=(made := str(uuid.uuid4())),
            family=wrong.id,
            record=change.record,
            paths=(),
            changes=(change.id,),
            moved_to=right.id,
            move=made,
        )
    )
    assert priya.sync().checked
    with ehm.store.reading() as connection:
        (waits,) = held_work.waiting(connection)
    assert (waits.family, waits.code) == (right.id, "family_unknown")
    ines.replica.begin_family(right)
    assert ines.sync().checked
    assert "Gran can help." in str(ines.replica.state.changes)


def test_what_is_held_is_not_shown_when_other_words_come_under_its_id(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    family = pen.family()
    priya.replica.begin_family(family)
    assert priya.sync().checked
    hers = pen.change(family.id, pen.id(), {"/note/what": "Gran can help."})
    theirs = hers.answers["/note/what"].model_copy(update={"value": "Gran will not help."})
    tom.replica.keep_change(hers.model_copy(update={"answers": {"/note/what": theirs}}))
    assert tom.sync().held == 1
    priya.replica.keep_change(hers)
    assert priya.sync().rejected == 1
    assert priya.replica.state.changes[hers.id] == hers
    answer = priya.call("GET", f"/v1/families/{family.id}/records")
    assert "will not help" not in answer.text
