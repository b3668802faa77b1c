"""One vault is made for all tests of this folder; each gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.vault import Vault
from desktop.vault.folder import FolderLock, VaultFolder
from desktop.vault.key_file import KeyFile, StoreKey
from desktop.vault.store import open_store
from tests.desktop.vault.making import CLOCK, PASSPHRASE, make_vault


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("made") / "vault")


@pytest.fixture(scope="session")
def key(made_once: Path) -> StoreKey:
    (key,) = KeyFile.read(made_once / "key.json").open_with_passphrase(bytearray(PASSPHRASE))
    return key


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "vault"))


@pytest.fixture
def vault(folder: Path, key: StoreKey) -> Iterator[Vault]:
    """Open, but for the two tenths of a second that its passphrase would cost each test."""
    store = open_store(folder / "vault.db", key)
    store.forbid()
    here = VaultFolder(folder)
    opened = Vault(store, here, FolderLock(here), CLOCK)
    yield opened
    opened.close()
