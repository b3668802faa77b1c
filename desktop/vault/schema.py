"""The steps of the store's schema: forward only, each a file of SQL."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from desktop.vault.errors import StoreFromNewerVersion
from desktop.vault.store import Store

_NEWEST = 7


def all_steps() -> tuple[str, ...]:
    """The SQL of every step, first to newest."""
    here = files("desktop.vault")
    return tuple(
        here.joinpath(f"schema_{number}.sql").read_text("utf-8") for number in range(1, _NEWEST + 1)
    )


def is_behind(store: Store, steps: Sequence[str]) -> bool:
    """True if the store has steps to take. Raises StoreFromNewerVersion if it knows more."""
    version = _version(store)
    if version > len(steps):
        raise StoreFromNewerVersion
    return version < len(steps)


def take_steps(store: Store, steps: Sequence[str]) -> None:
    """Take a store, which must be one that can be thrown away, to the newest step."""
    while is_behind(store, steps):
        version = _version(store)
        store.run_script(
            f"BEGIN IMMEDIATE;\n{steps[version]}\nPRAGMA user_version = {version + 1};\nCOMMIT;"
        )


def _version(store: Store) -> int:
    return int(store.value("PRAGMA user_version"))
