"""Cases that the service keeps in memory are those that the records come to, whatever happened."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from forms.casework.measures.case import Case
from forms.casework.measures.period import Period
from forms.casework.measures.tally import Tally
from sync.ehm import measure_routes, measuring
from sync.ehm.cases import KnownCases, WorkedOut
from sync.ehm.counting import Counting
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import Worker, publish

Enrol = Callable[[str], Laptop]


def cases(ehm: RunningEhm, known: KnownCases) -> list[Case]:
    with ehm.store.reading() as connection:
        return known.of(connection, measuring.everybody(connection))


def more_than_is_kept_is_counted_whole(ehm: RunningEhm, monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownCases()

    def counted(names: str) -> tuple[int, int]:
        wanted = [WorkedOut(name, lambda case: case.family) for name in names]
        with ehm.store.reading() as connection:
            return known.ahead(connection, measuring.everybody(connection), wanted)

    for names in ("abcde", "ab", "ac"):
        with monkeypatch.context() as patched:
            patched.setattr("sync.ehm.cases.MOST_KEPT", 2)
            assert counted(names) == (2, 2)
            patched.setattr("sync.ehm.cases._packed", None)  # nothing is worked out again
            assert counted(names) == (2, 2)


def test_kept_cases_are_made_anew_for_what_was_written_in(
    ehm: RunningEhm, enrol_laptop: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ehm)
    priya = enrol_laptop("Priya")
    worker = Worker(priya)
    first, second = worker.agreed(), worker.agreed()
    priya.sync()
    known = KnownCases()
    before = {case.family: case for case in cases(ehm, known)}
    assert set(before) == {first, second}
    assert cases(ehm, known) == list(before.values()) == cases(ehm, KnownCases())
    warmed = KnownCases()
    with ehm.store.reading() as connection:
        assert warmed.ahead(connection, measuring.everybody(connection), ()) == (2, 2)
    monkeypatch.setattr("sync.ehm.cases.read_case", None)  # nothing is read again
    assert cases(ehm, warmed) == list(before.values())
    monkeypatch.undo()
    worker.tell(first, "closure", final=True, closure={"on": "2026-03-01", "reason": "needs_met"})
    priya.sync()
    after = {case.family: case for case in cases(ehm, known)}
    assert after[second] == before[second]
    assert (before[first].closures_to_agree, len(after[first].closures_to_agree)) == ((), 1)
    assert list(after.values()) == cases(ehm, KnownCases())
    more_than_is_kept_is_counted_whole(ehm, monkeypatch)


def test_nothing_is_kept_of_a_family_that_is_erased_whole(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    """It goes with the next request, whatever that asks; nobody who reads on puts it back."""
    publish(ehm)
    priya = enrol_laptop("Priya")
    worker = Worker(priya)
    family, other = worker.family(), worker.agreed()
    record = worker.tell(family, "visit_note", visit={"purpose": "Tea."})
    assert priya.sync().checked
    with ehm.store.reading() as before, ehm.store.reading() as connection:
        assert ehm.cases.ahead(connection, (other, family), ()) == (2, 2)
        assert KnownCases().ahead(before, (family,), ()) == (1, 1)  # it looks at this moment
        ehm.erase(record)
        assert ehm.cases.families == 2
        assert priya.call("GET", "/v1/me").status_code == 200
        assert ehm.cases.families == 1
        assert [case.family for case in ehm.cases.of(before, (family,))] == [family]
        assert ehm.cases.families == 1


def test_figures_are_counted_ahead_a_little_at_a_time(
    ehm: RunningEhm, enrol_laptop: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ehm)
    ehm.worker("Mo Ager", "manager")
    priya, mo = enrol_laptop("Priya"), enrol_laptop("Mo Ager")
    worker = Worker(priya)
    first, _ = worker.agreed(), worker.agreed()
    assert priya.sync().checked
    monkeypatch.setattr(measure_routes, "SECONDS_AT_A_TIME", -1.0)  # no time but for one family
    message = {
        "scope": "council",
        "first": "2026-01-01",
        "last": "2026-03-31",
        "quarters_before": 1,
    }

    def counted() -> list[int]:
        return list(mo.call("POST", "/v1/measures/count", message).json().values())

    assert [counted(), counted(), counted()] == [[1, 2], [2, 2], [2, 2]]
    monkeypatch.setattr("sync.ehm.cases.read_case", None)  # nothing is read again
    told = mo.call("POST", "/v1/measures", message).json()
    assert [m["total"]["counted"] for m in told["measures"] if m["key"] == "M12"] == [0]
    monkeypatch.undo()
    worker.tell(first, "tool_used", final=True, tool_use={"tool": "gcp", "on": "2026-03-01"})
    priya.sync()
    told = mo.call("POST", "/v1/measures", message).json()
    assert [m["total"]["counted"] for m in told["measures"] if m["key"] == "M12"] == [1]
    assert counted() == [2, 2]
    assert priya.call("POST", "/v1/measures/count", message).json()["code"] == "not_allowed"


def test_nobody_who_hands_in_waits_for_figures(
    ehm: RunningEhm, enrol_laptop: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the figures are counted, a laptop hands in; the counting goes on when it has."""
    publish(ehm)
    ehm.worker("Mo Ager", "manager")
    priya, mo = enrol_laptop("Priya"), enrol_laptop("Mo Ager")
    worker = Worker(priya)
    worker.agreed()
    assert priya.sync().checked
    counting, handed_in = threading.Event(), threading.Event()

    def whole(self: Counting, period: Period) -> Tally:
        counting.set()
        assert handed_in.wait(20), "the hand-in waited for the counting"
        return Tally()

    monkeypatch.setattr(Counting, "whole", whole)
    message = {"scope": "council", "first": "2026-01-01", "last": "2026-03-31"}
    answers: list[int] = []
    ask = threading.Thread(
        target=lambda: answers.append(mo.call("POST", "/v1/measures", message).status_code)
    )
    ask.start()
    assert counting.wait(20)
    worker.agreed()
    assert priya.sync().sent > 0
    handed_in.set()
    ask.join(20)
    assert answers == [200]
