"""``openapi.json``, made from the message types and the routes, and from nothing else."""

from __future__ import annotations

import json
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sync.contract.examples import EXAMPLES
from sync.contract.messages import API_VERSION, Problem
from sync.ehm import (
    approval_routes,
    audit_routes,
    contributor_routes,
    file_routes,
    held_routes,
    match_routes,
    measure_routes,
    order_routes,
    oversight_routes,
    putting_right_routes,
    routes,
    sign_in_routes,
    subject_access_routes,
    team_routes,
    work_routes,
)


class Routes(Protocol):
    """A module of routes. ``REQUESTS`` are the bodies that they parse themselves."""

    router: APIRouter
    REQUESTS: tuple[type[BaseModel], ...]


ROUTES: tuple[Routes, ...] = (
    routes,
    audit_routes,
    sign_in_routes,
    order_routes,
    match_routes,
    file_routes,
    team_routes,
    oversight_routes,
    contributor_routes,
    putting_right_routes,
    work_routes,
    measure_routes,
    held_routes,
    approval_routes,
    subject_access_routes,
)
DESCRIPTION = (
    "The API between the Your Family program on a worker's laptop and a council's Early Help "
    "Module. docs/ehm-api.md says how to implement it."
)


def openapi() -> dict[str, Any]:
    """OpenAPI 3.1, made from the message types."""
    app = FastAPI()
    for each in ROUTES:
        app.include_router(each.router)
    found: dict[str, Any] = get_openapi(
        title="Your Family EHM API",
        version=API_VERSION,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
    )
    schemas = found["components"]["schemas"]
    _, definitions = models_json_schema(
        [(kind, "validation") for kind in _unseen_by_fastapi()],
        ref_template="#/components/schemas/{model}",
    )
    schemas.update(definitions["$defs"])
    for example in EXAMPLES:
        plain = example.model_dump(mode="json", exclude_defaults=True)
        schemas[type(example).__name__]["examples"] = [plain]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return found


def _unseen_by_fastapi() -> list[type[BaseModel]]:
    """The bodies that routes parse themselves, and what they answer instead."""
    return [*(kind for each in ROUTES for kind in each.REQUESTS), Problem]


def as_text(document: dict[str, Any]) -> str:
    """As it is checked in."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
