"""``openapi.json`` is what the message types say, and its examples are messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def test_no_request_brings_a_nul_which_postgresql_does_not_keep() -> None:
    document = openapi()
    strings = {
        place: node
        for path, methods in document["paths"].items()
        for said in methods.values()
        for content in said.get("requestBody", {}).get("content", {}).values()
        for place, node in _strings(content["schema"], path, document, set())
        if not {"enum", "const", "format"} & node.keys()
    }
    assert len(strings) > 50
    takes = [p for p, node in strings.items() if re.search(node.get("pattern", ""), "a\0a")]
    assert takes == []


def _strings(
    node: dict[str, Any], place: str, document: dict[str, Any], seen: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    if (name := node.get("$ref", "").rpartition("/")[2]) and name not in seen:
        seen.add(name)
        yield from _strings(document["components"]["schemas"][name], name, document, seen)
    if node.get("type") == "string":
        yield place, node
    for key, inner in node.get("properties", {}).items():
        yield from _strings(inner, f"{place}.{key}", document, seen)
    inside = [node.get("items"), node.get("additionalProperties")]
    for inner in [*inside, *node.get("anyOf", ()), *node.get("oneOf", ())]:
        if isinstance(inner, dict):
            yield from _strings(inner, place, document, seen)
