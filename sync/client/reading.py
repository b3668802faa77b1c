"""Reads what came over the wire, whoever sent it: bounded in bytes, depth and time."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from forms.collecting import nothing_collected
from sync.client.errors import AnswerRefused

MAX_BYTES = 10_000_000
MAX_INFLATED = 40_000_000
MAX_ATTACHMENT = 20_000_000
MAX_DEPTH = 32

_CONTAINERS = (dict, list)

Message = TypeVar("Message", bound=BaseModel)


def collect(parts: Iterable[bytes], encoding: str, most: int = MAX_BYTES) -> bytes:
    """The whole body, inflated; raises ``AnswerRefused`` before more than the caps is held."""
    if encoding not in ("", "identity", "gzip"):
        raise AnswerRefused
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if encoding == "gzip" else None
    whole, size = bytearray(), 0
    for part in parts:
        size += len(part)
        if size > most:
            raise AnswerRefused
        whole += _inflated(inflater, part, len(whole)) if inflater else part
    if inflater and not inflater.eof:
        raise AnswerRefused
    return bytes(whole)


def _inflated(inflater: zlib._Decompress, part: bytes, so_far: int) -> bytes:
    try:
        plain = inflater.decompress(part, MAX_INFLATED - so_far + 1)
    except zlib.error:
        raise AnswerRefused from None
    if inflater.unconsumed_tail or so_far + len(plain) > MAX_INFLATED or inflater.unused_data:
        raise AnswerRefused
    return plain


def read(kind: type[Message], body: bytes) -> Message:
    """The message in a body. No name said twice, no NaN, not deeper than 32, every type right."""
    with nothing_collected():
        check_json(body)
        try:
            return kind.model_validate_json(body)
        except ValidationError:
            raise AnswerRefused from None


def check_json(body: bytes) -> None:
    """Raises ``AnswerRefused`` for JSON that two readers could read in two ways, or too deep."""
    try:
        level: list[Any] = [[json.loads(body, object_pairs_hook=_once, parse_constant=_refuse)]]
    except (ValueError, RecursionError):
        raise AnswerRefused from None
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for each in level
            for inner in (each.values() if type(each) is dict else each)
            if isinstance(inner, _CONTAINERS)
        ]
        if not level:
            return
    raise AnswerRefused


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise AnswerRefused
    return found


def _refuse(_constant: str) -> NoReturn:
    raise AnswerRefused
