"""The team's small pages over a real EHM: what each lists, and that its buttons do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.services.team import TeamDesk
from desktop.ui.pages.matters import Matter
from desktop.ui.presenters.team_boards import BOARDS, Board
from desktop.ui.presenters.team_boards import approvals as approval_words
from sync.client.errors import Declined
from sync.ehm import approval_routes, awaited, council, packs
from sync.ehm.permissions import Act, Role
from tests.desktop.printing.checking import sound
from tests.desktop.services.test_team import desk_of
from tests.desktop.ui.pages.examples import MOMENTS
from tests.sync.matching.test_merging import MILL_LANE, MUM, SAM, begin
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.small_pack import small_pack
from tests.sync.test_oversight import Worker, publish
from tests.sync.test_subject_access import family as written_about
from tests.sync.writing import Pen


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path / 'ehm.db'}") as running:
        yield running


def seen(desk: TeamDesk, board: Board) -> tuple[Matter, ...]:
    return desk.ask(board.read)


def do(desk: TeamDesk, board: Board, matter: Matter, deed: str, said: Mapping[str, str]) -> str:
    assert deed in [one.key for one in matter.deeds], "a button that is not on the page"
    return desk.ask(lambda wire: board.act(wire, matter.id, deed, said))


def board(key: str) -> Board:
    return BOARDS[key].board(MOMENTS)


def words_of(matters: tuple[Matter, ...]) -> str:
    return "\n".join(
        line for one in matters for line in (one.title, *one.lines, *one.quiet, *deeds(one))
    )


def deeds(matter: Matter) -> tuple[str, ...]:
    return tuple(deed.words for deed in matter.deeds)


def write(laptop: Laptop, said: str) -> tuple[str, str]:
    """A family with one request of its own: their ids."""
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
    family = pen.family()
    laptop.replica.begin_family(family)
    change = pen.change(family.id, pen.id(), {"/request/want": said}, form="request")
    laptop.replica.keep_change(change)
    assert laptop.sync().checked
    return family.id, change.record


def test_each_way_is_opened_by_an_act_of_the_table() -> None:
    assert {way.act for way in BOARDS.values()} <= {act.value for act in Act}


def test_a_request_is_accepted_by_name_then_decided_with_words(ehm: RunningEhm) -> None:
    cy, di = desk_of(ehm, "Cy", Role.COORDINATOR), desk_of(ehm, "Di", Role.COORDINATOR)
    inbox = board("requests")
    with closing(Laptop(ehm, "Priya")) as priya:
        _, record = write(priya, "Secret words of the family.")
        assert priya.call("POST", "/v1/requests", {"record": record, "urgent": True}).ok
        (waiting,) = seen(cy, inbox)
        assert "Responsible now: Priya" in waiting.lines
        assert "Secret words" not in words_of((waiting,))
        do(cy, inbox, waiting, "accept", {})
        (mine,), (theirs,) = seen(cy, inbox), seen(di, inbox)
        assert ("Responsible now: Cy" in mine.lines, deeds(mine)) == (True, ("Decide",))
        assert deeds(theirs) == ()
        said = {"outcome": "accepted", "words": "We ring Mum this week."}
        do(cy, inbox, mine, "decide", said)
        assert seen(cy, inbox) == ()
        (told,) = priya.call("GET", "/v1/requests/mine").json()["requests"]
        assert (told["outcome"], told["words"]) == ("accepted", "We ring Mum this week.")


def test_two_families_are_linked_and_it_is_taken_back(ehm: RunningEhm) -> None:
    with ehm.store.writing() as connection:
        packs.publish(connection, council.read(connection), small_pack(), ehm.clock())
    cy, matches = desk_of(ehm, "Cy", Role.COORDINATOR), board("matches")
    with closing(Laptop(ehm, "Priya")) as priya, closing(Laptop(ehm, "Tom")) as tom:
        begin(priya, MUM, SAM, home=MILL_LANE)
        begin(tom, MUM, SAM, home=MILL_LANE, seed=2)
    (found,) = seen(cy, matches)
    assert "ring Priya" in words_of((found,))
    assert "ring Tom" in words_of((found,))
    do(cy, matches, found, "decide", {"decision": "same_child", "why": "Parents live apart."})
    (joined,) = seen(cy, matches)
    assert (joined.lines, deeds(joined)) == (
        ("Linked by a child", "Parents live apart."),
        ("Take this back",),
    )
    assert do(cy, matches, joined, "undo", {"why": "It was a cousin."}) == "Taken back."
    assert [one.group for one in seen(cy, matches)] == ["To decide"]


def test_a_wipe_needs_a_second_person(ehm: RunningEhm) -> None:
    with ehm.store.writing() as connection:
        council.set_escrow_key(connection, "A" * 43 + "=")
    ann, ben = desk_of(ehm, "Ann", Role.MANAGER), desk_of(ehm, "Ben", Role.MANAGER)
    laptops = board("laptops")
    with closing(Laptop(ehm, "Priya", "Blue laptop")) as priya:
        write(priya, "Hello.")

        def blue(desk: TeamDesk) -> Matter:
            return next(one for one in seen(desk, laptops) if "Blue laptop" in one.title)

        assert blue(ann).lines[0].startswith("Holds ")
        assert "Nothing heard of it for" in words_of((blue(ann),)), "whoever rings must know"
        do(ann, laptops, blue(ann), "lock", {"why": "Left on a bus."})
        assert "Locked by Ann: Left on a bus." in blue(ben).lines
        lift = next(deed.key for deed in blue(ben).deeds if deed.words == "Lift the lock")
        do(ben, laptops, blue(ben), lift, {})
        do(ann, laptops, blue(ann), "wipe", {"why": "It was stolen."})
        assert "Confirm the wipe" not in deeds(blue(ann))
        confirm = next(deed.key for deed in blue(ben).deeds if deed.words == "Confirm the wipe")
        with pytest.raises(Declined):
            ann.ask(lambda wire: laptops.act(wire, blue(ann).id, confirm, {}))
        do(ben, laptops, blue(ben), confirm, {})
        assert "Its registration has ended." in blue(ann).lines


def test_a_colleague_stands_in_and_held_work_is_shown(ehm: RunningEhm) -> None:
    ann = desk_of(ehm, "Ann", Role.MANAGER)
    tom, covers, held = ehm.worker("Tom"), board("covers"), board("held")
    with closing(Laptop(ehm, "Priya")) as priya:
        family, record = write(priya, "Hello.")
        person = next(one for one in seen(ann, covers) if one.title == "Priya")
        told = do(ann, covers, person, "cover", {"who": tom, "weeks": "2"})
        assert told.startswith("1 family is covered until ")
        assert "Tom stands in until" in words_of(seen(ann, covers))

        ehm.take_away("Priya", family)
        pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
        priya.replica.keep_change(pen.change(family, record, {"/request/want": "And this."}))
        priya.sync()
    (waiting,) = seen(ann, held)
    assert "1 change by Priya" in waiting.lines
    assert do(ann, held, waiting, "show", {"why": "Rang her."}) == "1 change is shown now."
    assert seen(ann, held) == ()


def test_reading_the_audit_is_in_the_audit_with_its_reason(ehm: RunningEhm) -> None:
    ann = desk_of(ehm, "Ann", Role.MANAGER)
    ines, audit = desk_of(ehm, "Ines", Role.INFORMATION_GOVERNANCE), board("audit")
    ann.read()
    (before,) = seen(ines, audit)
    assert before.title == "Nothing is read yet"
    do(ines, audit, before, "read", {"role": "manager", "why": "A parent asks."})
    assert "Ann (manager) · read the team's caseload" in words_of(seen(ines, audit))
    head = seen(ines, audit)[0]
    do(ines, audit, head, "read", {"role": "everybody", "why": "A check."})
    assert "read the audit · A parent asks." in words_of(seen(ines, audit))
    with closing(Laptop(ehm, "Priya")) as priya:
        family, _ = write(priya, "Hello.")
        assert priya.call("GET", f"/v1/families/{family}/records").ok
    do(ines, audit, head, "read", {"role": "everybody", "why": "A check."})
    read = words_of(seen(ines, audit))
    assert "Priya (worker) · read the records · EH-000001" in read
    assert family not in read
    with pytest.raises(Declined):
        ann.ask(lambda wire: audit.act(wire, "audit", "read", {"role": "everybody", "why": "?"}))


def test_a_manager_reads_what_waits_before_they_can_agree(
    ehm: RunningEhm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(awaited, "_AT_ONCE", 1)  # a family a question
    monkeypatch.setattr(approval_routes, "SECONDS_AT_A_TIME", -1.0)
    monkeypatch.setattr(approval_words, "ASKED_AGAIN", 0)
    publish(ehm)
    ann, approvals = desk_of(ehm, "Ann", Role.MANAGER), board("approvals")
    with closing(Laptop(ehm, "Priya")) as priya:
        worker = Worker(priya)
        closed = {"on": "2026-03-01", "reason": "needs_met"}
        for _ in range(2):
            worker.tell(worker.agreed(), "closure", final=True, closure=closed)
        priya.sync()
        rest, waiting = seen(ann, approvals)
        assert (rest.title, deeds(rest)) == ("This list is not whole yet", ("Go on reading",))
        assert "1 family is still to be read again" in words_of((rest,))
        assert "Asked by Priya" in waiting.lines
        assert deeds(waiting) == ("Read it",)
        do(ann, approvals, waiting, "read", {})
        read = next(one for one in seen(ann, approvals) if one.id == waiting.id)
        assert "Why does it end? Needs are met" in read.lines
        do(ann, approvals, read, "return", {"words": "Hear Sam first."})
        assert [one.id for one in seen(ann, approvals)].count(waiting.id) == 0
        assert len(seen(ann, approvals)) == 1
        assert priya.sync().received == 2


def test_a_note_on_the_teams_page_reaches_the_worker(ehm: RunningEhm) -> None:
    publish(ehm)
    ann = desk_of(ehm, "Ann", Role.MANAGER)
    with closing(Laptop(ehm, "Priya")) as priya:
        worker = Worker(priya)
        old = worker.agreed("2025-01-01")
        priya.sync()
        assert "approve" in ann.read().may
        (line,) = ann.note(old, "drift", "Bring it to supervision.", 4).lines
        assert (line.overseen, line.drift) == (date(2026, 3, 2), ("a_year", "no_contact"))
        assert priya.sync().received == 1


def test_a_draft_of_what_is_written_about_somebody_is_made_for_a_reason_and_saved(
    ehm: RunningEhm, tmp_path: Path
) -> None:
    publish(ehm)
    with closing(Laptop(ehm, "Priya")) as priya:
        written_about(priya)
    ines = desk_of(ehm, "Ines", Role.INFORMATION_GOVERNANCE)
    access = board("access")
    (asking,) = seen(ines, access)
    why = {"number": "EH-000001", "why": "Request 14, passport seen"}
    do(ines, access, asking, "find", why)
    grace = next(one for one in seen(ines, access) if one.title.startswith("Grace"))
    assert "read all of it" in do(ines, access, grace, "draft", {})
    grace = next(one for one in seen(ines, access) if one.title.startswith("Grace"))
    assert "about others" in words_of((grace,))
    assert "Tea with" not in words_of((grace,))  # what is written is only in the file
    path = tmp_path / "draft.pdf"
    do(ines, access, grace, "save", {"path": str(path)})
    said = " ".join(sound(path.read_bytes()).text().split())
    assert said.index("This is not ready to be given to anybody.") < said.index("Tea with Grace")
    assert "What is only on the laptop Laptop 1" in said
    assert "What was written before, and has been changed since" in said
    assert "Football" not in said
