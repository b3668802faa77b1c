"""``openapi.json`` is what the message types say, and its examples are messages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

import sync.contract
from sync.contract.examples import EXAMPLES
from sync.ehm.openapi import as_text, openapi

CHECKED_IN = Path(sync.contract.__file__).parent / "openapi.json"


def test_the_one_checked_in_is_current() -> None:
    """If this fails: ``python -m sync.ehm openapi > sync/contract/openapi.json``."""
    assert CHECKED_IN.read_text(encoding="utf-8") == as_text(openapi())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: type(example).__name__)
def test_examples_survive_the_wire(example: BaseModel) -> None:
    assert type(example).model_validate_json(example.model_dump_json()) == example


def test_every_path_says_what_it_refuses() -> None:
    for path, methods in openapi()["paths"].items():
        for method, said in methods.items():
            assert {"401", "409", "422", "500"} <= said["responses"].keys(), (path, method)
