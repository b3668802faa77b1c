"""The EHM as an application: puts store, council, clock and routes together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from sync.ehm import council, demo_provider, erasure, provider
from sync.ehm.access import Ehm
from sync.ehm.bodies import refuse
from sync.ehm.demo_provider import DemoProvider
from sync.ehm.ledger import Ledger
from sync.ehm.openapi import ROUTES
from sync.ehm.problems import Refusal, not_found, unreadable
from sync.ehm.store import Store


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def create_app(
    database_url: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    council_name: str = "Demonstration Council",
    is_demo: bool = True,
    ledger: Path | None = None,
    demo_sign_in: str = "",
) -> FastAPI:
    """The EHM on this database (``sqlite:///file`` or ``postgresql://...``).

    The tables are brought up to date; an empty database becomes that of ``council_name``.
    ``demo_sign_in``: for a demonstration council, the address at which it is served; workers then
    sign in with a provider inside it. ``ValueError`` for a real council.
    ``ledger`` is the file of erasures: keep it, and its own backups, apart from the database's.
    """
    store = open_store(database_url, council_name=council_name, is_demo=is_demo)
    erasures = Ledger(ledger)
    demo = DemoProvider(store, clock, demo_sign_in + demo_provider.PATH) if demo_sign_in else None
    with store.writing() as connection:
        erasure.keep_up(connection, erasures)
        demo_provider.take_up(connection, demo)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.ehm = Ehm(store, clock, erasures, demo or provider.Published())
    if demo is not None:
        app.state.demo_provider = demo
        app.router.routes.extend(demo_provider.router.routes)
    for each in ROUTES:  # as they are: include_router works each of them out once more, per server
        app.router.routes.extend(each.router.routes)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(ClientDisconnect, _hung_up)
    app.add_exception_handler(Exception, _failed)
    return app


def open_store(
    database_url: str, *, council_name: str, is_demo: bool, is_brief: bool = False
) -> Store:
    """The database, its tables up to date and a council founded in it."""
    store = Store(database_url, is_brief=is_brief)
    store.migrate()
    with store.writing() as connection:
        if not council.is_founded(connection):
            council.found(connection, council_name, is_demo=is_demo)
    return store


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - registered for it alone
    return refuse(error)


async def _unreadable(_request: Request, _error: Exception) -> Response:
    """FastAPI's own answer would repeat what was sent."""
    return refuse(unreadable())


async def _not_here(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    if error.status_code == 404:
        return refuse(not_found())
    response = refuse(
        Refusal(error.status_code, "not_allowed", "Not possible", "This cannot be done here.")
    )
    response.headers.update(error.headers or {})
    return response


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """The line broke in the middle of a request: every day's business, and no fault to log."""
    return Response(status_code=400)


async def _failed(_request: Request, _error: Exception) -> Response:
    return refuse(
        Refusal(
            500,
            "failed",
            "The EHM could not do it",
            "The EHM had a fault. Nothing is lost. The program tries again by itself.",
            retry=True,
        )
    )
