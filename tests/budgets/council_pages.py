"""What council-wide pages cost: ``python -m tests.budgets.council_pages [--families 20000]``.

Invented families, as their laptops would have handed them in, in an EHM of their own. It prints how
long a coordinator waits for *To agree to*, for what needs oversight, and for a quarter's figures
with the four before: when every family is read for the first time, and when a few have changed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, insert, select

from forms.casework.known_record import KnownRecord
from forms.casework.timescales import Timescales
from forms.records.answer import Answer
from forms.records.change import CENTRE, Change, Written
from forms.records.finalising import FINALISED, finalising_answer
from forms.records.heads import Heads
from sync.contract import digest
from sync.contract.changes import to_wire
from sync.contract.messages import AskMeasures, TeamFamily
from sync.ehm import (
    approving,
    awaited,
    caseload,
    council,
    measuring,
    overseeing,
    packs,
    people,
    schema,
)
from sync.ehm.app import open_store
from sync.ehm.cases import KnownCases
from sync.ehm.changes import Sender
from sync.ehm.measure_routes import SECONDS_AT_A_TIME
from sync.ehm.permissions import Role
from sync.ehm.store import Store
from tests.budgets.measures import QUARTER, definition, say
from tests.forms.casework import councils
from tests.forms.casework.council_records import records
from tests.forms.casework.telling import row_id
from tests.resources import shipped

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
AGREES = "/closure/manager/manager_agrees"
INVENTED = 400
NOT_AGREED = 20
"""In one of so many families nobody has looked at the closing yet."""
CHANGED = 200
"""Families in which something that may matter was written since the last look."""
SECONDS = 2.0
"""How long a look may take while nothing, or little, has changed."""
_WITH_IDS = ("id", "record", "family", "body")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def main(arguments: Sequence[str]) -> int:
    """Print what each look takes; 1 if one takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=20_000)
    families = parser.parse_args(arguments).families
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(
            f"sqlite:///{Path(folder) / 'ehm.db'}", council_name="A council", is_demo=True
        )
        sender = _fill(store, families)
        say(f"{families} families")
        _look(store, sender, "every family read again")
        again = _look(store, sender, "nothing changed since")
        with store.writing() as connection:
            some = select(schema.family.c.id).limit(CHANGED)
            for family in connection.execute(some).scalars().all():
                awaited.mark_family(connection, family)
        few = _look(store, sender, f"{min(CHANGED, families)} families changed since")
        _count(store, sender)
        store.close()
    return 0 if max(again, few) <= SECONDS else 1


def _count(store: Store, sender: Sender) -> None:
    cases, asked = KnownCases(), AskMeasures(
        scope="council", first=QUARTER.first, last=QUARTER.last, quarters_before=4
    )  # fmt: skip
    taken: list[float] = []
    is_all = False
    while not is_all:
        began = time.process_time()
        with store.reading() as connection:
            told = measuring.count_ahead(connection, cases, sender, asked, over_after(began))
        taken.append(time.process_time() - began)
        is_all = told.counted == told.families
    say(
        f"five quarters counted ahead: {sum(taken):.1f} s in {len(taken)} asks,"
        f" {max(taken):.1f} s at most each"
    )
    for when in ("figures of five quarters", "the same again"):
        with store.reading() as connection:
            began = time.process_time()
            measuring.measure(connection, cases, sender, asked)
            say(f"{when}: {time.process_time() - began:.2f} s")
    with store.reading() as connection:
        team = caseload.team(connection, sender.worker)
        times = measuring.rules_of(connection).timescales
        _look_ahead(connection, team, times)
        began = time.process_time()
        seen = list(overseeing.oversight(connection, cases, team, times, NOW.date()))
        say(
            f"what needs oversight, kept: {time.process_time() - began:.1f} s, {len(seen)} families"
        )
        began = time.process_time()
        for _ in overseeing.oversight(connection, cases, team, times, NOW.date()):
            pass
        say(f"the same again that day: {time.process_time() - began:.2f} s")


def _look_ahead(connection: Connection, team: list[TeamFamily], times: Timescales) -> None:
    """As after a restart: nothing is kept."""
    cases, taken, is_all = KnownCases(), list[float](), False
    while not is_all:
        began = time.process_time()
        told = overseeing.look_ahead(connection, cases, team, times, NOW.date(), over_after(began))
        taken.append(time.process_time() - began)
        is_all = told.counted == told.families
    say(
        f"looked through for oversight, nothing kept: {sum(taken):.1f} s in {len(taken)} asks,"
        f" {max(taken):.1f} s at most each"
    )


class Held(Store):
    """The same store, which notes how long one holds the single writer's place."""

    longest = 0.0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with super().writing() as connection:
            began = time.process_time()
            yield connection
        self.longest = max(self.longest, time.process_time() - began)


def over_after(began: float) -> Callable[[], bool]:
    return lambda: time.process_time() - began > SECONDS_AT_A_TIME


def _look(store: Store, sender: Sender, when: str) -> float:
    began, held = time.process_time(), Held(store.url)
    awaited.read_due(held)
    with store.reading() as connection:
        waits = len(approving.waiting(connection, sender))
    taken = time.process_time() - began
    held.close()
    say(
        f"{when}: {taken:.2f} s for {waits} things that wait;"
        f" nobody could write for {held.longest:.2f} s at most"
    )
    return taken


def _fill(store: Store, families: int) -> Sender:
    with store.writing() as connection:
        packs.publish(connection, council.read(connection), shipped.pack_bytes(), NOW)
        worker = people.add(connection, "Priya", Role.WORKER)
        coordinator = people.add(connection, "Cy", Role.COORDINATOR)
        for number, rows in enumerate(_families(families, worker, coordinator)):
            family, name = rows[0]["family"], f"EH-{number:06d}"
            connection.execute(
                insert(schema.family).values(
                    id=family, reference=name, number=name, begun=NOW, registered_by=worker
                )
            )
            connection.execute(insert(schema.member).values(family=family, worker=worker, since=1))
            connection.execute(insert(schema.change), rows)
        awaited.begin_again(connection)
    return Sender(coordinator, "device", is_revoked=False, at=NOW, role=Role.COORDINATOR)


def _families(families: int, worker: str, manager: str) -> Iterator[list[dict[str, object]]]:
    """The stored changes of each family: a few hundred are invented, the others are like them."""
    invented = [
        [_row(change) for record in records(life, definition) for change in _changes(
            record, worker, manager if life.number % NOT_AGREED else ""
        )]
        for life in councils.council(min(families, INVENTED))
    ]  # fmt: skip
    keep = {worker, manager}
    for number in range(families):
        new_id = partial(_new_id, keep=keep, number=number)
        yield [
            {**row, **{name: _UUID.sub(new_id, str(row[name])) for name in _WITH_IDS}}
            for row in invented[number % INVENTED]
        ]


def _new_id(found: re.Match[str], keep: Collection[str], number: int) -> str:
    return found[0] if found[0] in keep else row_id(found[0], number)


def _row(change: Change) -> dict[str, object]:
    message = to_wire(change)
    row = message.model_dump(include={"id", "record", "family", "form", "version", "author"})
    said = digest.canonical(message)
    kept = {"fingerprint": digest.fingerprint_of(said), "body": said.decode(), "held": ""}
    where = {"device": message.device, "offered_by": message.device, "received": message.at}
    return {**row, **kept, **where}


def _changes(record: KnownRecord, worker: str, manager: str) -> Iterator[Change]:
    """What made an invented record: its answers, its finishing, and what a manager said of it."""
    answers = record.heads.answers().items()
    said = {path: Written(answer) for path, answer in answers if path not in (AGREES, FINALISED)}
    first = Change(
        row_id(record.id, 1), row_id(record.id), row_id(record.family), record.form,
        record.version, worker, "d", 1, record.begun, record.zone, said,
    )  # fmt: skip
    yield first
    if not record.finalised:
        return
    final = {FINALISED: Written(finalising_answer(Heads([first]), {}))}
    finished = replace(first, id=row_id(record.id, 2), number=2, answers=final)
    yield finished
    if record.form == "closure" and manager:
        base = {FINALISED: (finished.id,)}
        said = {**final, AGREES: Written(Answer("yes"))}
        agreed = {path: replace(one, base=base.get(path, ())) for path, one in said.items()}
        here = replace(first, id=row_id(record.id, 3), author=manager, device=CENTRE)
        yield replace(here, number=0, answers=agreed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
