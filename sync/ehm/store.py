"""The EHM's database: SQLite embedded, or a council's PostgreSQL. One writer at a time.

The order of the feed is taken under that one lock: a plain sequence, read while a smaller number
is not committed yet, lost rows (2,744 of 9,600 on PostgreSQL).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import alembic.command
import alembic.config
from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import NullPool

Row = TypeVar("Row")

_WRITER_LOCK = 5_935_164_021
_AT_ONCE = 400
_MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """Connections to the database, for reading or as the one writer.

    ``is_brief``: for one command; a connection is closed after each use.
    """

    def __init__(self, database_url: str, *, is_brief: bool = False) -> None:
        self.url = _with_driver(database_url)
        pool = {"poolclass": NullPool} if is_brief else {}
        self.engine = _engine(self.url, pool)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.migrations = _MIGRATIONS

    def is_begun(self) -> bool:
        """True if there is an EHM in this database. Makes nothing, no file either."""
        file = make_url(self.url).database
        if self.is_sqlite and file and not Path(file).exists():
            return False
        return inspect(self.engine).has_table("council")

    def migrate(self) -> None:
        """Brings the tables up to this program's; safe with the service up."""
        config = alembic.config.Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            alembic.command.upgrade(config, "head")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside; committed at the end, or undone whole."""
        with (
            self.engine.connect().execution_options(**self._as_writer) as connection,
            connection.begin(),
        ):
            if not self.is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(_WRITER_LOCK)))
            yield connection

    @property
    def _as_writer(self) -> dict[str, Any]:
        """PostgreSQL's writer reads committed: a snapshot from before the lock would be stale."""
        return {"is_writer": True} if self.is_sqlite else {"isolation_level": "READ COMMITTED"}

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def aware(at: datetime) -> datetime:
    """A time as it comes out of either database, in UTC (SQLite forgets the zone)."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def insert_or_leave(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Inserts rows; those whose key is there already are left as they are."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)
    else:
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)


def parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in parts that one statement can name."""
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _with_driver(url: str) -> str:
    """``postgresql://`` as people write it, with the driver that we ship."""
    for start in ("postgresql://", "postgres://"):
        if url.startswith(start):
            return "postgresql+psycopg://" + url.removeprefix(start)
    return url


def _engine(url: str, pool: Mapping[str, Any]) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            url, isolation_level="REPEATABLE READ", pool_pre_ping=True, hide_parameters=True, **pool
        )
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True, **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, the writer's at once
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        is_writer = connection.get_execution_options().get("is_writer")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    return engine
