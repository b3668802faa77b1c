"""The API fuzzed from its own openapi.json: no 5xx, no answer that is not documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
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


@pytest.fixture(scope="module", params=DATABASES)
def laptop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Laptop]:
    """A laptop with a family at the EHM, so that there is something to find."""
    with (
        database(request.param, tmp_path_factory.mktemp("fuzzed")) as url,
        running_ehm(url) as ehm,
        closing(Laptop(ehm, "Priya Shah")) as laptop,
    ):
        pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
        family = pen.family()
        laptop.replica.begin_family(family)
        laptop.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "Hello."}))
        assert laptop.sync().checked
        yield laptop


@SCHEMA.parametrize()
@settings(
    max_examples=4,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_documented(case: Any, laptop: Laptop) -> None:
    token = laptop.wire._access_token()
    case.call_and_validate(
        base_url=laptop.wire.url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
        checks=CHECKS,
    )
