"""Control 15: the EHM authorises every object by caseload; what the program hides is no control.

Every call of ``openapi.json`` that names a family or a record is made by somebody whose family it
is not, with the ids of the real one and the example of its message. A call that is new is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from pydantic import BaseModel

import sync.contract
from sync.contract.examples import EXAMPLES
from sync.ehm.permissions import Role
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.test_permissions import acts
from tests.sync.writing import Pen

DOCUMENT = json.loads((Path(sync.contract.__file__).parent / "openapi.json").read_text("utf-8"))
BODIES: dict[str, BaseModel] = {type(example).__name__: example for example in EXAMPLES}
WITH_A_REASON = ("/v1/families/{family}/look", "/v1/families/{family}/known")
CALLS = [
    (method.upper(), path, said)
    for path, methods in DOCUMENT["paths"].items()
    for method, said in methods.items()
    if ("{family}" in path or "{record}" in path) and path not in WITH_A_REASON
]


@pytest.fixture(scope="module")
def ehm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEhm]:
    folder = tmp_path_factory.mktemp("every-object")
    with running_ehm(f"sqlite:///{folder}/ehm.db") as running:
        yield running


@pytest.fixture(scope="module")
def priya(ehm: RunningEhm) -> Iterator[Laptop]:
    """Somebody with a family and a record that names a drawing."""
    with closing(Laptop(ehm, "Priya")) as laptop:
        pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
        family = pen.family()
        laptop.replica.begin_family(family)
        name = laptop.replica.keep_attachment(b"\x89PNG a drawing", "png")
        laptop.replica.keep_change(pen.change(family.id, pen.id(), {"/note/drawing": name}))
        assert laptop.sync().files_sent == 1
        yield laptop


@pytest.fixture(scope="module", params=[Role.WORKER, Role.CONTRIBUTOR, Role.ANALYST])
def other(request: pytest.FixtureRequest, ehm: RunningEhm) -> Iterator[Laptop]:
    ehm.worker(f"Tom the {request.param}", request.param, agency="school")
    with closing(Laptop(ehm, f"Tom the {request.param}")) as laptop:
        yield laptop


@pytest.mark.parametrize(("method", "path", "said"), CALLS, ids=[f"{m} {p}" for m, p, _ in CALLS])
def test_control_15_somebody_elses_family_is_not_there(
    ehm: RunningEhm, priya: Laptop, other: Laptop, method: str, path: str, said: dict[str, object]
) -> None:
    (change,) = priya.replica.state.changes.values()
    here = {
        "family": change.family,
        "record": change.record,
        "name": next(iter(priya.replica.state.attachments)),
    }
    before = len(acts(ehm))
    reply = requests.request(
        method,
        other.wire.url + path.format(**here),
        data=_body(said),
        headers={
            "Authorization": f"Bearer {other.wire._new_token().access_token}",
            "Upload-Offset": "0",
            "Upload-Complete": "?0",
        },
        timeout=20,
    )
    assert reply.status_code in (403, 404), reply.text
    assert b"drawing" not in reply.content
    assert (other.replica.worker, "refused") in acts(ehm)[before:]


def _body(said: dict[str, object]) -> bytes | None:
    text = json.dumps(said.get("requestBody", {}))
    _, named, name = text.partition('"#/components/schemas/')
    if not named:
        return b"bytes" if "octet-stream" in text else None
    return BODIES[name.partition('"')[0]].model_dump_json(exclude_defaults=True).encode()
