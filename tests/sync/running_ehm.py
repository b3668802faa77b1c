"""A real EHM on a loopback port, in a thread, on its own database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import uvicorn

from sync.client.enrolment import Enrolment, enrol, new_private_key
from sync.client.exchange import Exchange
from sync.client.outcome import Outcome
from sync.client.wire import HttpWire
from sync.ehm import devices, erasure, families, people
from sync.ehm.access import Ehm
from sync.ehm.app import create_app
from sync.ehm.cases import KnownCases
from sync.ehm.ledger import Ledger
from sync.ehm.server import listen
from sync.ehm.store import Store
from tests.sync.databases import put_tables
from tests.sync.memory_replica import MemoryReplica

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves only when told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class RunningEhm:
    """What a test does to the EHM, past its API."""

    url: str
    store: Store
    clock: Clock
    ledger: Ledger
    cases: KnownCases

    def worker(self, name: str, role: str = "worker", agency: str = "") -> str:
        with self.store.writing() as connection:
            found = people.find(connection, name)
            return found or people.add(connection, name, role, agency=agency)

    def code(self, name: str) -> str:
        worker = self.worker(name)
        with self.store.writing() as connection:
            return devices.enrol_code(connection, worker, self.clock())

    def give(self, name: str, family: str) -> None:
        worker = self.worker(name)
        with self.store.writing() as connection:
            families.give(connection, worker, family)

    def take_away(self, name: str, family: str) -> None:
        worker = self.worker(name)
        with self.store.writing() as connection:
            families.take_away(connection, worker, family)

    def erase(self, record: str, *paths: str) -> list[str]:
        with self.store.writing() as connection:
            return erasure.erase(
                connection, self.ledger, record, paths, "Ann", "Wrong family.", self.clock()
            )

    def move(self, record: str, family: str) -> None:
        with self.store.writing() as connection:
            erasure.move(
                connection, self.ledger, record, (), family, "Ann", "Wrong family.", self.clock()
            )

    def back_up(self) -> sqlite3.Connection:
        """A copy of the whole database, in memory."""
        copy = sqlite3.connect(":memory:")
        with closing(self._file()) as file:
            file.backup(copy)
        return copy

    def restore(self, copy: sqlite3.Connection) -> None:
        """Puts the whole database back, behind the EHM's back."""
        with closing(self._file()) as file:
            copy.backup(file)

    def _file(self) -> sqlite3.Connection:
        return sqlite3.connect(self.store.url.removeprefix("sqlite:///"), timeout=30)


@contextmanager
def running_ehm(
    database_url: str,
    clock: Clock | None = None,
    ledger: Path | None = None,
    *,
    demo_sign_in: bool = False,
) -> Iterator[RunningEhm]:
    put_tables(database_url)
    clock = clock or Clock()
    listener = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    demo = url if demo_sign_in else ""
    app = create_app(database_url, clock=clock, ledger=ledger, demo_sign_in=demo)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, date_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    listening = threading.Event()
    startup = server.startup

    async def announce(**given: object) -> None:
        await startup(**given)  # type: ignore[arg-type]
        listening.set()

    server.startup = announce  # type: ignore[method-assign, assignment]
    thread.start()
    assert listening.wait(20), "the EHM did not start"
    ehm: Ehm = app.state.ehm
    try:
        yield RunningEhm(url, ehm.store, clock, ehm.ledger, ehm.cases)
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the EHM did not stop"
        for worker in threading.enumerate():  # its own: they end a moment after their loop
            loop = getattr(worker, "loop", None)
            if loop is not None and loop.is_closed():
                worker.join(20)


class Laptop:
    """A device: a replica in memory, enrolled with a running EHM."""

    def __init__(self, ehm: RunningEhm, worker: str, name: str = "Laptop 1") -> None:
        self.clock = ehm.clock
        self.wire = HttpWire(ehm.url, ehm.clock)
        self.enrolment: Enrolment = enrol(self.wire, ehm.code(worker), name, new_private_key())
        self.wire.credential = self.enrolment.credential
        self.replica = MemoryReplica(self.enrolment.worker.id, self.enrolment.credential.device)
        self.exchange = Exchange(
            self.replica,
            self.wire,
            ehm.clock,
            device=self.enrolment.credential.device,
            signing_key=self.enrolment.signing_key,
            timer=ehm.clock.seconds,
        )

    def sync(self) -> Outcome:
        return self.exchange.run(lambda progress: None, lambda: False)

    def call(self, method: str, path: str, body: object = None) -> requests.Response:
        """One call past the client, as its worker."""
        return self.wire._session.request(
            method,
            self.wire.url + path,
            json=body,
            headers={"Authorization": f"Bearer {self.wire._access_token()}"},
        )

    def close(self) -> None:
        self.wire.close()
