"""What a council's IT sees of what is held, and of what was refused and is on a laptop alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select

from sync.contract.messages import WireAnswer
from sync.ehm import schema
from sync.ehm.__main__ import main
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
BY = ("--by", "Cy Bell", "--reason", "Rang Priya.")


class Commands:
    """``your-family-ehm`` on the database of a running EHM."""

    def __init__(self, ehm: RunningEhm, out: pytest.CaptureFixture[str]) -> None:
        self.database = ehm.store.engine.url.render_as_string(hide_password=False)
        self._out = out

    def run(self, *arguments: str) -> str:
        assert main([*arguments, "--database", self.database]) == 0
        return self._out.readouterr().out

    def table(self, *arguments: str) -> Sequence[dict[str, str]]:
        return list(csv.DictReader(self.run(*arguments).splitlines()))


def hand_in(laptop: Laptop, *changes: object) -> None:
    answer = laptop.call("POST", "/v1/changes", {"seen": None, "changes": list(changes)})
    assert answer.status_code == 200


def test_what_is_held_and_what_was_refused_is_listed_without_words_and_settled(
    ehm: RunningEhm, enrol_laptop: Enrol, capsys: pytest.CaptureFixture[str]
) -> None:
    commands, cy = Commands(ehm, capsys), ehm.worker("Cy Bell", "coordinator")
    priya = enrol_laptop("Priya Shah")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    family = pen.family()
    priya.replica.begin_family(family)
    change = pen.change(family.id, pen.id(), {"/note/what": "Gran can help."})
    priya.replica.keep_change(change)
    assert priya.sync().checked
    ehm.give("Cy Bell", family.id)
    assert (commands.table("held", "list"), commands.table("refused", "list")) == ([], [])

    other = {"/note/what": WireAnswer(value="Larch Way.")}
    again = change.model_copy(update={"answers": other}).model_dump(mode="json")
    readable = pen.change(family.id, pen.id(), {"/note/what": "x"}).model_dump(mode="json")
    hand_in(priya, again, readable | {"at": "yesterday"})
    (broken, reused) = sorted(commands.table("refused", "list"), key=lambda each: each["record"])
    assert (broken["code"], broken["record"], broken["in sight"]) == ("unreadable", "", "yes")
    assert (reused["code"], reused["record"]) == ("id_reused", change.record)
    assert (reused["worker"], reused["device"]) == ("Priya Shah", priya.replica.device)
    hand_in(priya, readable)  # taken after all, it is noted no longer
    ehm.take_away("Priya Shah", family.id)
    (reused,) = commands.table("refused", "list")
    assert (reused["code"], reused["changes"], reused["in sight"]) == ("id_reused", "1", "no")

    late = pen.change(family.id, pen.id(), {"/note/what": "Larch Way, on the last day."})
    priya.replica.keep_change(late)
    assert priya.sync().held == 1
    said = commands.run("held", "list") + commands.run("refused", "list")
    assert "not_your_family" in said
    assert "Larch" not in said
    assert commands.run("held", "show", late.record, *BY) == "1 changes\n"
    settle = "refused", "settle", priya.replica.device
    assert commands.run(*settle, *BY) == "1 changes\n"
    assert (commands.table("held", "list"), commands.table("refused", "list")) == ([], [])
    assert main([*settle, "--database", commands.database, *BY]) == 2
    with ehm.store.reading() as connection:
        audit = schema.audit.c
        acts = connection.execute(select(audit.act).where(audit.worker == cy)).scalars().all()
    assert acts == ["showed what was held", "settled what was refused"]
