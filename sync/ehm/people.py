"""Workers: who they are and what they do."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, insert, select

from sync.ehm import schema

ROLES = (
    "worker",
    "contributor",
    "coordinator",
    "manager",
    "analyst",
    "form owner",
    "information governance",
)


def find(connection: Connection, name: str) -> str | None:
    """The id of the worker of this name or id."""
    worker = schema.worker.c
    return connection.execute(
        select(worker.id)
        .where((worker.name == name) | (worker.id == name))
        .order_by(worker.id)
        .limit(1)
    ).scalar_one_or_none()


def add(
    connection: Connection, name: str, role: str = "worker", team: str = "", worker: str = ""
) -> str:
    """Adds a worker; their id. ``ValueError`` for a role that there is not."""
    if role not in ROLES:
        raise ValueError(f"there is no role {role!r}; choose from: {', '.join(ROLES)}")
    worker = worker or str(uuid.uuid4())
    connection.execute(
        insert(schema.worker).values(id=worker, name=name, role=role, team=team, is_active=True)
    )
    return worker


def find_or_add(connection: Connection, name: str) -> str:
    """The id of the worker of this name, added if nobody has it."""
    return find(connection, name) or add(connection, name)
