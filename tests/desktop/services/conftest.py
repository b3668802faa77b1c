"""One pack and one vault are made for all tests of this folder; each gets its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.vault import Vault
from forms.pack import Pack
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_over
from tests.desktop.vault.making import make_vault, open_vault
from tests.resources import shipped

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="session")
def pack_bytes() -> bytes:
    return shipped.pack_bytes()


@pytest.fixture(scope="session")
def pack(pack_bytes: bytes) -> Pack:
    return Pack.read(pack_bytes)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("made") / "vault")


@pytest.fixture
def vault(made_once: Path, tmp_path: Path) -> Iterator[Vault]:
    opened = open_vault(Path(shutil.copytree(made_once, tmp_path / "vault")))
    yield opened
    opened.close()


@pytest.fixture
def desk(vault: Vault, pack: Pack, clock: SteadyClock) -> Desk:
    return desk_over(vault, pack, Clock(clock))
