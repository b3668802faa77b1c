"""What a council's IT does with people: add, change, cover, deactivate, list, in and out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sync.client.errors import DeviceLocked, DeviceRevoked
from sync.contract.messages import OrderKind
from sync.ehm import attachments, people, schema
from sync.ehm.__main__ import main
from sync.ehm.app import open_store
from sync.ehm.permissions import Role
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.test_permissions import begin
from tests.sync.writing import Pen


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        yield running


def run(ehm: RunningEhm, *arguments: str) -> int:
    head, tail = arguments[:1], arguments[1:]
    if head == ("users",):
        head, tail = arguments[:2], arguments[2:]
    return main([*head, "--database", ehm.store.url, *tail])


def test_people_are_added_changed_and_listed(
    ehm: RunningEhm, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(ehm, "users", "add", "Jo Bell", "--role", "contributor", "--agency", "school") == 0
    assert run(ehm, "users", "add", "Nobody", "--role", "king") == 2
    assert run(ehm, "users", "change", "Jo Bell", "--team", "St Anne's", "--login", "jo@x") == 0
    capsys.readouterr()
    assert run(ehm, "users", "list") == 0
    (line,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert {**line, "id": ""} == {
        "id": "",
        "name": "Jo Bell",
        "role": "contributor",
        "team": "St Anne's",
        "agency": "school",
        "login": "jo@x",
        "active": "yes",
    }


def test_a_contributor_needs_an_agency(ehm: RunningEhm, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ehm, "users", "add", "Jo Bell", "--role", "contributor") == 2
    assert "agency" in capsys.readouterr().err


def test_a_table_of_people_is_taken_whole_or_not_at_all(
    ehm: RunningEhm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,role,team\nAnn,manager,North\nSam,pilot,North\n", encoding="utf-8")
    assert run(ehm, "users", "import", str(table)) == 2
    assert "row 3" in capsys.readouterr().err
    with ehm.store.reading() as connection:
        assert people.find(connection, "Ann") is None
    table.write_text("name,role,team\nAnn,manager,North\nAnn,manager,South\n", encoding="utf-8")
    assert run(ehm, "users", "import", str(table)) == 0
    with ehm.store.reading() as connection:
        (ann,) = connection.execute(select(schema.worker)).all()
        assert (ann.role, ann.team) == (Role.MANAGER, "South")


def test_who_leaves_hands_in_and_locks_and_is_given_nothing(ehm: RunningEhm) -> None:
    with closing(Laptop(ehm, "Priya")) as priya:
        family = begin(priya)
        pen = Pen(worker=priya.replica.worker, device=priya.replica.device, seed=2)
        last = pen.change(family, pen.id(), {"/note/what": "The last words."})
        priya.replica.keep_change(last)
        assert run(ehm, "users", "deactivate", "Priya") == 0
        outcome = priya.sync()
        assert isinstance(outcome.trouble, DeviceRevoked)
        assert (outcome.sent, outcome.held) == (1, 1)
        assert [each.kind for each in priya.replica.state.orders] == [OrderKind.LOCK]
    with ehm.store.reading() as connection:
        held = connection.execute(select(schema.change.c.body).where(schema.change.c.held != ""))
        assert "The last words." in held.scalar_one()
        assert connection.execute(select(func.count()).select_from(schema.member)).scalar() == 0


def test_everything_is_carried_over_and_a_second_time_changes_nothing(
    ehm: RunningEhm, tmp_path: Path
) -> None:
    """Also what waits for a person to look, who asked a contributor in, and what was drawn."""
    ehm.worker("Jo Bell", "contributor", agency="school")
    with closing(Laptop(ehm, "Priya")) as priya:
        family = begin(priya)
        pen = Pen(worker=priya.replica.worker, device=priya.replica.device, seed=2)
        drawing = priya.replica.keep_attachment(b"\x89PNG the treehouse", "png")
        drawn = pen.change(family, pen.id(), {"/note/what": drawing})
        priya.replica.keep_change(drawn)
        assert priya.sync().checked
        digest = priya.replica.digests()[family]
        ehm.give("Tom", family)
        ehm.take_away("Priya", family)
        late = pen.change(family, pen.id(), {"/note/what": "The last words."})
        priya.replica.keep_change(late)
        assert priya.sync().held == 1
    file, other = tmp_path / "all.jsonl", f"sqlite:///{tmp_path}/other.db"
    assert run(ehm, "export", str(file), "--by", "Ann", "--reason", "We move.") == 0
    for _ in range(2):
        assert main(["import", "--database", other, str(file), "--by", "Ann"]) == 0
    store = open_store(other, council_name="Test", is_demo=True)
    with closing(store), store.reading() as connection:
        holding, change, worker = schema.holding.c, schema.change.c, schema.worker.c
        of_it = holding.family == family
        assert connection.execute(select(holding.digest).where(of_it)).scalars().all() == [digest]
        waits = select(change.id).where(change.held == "device_revoked")
        assert connection.execute(waits).scalars().all() == [late.id]
        assert connection.execute(select(func.count()).select_from(schema.change)).scalar() == 3
        assert attachments.given(connection) == {drawing: (drawn.record,)}
        assert attachments.content(connection, drawing) == b"\x89PNG the treehouse"
        jo = select(worker.role, worker.agency).where(worker.name == "Jo Bell")
        assert tuple(connection.execute(jo).one()) == ("contributor", "school")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("policy", "--oldest-client", "banana"), "no version like"),
        (("measures", "2026-04-01", "2026-03-31"), "after the last"),
        (
            ("ssd-episodes", "2026-04-01", "2026-03-31", "--by", "Cy", "--reason", "Return."),
            "after the last",
        ),
        (("users", "deactivate", "Priya"), "2 people are called"),
        (("set-apart", "a family", "somebody"), "nobody with this UUID"),
        (("export", "{folder}/there", "--by", "Ann", "--reason", "x"), "already"),
        (("backup", "{folder}/there", "--in-clear"), "already"),
        (("lock", "Priya's", "--by", "Ann", "--reason", "x"), "your-family-ehm devices"),
    ],
)
def test_a_slip_is_told_in_a_sentence_and_nothing_happens(
    ehm: RunningEhm,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    (tmp_path / "there").touch()
    with ehm.store.writing() as connection:
        for _ in range(2):
            people.add(connection, "Priya")
    assert run(ehm, *(each.format(folder=tmp_path) for each in arguments)) == 2
    assert said in capsys.readouterr().err


def test_laptops_are_listed_with_what_to_lock_them_by(
    ehm: RunningEhm, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Laptop(ehm, "Priya")) as priya:
        assert priya.sync().trouble is None
        ehm.worker("Ann", "coordinator")
        assert run(ehm, "devices") == 0
        (line,) = csv.DictReader(capsys.readouterr().out.splitlines())
        assert (line["worker"], line["is"], line["last heard of"] > "") == ("Priya", "in use", True)
        asked = ("lock", line["device"], "--by", "Ann", "--reason", "Left on a bus.")
        assert run(ehm, *asked) == 0
        assert isinstance(priya.sync().trouble, DeviceLocked)


def test_no_command_takes_a_slip_in_the_address_for_an_ehm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slip, nowhere = f"sqlite:///{tmp_path}/slip.db", "postgresql://secret@127.0.0.1:1/ehm"
    for url, said in ((slip, "no EHM in this database"), (nowhere, "cannot be reached")):
        assert main(["users", "list", "--database", url]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert "secret" not in told
    assert list(tmp_path.iterdir()) == []
