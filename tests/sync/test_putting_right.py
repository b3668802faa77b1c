"""Wrong family, a person's request, retention and holds: what must go is gone, the rest is kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from forms.records.finalising import FINALISED, finalised_state, finalising_answer, is_final
from sync.contract.messages import WireChange
from sync.ehm import council, erasure, holds, packs, person_erasure, retention, schema
from sync.ehm.ledger import Ledger
from sync.ehm.matching import identities
from tests.sync.databases import ON_SQLITE
from tests.sync.matching.test_merging import MILL_LANE, MUM, SAM, begin
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.small_pack import small_pack
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
SECRET = "Mum's new address is 4 Larch Way."


class Case:
    """Priya wrote in the wrong family, which Tom has too; Ines has the right one."""

    def __init__(self, ehm: RunningEhm, enrol_laptop: Enrol) -> None:
        self.ehm = ehm
        self.priya, self.tom, self.ines = map(enrol_laptop, ("Priya Shah", "Tom Reed", "Ines Cole"))
        self.pen = Pen(worker=self.priya.replica.worker, device=self.priya.replica.device)
        wrong = self.pen.family()
        self.wrong, self.record = wrong.id, self.pen.id()
        self.priya.replica.begin_family(wrong)
        pen = Pen(worker=self.ines.replica.worker, device=self.ines.replica.device)
        right = pen.family()
        self.right = right.id
        self.ines.replica.begin_family(right)
        self.drawing = self.priya.replica.keep_attachment(b"\x89PNG a map to Larch Way", "png")
        self.first = self.write({"/note/what": SECRET, "/note/map": self.drawing})
        base = {"/note/what": (self.first.id,)}
        self.second = self.write({"/note/what": SECRET + " Soon."}, base)
        self.other = self.write({"/note/next": "Ring school."})
        self.sync(self.priya, self.ines)
        ehm.give("Tom Reed", self.wrong)
        self.sync(self.tom)

    def write(
        self, answers: dict[str, str], base: Mapping[str, tuple[str, ...]] | None = None
    ) -> WireChange:
        change = self.pen.change(self.wrong, self.record, answers, base)
        self.priya.replica.keep_change(change)
        return change

    def sync(self, *laptops: Laptop) -> None:
        for laptop in laptops or (self.priya, self.tom, self.ines):
            assert laptop.sync().checked

    def move(self, *paths: str) -> list[str]:
        with self.ehm.store.writing() as connection:
            return erasure.move(
                connection,
                self.ehm.ledger,
                self.record,
                paths,
                self.right,
                "ann",
                "Wrong family.",
                self.ehm.clock(),
            )

    def in_wrong_family(self) -> str:
        """Everything that the EHM, Priya and Tom hold of the wrong family."""
        with self.ehm.store.reading() as connection:
            change = schema.change.c
            bodies = connection.execute(select(change.body).where(change.family == self.wrong))
            kept = "".join(bodies.scalars())
        for laptop in (self.priya, self.tom):
            for each in laptop.replica.state.changes.values():
                kept += each.model_dump_json() if each.family == self.wrong else ""
        return kept

    def at_right_family(self) -> dict[str, str]:
        """What the right family's worker reads in the record that came."""
        records = {c.record for c in self.ines.replica.state.changes.values()}
        (record,) = records
        heads = self.ines.replica.heads(record)
        return {path: heads.current(path).value for path in heads.paths()}


@pytest.fixture
def case(ehm: RunningEhm, enrol_laptop: Enrol) -> Case:
    return Case(ehm, enrol_laptop)


def test_misfiled_answers_are_off_every_device_in_one_sync_and_stand_at_the_right_family(
    case: Case,
) -> None:
    saw = case.move("/note/what", "/note/map")
    case.sync()
    assert set(saw) == {case.priya.replica.worker, case.tom.replica.worker}
    assert "Larch" not in case.in_wrong_family()
    for laptop in (case.priya, case.tom):
        assert case.drawing not in laptop.replica.state.attachments
        assert laptop.replica.heads(case.record).current("/note/next").value == "Ring school."
    assert case.at_right_family() == {"/note/what": SECRET + " Soon.", "/note/map": case.drawing}
    assert case.ines.replica.attachment(case.drawing) == b"\x89PNG a map to Larch Way"
    came = list(case.ines.replica.state.changes.values())
    assert {(c.author, c.at) for c in came} == {(c.author, c.at) for c in (case.first, case.second)}
    with case.ehm.store.reading() as connection:
        line = connection.execute(select(schema.audit)).one()
    assert (line.act, line.family) == ("move", case.wrong)
    assert all(worker in line.detail for worker in saw)
    assert "Larch" not in line.detail


def test_what_is_written_unseen_in_a_record_that_was_moved_follows_it(case: Case) -> None:
    late = case.write({"/note/later": "And the code of the door: Larch."})
    case.move()
    case.sync(case.priya, case.tom, case.priya, case.tom, case.ines)
    assert "Larch" not in case.in_wrong_family()
    assert late.id in case.tom.replica.state.changes
    assert case.at_right_family()["/note/later"] == "And the code of the door: Larch."
    assert case.at_right_family()["/note/next"] == "Ring school."


def _held_of_tom(case: Case) -> WireChange:
    """Tom, who has not the family any more, wrote in the record; it was moved meanwhile."""
    tom = Pen(worker=case.tom.replica.worker, device=case.tom.replica.device)
    late = tom.change(case.wrong, case.record, {"/note/later": "The code of the door: Larch."})
    case.ehm.take_away("Tom Reed", case.wrong)
    case.tom.replica.keep_change(late)
    case.move()
    assert case.tom.sync().held == 1
    assert "Larch" in case.in_wrong_family()
    return late


def _looked_at(case: Case, enrol_laptop: Enrol) -> None:
    case.ehm.worker("Cy Bell", "coordinator")
    shown = {"reason": "It is Tom's own work."}
    path = f"/v1/held/{case.record}/show"
    assert enrol_laptop("Cy Bell").call("POST", path, shown).json() == {"changes": 1}


def _given_back(case: Case, _enrol_laptop: Enrol) -> None:
    case.ehm.give("Tom Reed", case.wrong)


@pytest.mark.parametrize("let_in", [_looked_at, _given_back])
def test_what_was_held_and_is_shown_after_its_record_was_moved_follows_it(
    case: Case, enrol_laptop: Enrol, let_in: Callable[[Case, Enrol], None]
) -> None:
    _held_of_tom(case)
    let_in(case, enrol_laptop)
    case.sync()
    assert "Larch" not in case.in_wrong_family()
    assert case.at_right_family()["/note/later"] == "The code of the door: Larch."


@pytest.mark.parametrize("let_in", [_looked_at, _given_back])
def test_what_was_held_when_its_record_was_moved_is_shown_there_as_soon_as_where_it_was(
    case: Case, enrol_laptop: Enrol, let_in: Callable[[Case, Enrol], None]
) -> None:
    tom = Pen(worker=case.tom.replica.worker, device=case.tom.replica.device)
    late = tom.change(case.wrong, case.record, {"/note/later": "The code of the door: Larch."})
    case.ehm.take_away("Tom Reed", case.wrong)
    case.tom.replica.keep_change(late)
    assert case.tom.sync().held == 1
    case.move()
    case.sync()
    assert "/note/later" not in case.at_right_family()
    let_in(case, enrol_laptop)
    case.sync()
    assert "Larch" not in case.in_wrong_family()
    assert case.at_right_family()["/note/later"] == "The code of the door: Larch."


def test_what_follows_a_record_that_was_moved_on_goes_all_the_way(
    case: Case, enrol_laptop: Enrol
) -> None:
    """First to Ines by mistake, then to where it belongs."""
    _held_of_tom(case)
    case.sync(case.ines)
    (copy,) = {c.record for c in case.ines.replica.state.changes.values()}
    zoe = enrol_laptop("Zoe Ali")
    last = Pen(worker=zoe.replica.worker, device=zoe.replica.device).family()
    zoe.replica.begin_family(last)
    case.sync(zoe)
    case.ehm.move(copy, last.id)
    _looked_at(case, enrol_laptop)
    case.sync(case.priya, case.ines, zoe)
    there = {
        answer.value for c in zoe.replica.state.changes.values() for answer in c.answers.values()
    }
    assert "The code of the door: Larch." in there
    for words in (case.in_wrong_family(), str(case.ines.replica.state.changes)):
        assert "Larch" not in words


def test_what_is_written_at_a_path_that_was_moved_alone_stays(case: Case) -> None:
    unseen = case.write({"/note/what": "This family is well."})
    case.move("/note/what")
    case.sync(case.priya, case.tom, case.ines)
    assert "Larch" not in case.in_wrong_family()
    assert unseen.id in case.tom.replica.state.changes
    assert "This family is well." in case.in_wrong_family()
    assert case.at_right_family() == {"/note/what": SECRET + " Soon."}


def test_what_was_cleared_is_not_said_again_at_the_right_family(case: Case) -> None:
    case.write({"/note/next": ""}, {"/note/next": (case.other.id,)})
    case.sync(case.priya)
    case.move()
    case.sync(case.ines)
    assert case.at_right_family()["/note/next"] == ""


def test_a_finalised_record_is_finalised_at_the_right_family(case: Case) -> None:
    final = finalising_answer(case.priya.replica.heads(case.record), {}).value
    case.write({FINALISED: final})
    case.sync(case.priya)
    case.ehm.erase(case.record, "/note/next")
    case.move()
    case.sync(case.ines)
    (record,) = {c.record for c in case.ines.replica.state.changes.values()}
    heads = case.ines.replica.heads(record)
    assert is_final(heads)
    state = finalised_state(heads)
    assert state is not None
    named = {change for changes in state.heads.values() for change in changes}
    assert named <= case.ines.replica.state.changes.keys()


@ON_SQLITE
def test_what_was_erased_before_a_move_comes_back_in_no_restored_copy(case: Case) -> None:
    with closing(case.ehm.back_up()) as backup:
        late = case.write({"/note/door": "Larch.", "/note/school": "Ring them."})
        case.sync(case.priya)
        case.ehm.erase(case.record, "/note/door")
        case.move()
        case.ehm.restore(backup)
    case.sync(case.priya, case.ines, case.priya, case.ines)
    assert late.id in case.priya.replica.state.changes
    assert case.at_right_family()["/note/school"] == "Ring them."
    assert case.at_right_family().get("/note/door", "") == ""


@ON_SQLITE
def test_a_restored_ehm_moves_again_and_makes_the_same_copies(case: Case) -> None:
    with closing(case.ehm.back_up()) as backup:
        case.move()
        case.sync(case.tom, case.ines)
        copies = dict(case.ines.replica.state.changes)
        case.ehm.restore(backup)
    case.sync(case.priya, case.ines, case.tom, case.priya, case.ines)
    assert "Larch" not in case.in_wrong_family()
    assert case.ines.replica.state.changes == copies


@ON_SQLITE
def test_words_that_the_restored_ehm_lost_and_a_laptop_still_has_come_to_the_right_family(
    case: Case,
) -> None:
    with closing(case.ehm.back_up()) as backup:
        late = case.write({"/note/later": "The code of the door: Larch."})
        case.sync(case.priya)
        case.move()
        case.ehm.restore(backup)
    case.sync(case.priya, case.tom, case.priya, case.ines)
    assert "Larch" not in case.in_wrong_family()
    assert late.id in case.priya.replica.state.changes
    assert case.at_right_family()["/note/later"] == "The code of the door: Larch."


def test_it_is_put_right_over_the_api_by_whose_role_it_is(case: Case, enrol_laptop: Enrol) -> None:
    case.ehm.worker("Cy Bell", "coordinator")
    cy = enrol_laptop("Cy Bell")
    path = f"/v1/records/{case.record}/put-right"
    said = {"paths": ["/note/what"], "to": case.right, "reason": "Wrong family."}
    assert case.priya.call("POST", path, said).json()["code"] == "not_allowed"
    nowhere = said | {"to": str(uuid.uuid4())}
    assert cy.call("POST", path, nowhere).json()["code"] == "not_put_right"
    names = {each["name"] for each in cy.call("POST", path, said).json()["workers"]}
    assert names == {"Priya Shah", "Tom Reed"}
    case.sync()
    assert "Larch" not in case.in_wrong_family()


def test_a_legal_hold_blocks_erasure_until_it_ends_and_survives_a_restore(case: Case) -> None:
    ehm, now = case.ehm, case.ehm.clock()
    with ehm.store.writing() as connection:
        hold = holds.place(connection, ehm.ledger, case.wrong, "ann", "Court order 7.", now)
        with pytest.raises(ValueError, match="legal hold"):
            erasure.erase(connection, ehm.ledger, case.record, (), "ann", "Asked.", now)
        with pytest.raises(ValueError, match="legal hold"):
            person_erasure.erase(connection, ehm.ledger, case.wrong, "x", "ann", "Asked.", now)
        connection.execute(schema.legal_hold.delete())
        erasure.keep_up(connection, ehm.ledger)
        assert holds.standing(connection, case.wrong) == [hold]
        holds.end(connection, ehm.ledger, hold, "ann", "Case closed.", now)
        assert holds.standing(connection, case.wrong) == []
        assert erasure.erase(connection, ehm.ledger, case.record, (), "ann", "Asked.", now)


def test_the_ledger_is_read_back_line_by_line(case: Case) -> None:
    case.move()
    now = case.ehm.clock()
    with case.ehm.store.writing() as connection:
        holds.place(connection, case.ehm.ledger, case.right, "ann", "Court order 7.", now)
    assert case.ehm.ledger._file is not None
    again = Ledger(case.ehm.ledger._file)
    kinds = [line.kind for line in again.all() if line.kind != "registered"]
    assert kinds == ["erasure", "hold"]
    assert "Larch" not in case.ehm.ledger._file.read_text()


def test_the_first_ledgers_are_still_read(tmp_path: Path) -> None:
    file = tmp_path / "ledger"
    file.write_text('{"id":"1","family":"f","record":"r","paths":[],"changes":["c"]}\n')
    (line,) = Ledger(file).all()
    assert (line.kind, line.id) == ("erasure", "1")


def _household(ehm: RunningEhm, laptop: Laptop) -> tuple[str, str, str]:
    """A helped family: its id, the row of Sam, the row of Mum."""
    _publish(ehm, small_pack("1", "plan", "child_voice"))
    home = begin(laptop, SAM, MUM, home=MILL_LANE)
    rows = [
        path
        for change in laptop.replica.state.changes.values()
        for path in change.answers
        if path.endswith("]") and "person[" in path
    ]
    sam, mum = (row[row.index("[") + 1 : -1] for row in rows)
    home.write({"/voice/child": sam, "/voice/want": "A bed of my own."}, form="child_voice")
    action = f"/plan/action[{home.pen.id()}]"
    home.write(
        {action: "000000", f"{action}/who": sam, f"{action}/what": "Sam reads.", "/plan/for": "All"}
        | {"/plan/about": f"{sam} {mum}"},
        form="plan",
    )
    assert laptop.sync().checked
    return home.family, sam, mum


def test_one_person_is_erased_at_their_request_and_what_may_name_them_is_listed(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    family, sam, _mum = _household(ehm, laptop)
    with ehm.store.writing() as connection:
        found = person_erasure.erase(
            connection, ehm.ledger, family, sam, "ann", "At Sam's request.", ehm.clock()
        )
    assert laptop.sync().checked
    kept = "".join(c.model_dump_json() for c in laptop.replica.state.changes.values())
    for gone in ("A bed of my own.", "Sam reads.", '"Sam"', "2014-03-05"):
        assert gone not in kept
    for here in ("Aisha", "1988-11-02", "12 Mill Lane", '"All"'):
        assert here in kept
    forms = {c.record: c.form for c in laptop.replica.state.changes.values()}
    assert {forms[record] for record in found.taken} == {"household", "plan", "child_voice"}
    assert [forms[record] for record in found.to_read] == ["plan"]


def _publish(ehm: RunningEhm, pack: bytes) -> None:
    with ehm.store.writing() as connection:
        packs.publish(connection, council.read(connection), pack, ehm.clock())


def _due(ehm: RunningEhm, today: date) -> list[retention.Due]:
    with ehm.store.writing() as connection:
        identities.take_due(connection)
        return retention.due(connection, today)


def test_retention_lists_what_is_due_by_type_and_erases_exactly_the_list_confirmed(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    family, _sam, _mum = _household(ehm, laptop)
    birthday = date(2039, 3, 5)
    assert _due(ehm, birthday) == []
    ehm.take_away("Priya Shah", family)
    assert _due(ehm, birthday - timedelta(days=1)) == []
    (listed,) = _due(ehm, birthday)
    assert (listed.family, listed.kind, listed.since) == (family, "helped", birthday)

    ehm.clock.now = ehm.clock.now.replace(year=2040)
    with ehm.store.writing() as connection:
        with pytest.raises(ValueError, match="changed"):
            retention.erase_due(connection, ehm.ledger, "000000000000", "ann", ehm.clock())
        code = retention.code(retention.due(connection, ehm.clock().date()))
        hold = holds.place(connection, ehm.ledger, family, "ann", "Court order.", ehm.clock())
        with pytest.raises(ValueError, match="changed"):
            retention.erase_due(connection, ehm.ledger, code, "ann", ehm.clock())
        holds.end(connection, ehm.ledger, hold, "ann", "Closed.", ehm.clock())
        retention.erase_due(connection, ehm.ledger, code, "ann", ehm.clock())
        kept = "".join(connection.execute(select(schema.change.c.body)).scalars())
        assert connection.execute(select(schema.identity)).all() == []
    assert "Sam" not in kept
    assert _due(ehm, ehm.clock().date()) == []


def test_a_family_that_was_only_asked_about_is_kept_as_long_as_the_council_says(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
    family = pen.family()
    laptop.replica.begin_family(family)
    laptop.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "A call."}))
    assert laptop.sync().checked
    ehm.take_away("Priya Shah", family.id)
    assert _due(ehm, date(2128, 3, 2)) == []  # nothing says how long
    _publish(ehm, small_pack("1"))
    (listed,) = _due(ehm, date(2028, 3, 2))
    assert (listed.kind, listed.since) == ("not taken up", date(2028, 3, 2))
    _publish(ehm, small_pack("2", not_taken_up="3"))
    assert _due(ehm, date(2028, 3, 2)) == []


@pytest.mark.parametrize(
    ("born", "last"),
    [
        ("2014-03-05", date(2014, 3, 5)),
        ("2014-03", date(2014, 3, 31)),
        ("2014", date(2014, 12, 31)),
    ],
)
def test_a_birthday_with_parts_unknown_is_read_late_never_early(born: str, last: date) -> None:
    assert retention._latest(born) == last
