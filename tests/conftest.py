"""What every test may ask for."""

import functools
import gc
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings

from desktop.services import packs
from desktop.vault import passphrase_cost
from desktop.vault.passphrase_cost import PassphraseCost
from forms.xforms import Definition, load_definition

settings.register_profile("house", deadline=None, max_examples=25)  # a busy machine is no fault
settings.register_profile("many", deadline=None, max_examples=2000)  # --hypothesis-profile=many
settings.load_profile("house")

REAL_FLOOR = passphrase_cost.FLOOR
passphrase_cost.FLOOR = PassphraseCost(1, 64, 4)  # hundreds of vaults, a quarter of a second each


@functools.lru_cache(maxsize=60)
def _loaded(xform: bytes, files: frozenset[tuple[str, bytes]]) -> Definition:
    return load_definition(xform, dict(files))


def _loaded_once(xform: bytes, files: Mapping[str, bytes]) -> Definition:
    """Definitions do not change, and laptop after laptop reads the same: a quarter of its time."""
    return _loaded(xform, frozenset(files.items()))


packs.load_definition = _loaded_once  # type: ignore[attr-defined, assignment]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

gc.set_threshold(50_000, 20, 50)  # as it comes, a tenth of the whole time goes to collecting


def pytest_collection_finish() -> None:
    """Spare each later collection the modules and the tests, which stay to the end."""
    gc.collect()
    gc.freeze()


class SteadyClock:
    """A clock that stands still until a test moves it: call it for the moment, in UTC."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, span: timedelta) -> None:
        """Let `span` go by."""
        self.moment += span


@pytest.fixture
def real_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a passphrase must cost on a laptop, and in the processes that a test starts."""
    monkeypatch.setattr(passphrase_cost, "FLOOR", REAL_FLOOR)


@pytest.fixture
def clock() -> SteadyClock:
    """A Tuesday afternoon in a family's home."""
    return SteadyClock(datetime(2026, 3, 10, 14, 2, tzinfo=UTC))
