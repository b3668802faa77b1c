"""Fixtures of the sync room: a running EHM and laptops enrolled with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.sync.databases import DATABASES, database
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm


@pytest.fixture(params=DATABASES)
def ehm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningEhm]:
    ledger = tmp_path / "erasures"
    with database(request.param, tmp_path) as url, running_ehm(url, ledger=ledger) as running:
        yield running


@pytest.fixture
def enrol_laptop(ehm: RunningEhm) -> Iterator[Callable[[str], Laptop]]:
    with ExitStack() as laptops:
        yield lambda worker: laptops.enter_context(closing(Laptop(ehm, worker)))
