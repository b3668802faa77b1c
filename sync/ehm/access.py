"""Who asks, and what every route needs: a transaction for the holder of a token."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from sync.contract.messages import Head
from sync.ehm import audit, council, devices, erasure, history, permissions, sign_in
from sync.ehm.bodies import head_of, read_body, reply
from sync.ehm.cases import KnownCases
from sync.ehm.changes import Sender
from sync.ehm.ledger import Ledger
from sync.ehm.permissions import Act
from sync.ehm.problems import Refusal, sign_in_due
from sync.ehm.provider import Documents, Published
from sync.ehm.store import Store


@dataclass(frozen=True, slots=True)
class Ehm:
    """What every route needs."""

    store: Store
    clock: Callable[[], datetime]
    ledger: Ledger = field(default_factory=lambda: Ledger(None))
    documents: Documents = field(default_factory=Published)
    cases: KnownCases = field(default_factory=KnownCases)
    timer: Callable[[], float] = time.monotonic


def _ehm(request: Request) -> Ehm:
    ehm: Ehm = request.app.state.ehm
    return ehm


TheEhm = Annotated[Ehm, Depends(_ehm)]
Body = Annotated[bytes, Depends(read_body)]
Authorization = Annotated[str | None, Header(include_in_schema=False)]
Seen = Annotated[
    str | None,
    Header(
        alias="Your-Family-Seen", description="The head last seen: epoch.seq.hash", max_length=200
    ),
]

_PROBLEMS = {
    401: "No valid access token.",
    403: "Not allowed.",
    404: "Nothing here for this worker.",
    409: "Forked: the EHM does not hold what this device has seen. Or a part is missing.",
    410: "The device is revoked; the order that goes with it.",
    413: "More than the EHM takes at once.",
    422: "The request could not be read.",
    426: "The program on the device is too old for anything but handing in.",
    500: "The EHM had a fault.",
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": said,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for status, said in _PROBLEMS.items()
}


def takes(kind: type[BaseModel], *, without_token: bool = False) -> dict[str, Any]:
    """Documents a body that we parse ourselves, strictly."""
    schema = {"$ref": f"#/components/schemas/{kind.__name__}"}
    content = {"application/json": {"schema": schema}}
    return {
        "requestBody": {"required": True, "content": content},
        "security": [] if without_token else [{"token": []}],
    }


SECURED: dict[str, Any] = {"security": [{"token": []}]}


@dataclass(frozen=True, slots=True)
class Asking:
    """A request with a token, as every route but the first few gets it: ``asks: Asks``."""

    request: Request
    ehm: Ehm
    authorization: str | None
    seen: Head | None

    @contextmanager
    def as_sender(
        self, *, writes: bool, may: Act | None = None, seen: Head | None = None
    ) -> Iterator[tuple[Connection, Sender]]:
        """A transaction for whoever holds the token, once we know that our pasts agree.

        ``may``: what the role must allow, on a device that is not revoked. Without it the route
        takes anybody: handing in and receipts. ``seen``: the head that the message itself names.
        What is refused leaves a line in the audit.
        """
        ehm, sender = self.ehm, None
        try:
            with _transaction(ehm, writes=writes) as connection:
                ours = council.read(connection)
                sender = devices.sender(connection, ours, self.authorization, ehm.clock())
                history.check_seen(connection, seen or self.seen)
                if may is not None:
                    devices.check_current(connection, sender)
                    devices.check_client(ours, sender)
                    if sign_in.is_due(connection, sender.device, sender.at):
                        raise sign_in_due()
                    permissions.check(sender.role, may)
                yield connection, sender
        except Refusal as refusal:
            if sender is not None:
                self._note_refusal(sender, refusal)
            raise

    @contextmanager
    def as_reader(self, act: str, *, may: Act) -> Iterator[tuple[Connection, Sender]]:
        """As `as_sender`, for what takes long: once ``act`` is in the audit, it is only read.

        Whoever hands in meanwhile does not wait for it.
        """
        with self.as_sender(writes=True, may=may) as (connection, sender):
            audit.note(connection, sender.at, sender.worker, act)
        try:
            with self.ehm.store.reading() as connection:
                yield connection, sender
        except Refusal as refusal:
            self._note_refusal(sender, refusal)
            raise

    def _note_refusal(self, sender: Sender, refusal: Refusal) -> None:
        if refusal.status in (403, 404):
            with self.ehm.store.writing() as connection:
                audit.note(connection, sender.at, sender.worker, "refused", detail=refusal.code)

    def reply(self, connection: Connection, message: BaseModel) -> Response:
        """The message, with the EHM's head in a header."""
        return with_head(connection, reply(self.request, message))

    def done(self, connection: Connection) -> Response:
        """Nothing to tell but the EHM's head."""
        return with_head(connection, Response(status_code=204))


def _asking(
    request: Request, ehm: TheEhm, authorization: Authorization = None, seen: Seen = None
) -> Asking:
    return Asking(request, ehm, authorization, head_of(seen))


Asks = Annotated[Asking, Depends(_asking)]


@contextmanager
def _transaction(ehm: Ehm, *, writes: bool) -> Iterator[Connection]:
    """A transaction on a database that has all of the ledger of erasures.

    One that was put back from a backup has not, and must give nobody what was erased since. What
    is shown in a record that was moved follows it before anybody reads it.
    """
    if not writes:
        with ehm.store.reading() as connection:
            if not erasure.is_behind(connection, ehm.ledger):
                ehm.cases.let_go(connection)
                yield connection
                return
    with ehm.store.writing() as connection:
        erasure.keep_up(connection, ehm.ledger)
        ehm.cases.let_go(connection)
        yield connection
        erasure.follow(connection, ehm.ledger)


def with_head(connection: Connection, response: Response) -> Response:
    """The answer with the EHM's head in its header."""
    response.headers["Your-Family-Head"] = history.current_head(connection).as_text()
    return response
