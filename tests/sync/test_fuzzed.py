"""The API fuzzed from its own openapi.json: no 5xx, no answer that is not documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import sync.contract
from tests.sync.databases import DATABASES, database
from tests.sync.running_ehm import Laptop, running_ehm
from tests.sync.writing import Pen

DOCUMENT = json.loads((Path(sync.contract.__file__).parent / "openapi.json").read_text("utf-8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)


ROLES = {"Priya Shah": "worker", "Cy Bell": "coordinator", "Ann Lee": "information_governance"}
FEW = settings(
    max_examples=2,  # more on request: -m long
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
MANY = settings(FEW, max_examples=200, derandomize=False, print_blob=True)


@pytest.fixture(scope="module", params=DATABASES)
def laptops(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Iterator[Laptop]]:
    """Laptops in turn, of roles that between them may ask most things; something is there."""
    with (
        database(request.param, tmp_path_factory.mktemp("fuzzed")) as url,
        running_ehm(url) as ehm,
        ExitStack() as opened,
    ):
        for name, role in ROLES.items():
            ehm.worker(name, role)
        theirs = [opened.enter_context(closing(Laptop(ehm, name))) for name in ROLES]
        first = theirs[0]
        pen = Pen(worker=first.replica.worker, device=first.replica.device)
        family = pen.family()
        first.replica.begin_family(family)
        first.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "Hello."}))
        assert first.sync().checked
        yield cycle(theirs)


def _call(case: Any, laptop: Laptop) -> None:
    token = laptop.wire._access_token()
    case.call_and_validate(
        base_url=laptop.wire.url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
        checks=CHECKS,
    )


@SCHEMA.parametrize()
@FEW
def test_every_answer_is_documented(case: Any, laptops: Iterator[Laptop]) -> None:
    _call(case, next(laptops))


@pytest.mark.long
@pytest.mark.timeout(3_600)
@SCHEMA.parametrize()
@MANY
def test_every_answer_is_documented_however_often_it_is_asked(
    case: Any, laptops: Iterator[Laptop]
) -> None:
    _call(case, next(laptops))
