"""Contributors asked in to a family. What they get is never the invitation's: see ``audience``."""

from __future__ import annotations

from typing import Literal, cast

from sqlalchemy import Connection, delete, select, update

from sync.contract.messages import AskIn, Clear, Contributor, Contributors, Grant
from sync.ehm import audience, audit, changes, families, history, looking, people, schema
from sync.ehm.audience import Guest
from sync.ehm.changes import Sender
from sync.ehm.permissions import Role
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import insert_or_leave

Level = Literal["", "basic", "more"]
_OVERSEE = (Role.COORDINATOR, Role.MANAGER)


def ask_in(connection: Connection, by: Sender, family: str, said: AskIn) -> None:
    """Asks somebody in, or ends it. Raises ``not_found``, and ``not_a_contributor``."""
    _check_concerned(connection, by, family)
    row = people.row(connection, said.worker)
    if row is None:
        raise not_found()
    if Role.of(row.role) is not Role.CONTRIBUTOR or not row.is_active:
        raise Refusal(
            403,
            "not_a_contributor",
            "This person is not a contributor",
            "Only somebody from another agency is asked in. A colleague is given the family.",
        )
    table = schema.invitation
    here = (table.c.family == family) & (table.c.worker == said.worker)
    if said.what == "ask_in":
        insert_or_leave(connection, table, [{"family": family, "worker": said.worker}])
    else:
        connection.execute(delete(table).where(here))
        grant = schema.share_grant
        connection.execute(
            delete(grant).where(grant.c.family == family, grant.c.worker == said.worker)
        )
        if families.is_member(connection, said.worker, family):
            audience.dismiss(connection, said.worker, family)
    what = "asked in" if said.what == "ask_in" else "no longer asks in"
    _settle(connection, by, family, what, f"{said.worker}: {said.reason}")


def clear(connection: Connection, by: Sender, family: str, said: Clear) -> None:
    """Notes that the words “must not see” do not mean this contributor."""
    table = schema.invitation
    _check_concerned(connection, by, family)
    _check_asked_in(connection, family, said.worker)
    connection.execute(
        update(table)
        .where(table.c.family == family, table.c.worker == said.worker)
        .values(cleared_of=said.says)
    )
    _settle(connection, by, family, "cleared", f"{said.worker}: {said.reason}")


def grant(connection: Connection, by: Sender, family: str, said: Grant) -> None:
    """Shares on a recorded decision. Raises ``no_decision`` while no such record says so."""
    _check_concerned(connection, by, family)
    _check_asked_in(connection, family, said.worker)
    chosen = audience.sharing_of(connection, audience.stories(connection, family))
    if said.record not in chosen.decided:
        raise Refusal(
            403,
            "no_decision",
            "There is no decision to share",
            "First record the decision to share, with its reason, in the form for it.",
        )
    row = {"family": family, "worker": said.worker, "record": said.record, "level": said.level}
    insert_or_leave(connection, schema.share_grant, [row])
    _settle(connection, by, family, "shared on a decision", f"{said.worker}: {said.reason}")


def of_family(connection: Connection, by: Sender, family: str) -> Contributors:
    """Who was asked in, and what they get now."""
    _check_concerned(connection, by, family)
    chosen = audience.sharing_of(connection, audience.stories(connection, family))
    says = audience.mark_of(chosen.must_not_see)

    def line(guest: Guest) -> Contributor:
        row = people.row(connection, guest.reader.id)
        assert row is not None  # noqa: S101 - a foreign key holds it
        return Contributor(
            worker=people.as_message(row),
            agency=guest.reader.agency,
            gets=cast(Level, guest.level(chosen)),
            cleared=bool(says) and guest.cleared_of == says,
        )

    return Contributors(
        head=history.current_head(connection),
        contributors=tuple(line(guest) for guest in audience.guests(connection, family)),
        must_not_see=chosen.must_not_see,
        says=says,
    )


def _settle(connection: Connection, by: Sender, family: str, act: str, detail: str) -> None:
    for worker in audience.settle(connection, family):
        changes.release_theirs(connection, worker, family)
    audit.note(connection, by.at, by.worker, act, family, detail)


def _check_concerned(connection: Connection, by: Sender, family: str) -> None:
    """Raises ``not_found`` unless the family is theirs, or they oversee and do not know it."""
    if families.find(connection, family) is None:
        raise not_found()
    looking.check_shown(connection, by.worker, family)
    if by.role not in _OVERSEE and not families.is_member(connection, by.worker, family):
        raise not_found()


def _check_asked_in(connection: Connection, family: str, worker: str) -> None:
    table = schema.invitation.c
    found = connection.execute(
        select(table.worker).where(table.family == family, table.worker == worker)
    )
    if found.one_or_none() is None:
        raise not_found()
