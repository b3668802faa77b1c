"""Fixtures of the sync room: a running EHM and laptops enrolled with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from zlib import crc32

import pytest

from tests.sync.databases import DATABASES, POSTGRESQL, database
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm

HERE = Path(__file__).parent
ON_BOTH = ("test_backup.py", "test_exchange.py", "test_history.py", "test_statuses.py")
"""Where the databases differ: order and locks of the feed, what is written together, restores."""
KINDS = ("sqlite", "postgresql")
ID = re.compile(rf"(?<=[\[-])(?:{'|'.join(KINDS)})(?=[\]-])")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the other tests take turns: each on one of the databases, on both with ``-m ""``."""
    if not POSTGRESQL:
        return
    of_test: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        if HERE in item.path.parents and item.path.name not in ON_BOTH:
            name, kind = ID.sub("", item.nodeid), ID.findall(item.nodeid)
            of_test.setdefault(name, {})["".join(kind)] = item
    for name, on in of_test.items():
        if len(on) > 1:
            on[KINDS[crc32(name.encode()) % len(KINDS)]].add_marker(pytest.mark.long)


@pytest.fixture(params=DATABASES)
def ehm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningEhm]:
    ledger = tmp_path / "erasures"
    with database(request.param, tmp_path) as url, running_ehm(url, ledger=ledger) as running:
        yield running


@pytest.fixture
def enrol_laptop(ehm: RunningEhm) -> Iterator[Callable[[str], Laptop]]:
    with ExitStack() as laptops:
        yield lambda worker: laptops.enter_context(closing(Laptop(ehm, worker)))
