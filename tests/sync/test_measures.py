"""Measures over the API: a published quarter and its revisions, and the list behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from sync.ehm import schema
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import Worker, publish
from tests.sync.test_waiting_commands import Commands
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
QUARTER = {"first": "2026-01-01", "last": "2026-03-31"}


def _agreed(laptop: Laptop, seed: int) -> str:
    """A family whose help began on 30 March, handed in now."""
    worker = Worker(laptop)
    worker.pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device, seed=seed)
    family = worker.agreed("2026-03-30")
    assert laptop.sync().checked
    return family


def test_a_published_quarter_is_revised_in_sight_and_every_publication_is_kept(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    publish(ehm)
    for name, role in (("Mo Ager", "manager"), ("An Lyst", "analyst")):
        ehm.worker(name, role)
    ehm.clock.pass_time(days=29, hours=10, minutes=50)  # the last evening of the quarter
    priya, tom, mo, an = map(enrol_laptop, ("Priya Shah", "Tom Okafor", "Mo Ager", "An Lyst"))
    _agreed(priya, seed=1)
    asked = {"scope": "council", **QUARTER}
    quarter = {"last": QUARTER["last"]}
    assert mo.call("POST", "/v1/quarters", quarter).json()["code"] == "unreadable"  # not over yet
    ehm.clock.pass_time(minutes=20)
    for laptop in (priya, tom, mo, an):
        laptop.wire.token = None  # it is too old by now
    assert priya.call("POST", "/v1/quarters", quarter).json()["code"] == "not_allowed"
    not_one = {"last": "2026-03-30"}
    assert mo.call("POST", "/v1/quarters", not_one).json()["code"] == "unreadable"
    assert mo.call("POST", "/v1/measures", asked).json()["published"] is None
    assert mo.call("POST", "/v1/quarters", quarter).status_code == 204

    def published(laptop: Laptop) -> dict[str, Any]:
        found: dict[str, Any] = laptop.call("POST", "/v1/measures", asked).json()["published"]
        return found

    first = published(mo)
    assert (first["number"], first["revised"], first["by"]["name"]) == (1, [], "Mo Ager")
    _agreed(tom, seed=7)  # agreed two days before, synced now
    (revised,) = [r for r in published(mo)["revised"] if (r["measure"], r["cut"]) == ("M1", "")]
    assert (revised["before"]["counted"], revised["now"]["counted"]) == (1, 2)
    outside = [r for r in published(an)["revised"] if r["measure"] == "M1"]
    assert all(r["now"]["hidden"] for r in outside if r["now"])
    assert mo.call("POST", "/v1/quarters", quarter).status_code == 204
    second = published(mo)
    assert (second["number"], second["revised"]) == (2, [])
    later = {"scope": "council", "first": "2026-04-01", "last": "2026-06-30", "quarters_before": 2}
    before = mo.call("POST", "/v1/measures", later).json()["before"]
    assert [(b["last"], b["published"]) for b in before] == [
        ("2026-03-31", True),
        ("2025-12-31", False),
    ]
    assert before[0]["figures"]["M1"]["counted"] == 2


def test_an_analyst_asks_for_quarters_that_are_over_alone(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    """From other periods, or a quarter that goes on, it would follow what happened between."""
    publish(ehm)
    for name, role in (("Mo Ager", "manager"), ("An Lyst", "analyst")):
        ehm.worker(name, role)
    mo, an, priya = map(enrol_laptop, ("Mo Ager", "An Lyst", "Priya"))
    worker = Worker(priya)
    families = [worker.agreed("2025-12-30") for _ in range(8)]
    assert priya.sync().checked
    assert len(set(families)) == 8

    def asked(laptop: Laptop, first: str, last: str) -> Any:
        said = {"scope": "council", "first": first, "last": last}
        return laptop.call("POST", "/v1/measures", said)

    for first, last in (
        ("2026-01-01", "2026-03-31"),  # it goes on
        ("2025-12-01", "2025-12-31"),
        ("2024-04-01", "2025-03-31"),
        ("2025-01-01", "2025-12-31"),
        ("2025-10-01", "2025-12-30"),
        ("2025-10-02", "2025-12-31"),
    ):
        refused = asked(an, first, last)
        assert (refused.status_code, refused.json()["code"]) == (422, "unreadable")
    quarter = {"last": "2025-12-31"}
    assert an.call("POST", "/v1/quarters", quarter).json()["code"] == "not_allowed"
    for laptop, counted in ((mo, 8), (an, 10)):  # what an analyst reads is to the nearest 5
        told = asked(laptop, "2025-10-01", "2025-12-31").json()
        (open_,) = [each["total"] for each in told["measures"] if each["key"] == "M1"]
        assert open_["counted"] == counted


def test_each_figure_has_its_list_for_those_allowed_and_for_nobody_else(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    for name, role in (("Mo Ager", "manager"), ("An Lyst", "analyst")):
        ehm.worker(name, role)
    publish(ehm)
    priya, tom, mo, an = map(enrol_laptop, ("Priya Shah", "Tom Okafor", "Mo Ager", "An Lyst"))
    family = _agreed(priya, seed=1)

    def listed(laptop: Laptop, scope: str, **more: str) -> Any:
        message = {"scope": scope, "measure": "M1", **QUARTER, **more}
        return laptop.call("POST", "/v1/measures/families", message).json()

    for laptop, scope in ((priya, "own"), (mo, "team"), (mo, "council")):
        (found,) = listed(laptop, scope)["families"]
        assert (found["id"], found["number"]) == (family, "EH-000001")
    assert listed(mo, "council", cut="level", value="not decided")["families"] != []
    assert listed(mo, "council", cut="level", value="4")["families"] == []
    assert listed(tom, "own")["families"] == []
    for laptop, scope in ((tom, "team"), (tom, "council"), (an, "council"), (an, "own")):
        assert listed(laptop, scope)["code"] == "not_allowed"
    assert listed(mo, "team", measure="M99")["code"] == "not_found"


def test_returns_are_printed_a_row_a_child_and_the_audit_has_who_asked(
    ehm: RunningEhm, enrol_laptop: Enrol, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(ehm)
    priya, commands = enrol_laptop("Priya"), Commands(ehm, capsys)
    worker = Worker(priya)
    family = worker.agreed("2026-02-02")
    born = {"role": "child", "given_name": "Mia", "born": "2015-02-01", "included": "yes"}
    worker.tell(family, "household", person=[born])
    assert priya.sync().checked
    by = ("--by", "Cy Bell", "--reason", "The inspection of 2 March.")
    (child,) = commands.table("annex-a", "2026-03-02", *by)
    assert (child["Date of Birth"], child["Age"]) == ("2015-02-01", "11")
    assert child["Assessment start date"] == ""  # help goes on, and nothing was assessed yet
    (episode,) = commands.table("ssd-episodes", "2026-01-01", "2026-03-31", *by)
    assert episode["earl_person_id"] == child["Child ID"]
    assert episode["earl_episode_start_date"] == "2026-02-02"
    with ehm.store.reading() as connection:
        lines = connection.execute(select(schema.audit.c.act, schema.audit.c.detail)).all()
    assert ("exported: Annex A list 2", "The inspection of 2 March.") in [tuple(x) for x in lines]
