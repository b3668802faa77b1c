"""The databases that the EHM is tested on: SQLite, and PostgreSQL where one is running.

The tables are made once for all tests: making them anew takes a second or two.
"""

from __future__ import annotations

import atexit
import functools
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from sync.ehm.schema import metadata
from sync.ehm.store import Store

POSTGRESQL = os.environ.get("YOUR_FAMILY_TEST_POSTGRESQL", "")
_EMPTY: list[str] = []

DATABASES = [
    "sqlite",
    pytest.param(
        "postgresql",
        marks=pytest.mark.skipif(
            not POSTGRESQL,
            reason="no PostgreSQL: YOUR_FAMILY_TEST_POSTGRESQL is not set (packaging/test.py does)",
        ),
    ),
]
ON_SQLITE = pytest.mark.parametrize("ehm", ["sqlite"], indirect=True)
"""Of a test that puts a file in the database's place; the drill of a restore runs on both."""


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, gone afterwards."""
    if kind == "sqlite":
        url = f"sqlite:///{folder}/ehm.db"
        put_tables(url)
        yield url
        return
    url = _EMPTY.pop() if _EMPTY else _made_postgresql()
    yield url
    _empty(url)
    _EMPTY.append(url)


def put_tables(url: str) -> None:
    """Put SQLite's file there, empty but for its tables, if it is not."""
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:") and not file.exists():
        file.write_bytes(_made_sqlite())


@functools.cache
def _made_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _make(f"sqlite:///{folder}/made.db")
        return Path(folder, "made.db").read_bytes()


def _made_postgresql() -> str:
    name = f"ehm_{uuid.uuid4().hex}"
    _tell(POSTGRESQL, f"CREATE DATABASE {name}")
    atexit.register(_tell, POSTGRESQL, f"DROP DATABASE {name} WITH (FORCE)")
    url = make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    _make(url)
    return url


def _make(url: str) -> None:
    with closing(Store(url)) as store:
        store.migrate()


def _empty(url: str) -> None:
    """Dropping and making a database takes two seconds; taking out a test's rows, a hundredth."""
    _tell(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        *(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)),
    )


def _tell(url: str, *statements: str) -> None:
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        server.dispose()
