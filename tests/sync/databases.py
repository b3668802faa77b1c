"""The databases that the EHM is tested on: SQLite, and PostgreSQL where one is running."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

POSTGRESQL = os.environ.get("YOUR_FAMILY_TEST_POSTGRESQL", "")

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


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/ehm.db"
        return
    name = f"ehm_{uuid.uuid4().hex}"
    server = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        url = make_url(POSTGRESQL).set(database=name)
        yield url.render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        server.dispose()
