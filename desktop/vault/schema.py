"""The steps of the store's schema: forward only, each a file of SQL."""

from __future__ import annotations

from importlib.resources import files

from desktop.vault.errors import StoreFromNewerVersion
from desktop.vault.store import Store

NEWEST = 1


def schema_version(store: Store) -> int:
    """Which step the store has taken. Raises StoreFromNewerVersion."""
    version = int(store.value("PRAGMA user_version"))
    if version > NEWEST:
        raise StoreFromNewerVersion
    return version


def take_next_step(store: Store) -> None:
    """Take the store, which must be a copy that can be thrown away, one step forward."""
    version = schema_version(store) + 1
    step = files("desktop.vault").joinpath(f"schema_{version}.sql").read_text("utf-8")
    store.run_script(f"BEGIN IMMEDIATE;\n{step}\nPRAGMA user_version = {version};\nCOMMIT;")
