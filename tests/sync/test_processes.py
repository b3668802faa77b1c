"""Several server processes on one PostgreSQL: one order, nothing lost, tables brought up once."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select

from sync.client.enrolment import enrol, new_private_key
from sync.client.exchange import Exchange
from sync.client.wire import HttpWire
from sync.ehm import devices, families, people, schema
from sync.ehm.app import utc_now
from sync.ehm.store import Store
from tests.sync.databases import POSTGRESQL
from tests.sync.memory_replica import MemoryReplica
from tests.sync.writing import Pen

pytestmark = pytest.mark.skipif(not POSTGRESQL, reason="no PostgreSQL")

SAVES = 4


@contextmanager
def _two_servers(url: str, folder: Path) -> Iterator[list[str]]:
    """Started at once on a database without tables."""
    ready = [folder / "one", folder / "two"]
    command = [sys.executable, "-m", "sync.ehm", "serve", "--database", url, "--port", "0"]
    command += ["--ledger", str(folder / "erasures")]
    with ExitStack() as running:
        for file in ready:
            server = subprocess.Popen([*command, "--ready-file", str(file)])
            running.callback(server.wait, 20)
            running.callback(server.terminate)
        until = time.monotonic() + 60
        while not all(file.exists() for file in ready):
            assert time.monotonic() < until, "a server did not start"
            threading.Event().wait(0.05)
        yield [f"http://127.0.0.1:{file.read_text()}" for file in ready]


@contextmanager
def _empty_database() -> Iterator[str]:
    name = "ehm_processes"
    server = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        server.dispose()


class Worker:
    """Somebody with a laptop that goes to either server, as a load balancer would send it."""

    def __init__(self, store: Store, urls: list[str], name: str, seed: int) -> None:
        with store.writing() as connection:
            self.id = people.add(connection, name)
            code = devices.enrol_code(connection, self.id, utc_now())
        self.wires = [HttpWire(url, utc_now) for url in urls]
        told = enrol(self.wires[0], code, name, new_private_key())
        self.replica = MemoryReplica(self.id, told.credential.device)
        self.pen = Pen(self.id, told.credential.device, seed)
        self.exchanges = []
        for wire in self.wires:
            wire.credential = told.credential
            self.exchanges.append(
                Exchange(
                    self.replica,
                    wire,
                    utc_now,
                    device=told.credential.device,
                    signing_key=told.signing_key,
                    timer=time.monotonic,
                )
            )
        self.checked: list[bool] = []

    def sync(self, server: int) -> None:
        outcome = self.exchanges[server % 2].run(lambda _progress: None, lambda: False)
        assert outcome.trouble is None
        self.checked.append(outcome.checked)

    def work(self, family: str, record: str) -> None:
        for number in range(SAVES):
            path = f"/note/{self.id}/{number}"
            self.replica.keep_change(self.pen.change(family, record, {path: str(number)}))
            self.sync(number)


def test_two_processes_on_one_postgresql_keep_one_order_and_lose_nothing(tmp_path: Path) -> None:
    with (
        _empty_database() as url,
        _two_servers(url, tmp_path) as urls,
        closing(Store(url)) as store,
    ):
        workers = [Worker(store, urls, f"Worker {n}", n) for n in range(3)]
        first = workers[0]
        family = first.pen.family()
        first.replica.begin_family(family)
        first.sync(0)
        with store.writing() as connection:
            for worker in workers[1:]:
                families.give(connection, worker.id, family.id)
        record = first.pen.id()
        threads = [threading.Thread(target=w.work, args=(family.id, record)) for w in workers]
        for thread in threads:
            thread.start()
        store.migrate()  # with the service up
        for thread in threads:
            thread.join(60)
        for worker in workers:
            worker.sync(0)
            assert worker.checked[-1]
        changes = [set(worker.replica.state.changes) for worker in workers]
        assert changes[0] == changes[1] == changes[2]
        assert len(changes[0]) == SAVES * len(workers)
        with store.reading() as connection:
            entry = schema.entry.c
            numbers = list(connection.execute(select(entry.seq).order_by(entry.seq)).scalars())
            assert len(connection.execute(select(schema.council.c.epoch)).all()) == 1
        assert numbers == list(range(1, len(numbers) + 1))
        for worker in workers:
            for wire in worker.wires:
                wire.close()
