"""The people who work with families: who they are, their role, whether they still work here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import Connection, Row, insert, select, update

from sync.contract.messages import Worker
from sync.ehm import schema
from sync.ehm.permissions import Role

ROLES = tuple(role.value for role in Role)


def find(connection: Connection, name: str) -> str | None:
    """The id of the worker of this name or id."""
    worker = schema.worker.c
    return connection.execute(
        select(worker.id)
        .where((worker.name == name) | (worker.id == name))
        .order_by(worker.id)
        .limit(1)
    ).scalar_one_or_none()


def known(connection: Connection, name: str) -> str:
    """The id of the worker of this name or id; ``ValueError`` if there is nobody, or not one."""
    worker = schema.worker.c
    called = (worker.name == name) | (worker.id == name)
    found = list[str](connection.execute(select(worker.id).where(called)).scalars())
    if not found:
        raise ValueError(f"there is nobody called {name!r}")
    if len(found) > 1:
        raise ValueError(f"{len(found)} people are called {name!r}: give the id, of: users list")
    return found[0]


def row(connection: Connection, worker: str) -> Row[tuple[str, ...]] | None:
    """What is kept of a worker."""
    table = schema.worker
    return connection.execute(select(table).where(table.c.id == worker)).one_or_none()


def add(
    connection: Connection,
    name: str,
    role: str = Role.WORKER,
    team: str = "",
    worker: str = "",
    agency: str = "",
    login: str = "",
) -> str:
    """Adds a worker; their id.

    ``agency``: of a contributor, a code of the pack's agencies: the family's choice for it governs
    what they get. ``login``: the name that the sign-in provider must know them by; blank: whoever
    enrols first. ``ValueError`` for a role that there is not, or a contributor of no agency.
    """
    _check(role, agency)
    worker = worker or str(uuid.uuid4())
    connection.execute(
        insert(schema.worker).values(
            id=worker,
            name=name,
            role=Role.of(role),
            team=team,
            agency=agency,
            login=login,
            is_active=True,
        )
    )
    return worker


def change(connection: Connection, worker: str, new: Mapping[str, str]) -> None:
    """Changes name, role, team, agency or login of a worker. ``ValueError`` as ``add``."""
    here = row(connection, worker)
    if here is None:
        raise ValueError("there is no such worker")
    values = {**new, "role": Role.of(new["role"])} if "role" in new else dict(new)
    _check(values.get("role", here.role), values.get("agency", here.agency))
    connection.execute(update(schema.worker).where(schema.worker.c.id == worker).values(**values))


def _check(role: str, agency: str) -> None:
    if Role.of(role) is Role.CONTRIBUTOR and not agency:
        raise ValueError("a contributor needs an agency: the family chooses what each may know")


def find_or_add(connection: Connection, name: str) -> str:
    """The id of the worker of this name, added if nobody has it."""
    return find(connection, name) or add(connection, name)


def role_of(connection: Connection, worker: str) -> Role:
    """What this worker is."""
    role = schema.worker.c
    return Role.of(connection.execute(select(role.role).where(role.id == worker)).scalar_one())


def active(connection: Connection, roles: frozenset[Role]) -> list[Worker]:
    """Everybody of these roles who still works here, by name."""
    worker = schema.worker
    rows = connection.execute(
        select(worker)
        .where(worker.c.is_active, worker.c.role.in_([role.value for role in roles]))
        .order_by(worker.c.name, worker.c.id)
    )
    return [as_message(each) for each in rows]


def of_subject(connection: Connection, subject: str) -> str | None:
    """The worker whom the sign-in provider knows by this subject."""
    worker = schema.worker.c
    return connection.execute(
        select(worker.id).where(worker.subject == subject)
    ).scalar_one_or_none()


def set_active(connection: Connection, worker: str, *, is_active: bool) -> None:
    """Whether somebody still works here. Who does not can hand in, and is given nothing."""
    connection.execute(
        update(schema.worker).where(schema.worker.c.id == worker).values(is_active=is_active)
    )


def of_ids(connection: Connection, ids: set[str]) -> dict[str, Worker]:
    """What colleagues' screens say of these workers; somebody unknown has no name."""
    found = {each: Worker(id=each, name="") for each in ids}
    table = schema.worker
    for each in connection.execute(select(table).where(table.c.id.in_(ids))):
        found[each.id] = as_message(each)
    return found


def as_message(row: Row[tuple[str, ...]]) -> Worker:
    """A worker as colleagues' screens say it."""
    return Worker(id=row.id, name=row.name, role=row.role, team=row.team)
