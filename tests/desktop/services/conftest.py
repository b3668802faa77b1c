"""One pack and one vault are made for all tests of this folder; each gets its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import Services, open_services
from desktop.vault import Vault
from desktop.vault.passphrase_cost import FLOOR
from forms.pack import Pack
from sync.ehm import council, packs
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_over
from tests.desktop.vault.making import make_vault, open_vault
from tests.resources import shipped
from tests.sync.running_ehm import RunningEhm, running_ehm

PASSPHRASE = b"lantern otter maple drum"
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


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory, pack_bytes: bytes) -> bytes:
    """The database of a council with the shipped forms."""
    file = tmp_path_factory.mktemp("published") / "ehm.db"
    with running_ehm(f"sqlite:///{file}") as running, running.store.writing() as connection:
        packs.publish(connection, council.read(connection), pack_bytes, running.clock())
    return file.read_bytes()


@pytest.fixture
def ehm(tmp_path: Path, published_once: bytes) -> Iterator[RunningEhm]:
    """A council with the shipped forms."""
    (tmp_path / "ehm.db").write_bytes(published_once)
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        yield running


class Laptops:
    """Enrols laptops of people, and unlocks them."""

    def __init__(self, ehm: RunningEhm, folder: Path) -> None:
        self._ehm, self._folder = ehm, folder
        self._opened: dict[Path, Services] = {}

    def __call__(self, name: str) -> Services:
        folder, clock = self._folder / f"laptop-{len(self._opened)}", Clock(self._ehm.clock)
        code = self._ehm.code(name)
        enrol(folder, bytearray(PASSPHRASE), self._ehm.url, code, clock, cost=FLOOR)
        return self._unlocked(folder)

    def again(self, services: Services) -> Services:
        """Locked, and unlocked again."""
        folder = next(at for at, opened in self._opened.items() if opened is services)
        services.vault.close()
        return self._unlocked(folder)

    def close(self) -> None:
        for services in self._opened.values():
            services.vault.close()

    def _unlocked(self, folder: Path) -> Services:
        services = open_services(folder, bytearray(PASSPHRASE), Clock(self._ehm.clock))
        self._opened[folder] = services
        return services


@pytest.fixture
def laptop(ehm: RunningEhm, tmp_path: Path) -> Iterator[Laptops]:
    laptops = Laptops(ehm, tmp_path)
    yield laptops
    laptops.close()
