"""What comes in and goes out over HTTP: capped, gzip both ways, problems as problem+json."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError

from sync.contract.messages import Head
from sync.ehm.problems import Refusal, too_large, unreadable

MAX_REQUEST = 4_000_000
MAX_INFLATED = 16_000_000
_WORTH_ZIPPING = 400
_SMALL = 200_000
"""Bytes that are zipped as small as can be: it takes some milliseconds."""

Message = TypeVar("Message", bound=BaseModel)


async def read_body(request: Request) -> bytes:
    """The body, inflated; raises ``too_large`` before more than the cap was read or made."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_REQUEST:
            raise too_large()
        parts.append(part)
    body = b"".join(parts)
    encoding = request.headers.get("content-encoding", "identity")
    if encoding == "gzip":
        return _inflate(body)
    if encoding != "identity":
        raise unreadable("This encoding is not known here")
    return body


def _inflate(body: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = inflater.decompress(body, MAX_INFLATED)
    except zlib.error:
        raise unreadable("The request is not gzip") from None
    if inflater.unconsumed_tail:
        raise too_large()
    if not inflater.eof or inflater.unused_data:
        raise unreadable("The request is cut short")
    return plain


def parse(kind: type[Message], body: bytes) -> Message:
    """The message in a body; raises ``unreadable``. What was sent is not in the error."""
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise unreadable() from None


def plain_json(body: bytes) -> object:
    """JSON that is not a whole message; raises ``unreadable``."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise unreadable() from None


def reply(request: Request, message: BaseModel | bytes) -> Response:
    """A message as JSON, zipped if the sender takes that and it is worth it."""
    body = message if isinstance(message, bytes) else message.model_dump_json().encode()
    headers = {"Cache-Control": "no-store"}
    if len(body) > _WORTH_ZIPPING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=9 if len(body) < _SMALL else 6, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, media_type="application/json", headers=headers)


def refuse(refusal: Refusal) -> Response:
    """A refusal as problem+json."""
    headers = {"Cache-Control": "no-store", "Your-Family-Problem": refusal.code}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    return Response(
        refusal.problem().model_dump_json(exclude_none=True),
        status_code=refusal.status,
        media_type="application/problem+json",
        headers=headers,
    )


def head_of(text: str | None) -> Head | None:
    """The head in the header ``Your-Family-Seen``; raises ``unreadable``."""
    try:
        return None if text is None else Head.from_text(text)
    except ValueError:
        raise unreadable("The header Your-Family-Seen cannot be read") from None
