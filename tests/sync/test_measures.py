"""Measures over the API: a published quarter and its revisions, and the list behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import Worker, publish
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


def test_an_analyst_asks_for_whole_periods_alone(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    """Two periods that differ by a day would show what happened on it."""
    for name, role in (("Mo Ager", "manager"), ("An Lyst", "analyst")):
        ehm.worker(name, role)
    mo, an = map(enrol_laptop, ("Mo Ager", "An Lyst"))
    a_day_less = {"scope": "council", "first": "2026-01-01", "last": "2026-03-30"}
    assert mo.call("POST", "/v1/measures", a_day_less).status_code == 200
    refused = an.call("POST", "/v1/measures", a_day_less)
    assert (refused.status_code, refused.json()["code"]) == (422, "unreadable")
    for first, last in (("01-01", "03-31"), ("02-01", "02-28")):
        whole = {"scope": "council", "first": f"2026-{first}", "last": f"2026-{last}"}
        assert an.call("POST", "/v1/measures", whole).status_code == 200


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
