"""The API's paths for files: attachments of records, and packs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from sync.contract.messages import MAX_PART, AttachmentName, Identifier, Word
from sync.ehm import attachments, history, packs
from sync.ehm.access import ANSWERS, SECURED, Asks, Body, with_head
from sync.ehm.permissions import Act
from sync.ehm.problems import too_large, unreadable

TheName = Annotated[AttachmentName, Path()]

REQUESTS: tuple[type[BaseModel], ...] = ()

router = APIRouter(responses=ANSWERS, prefix="/v1")

_OFFSET = {"Upload-Offset": {"schema": {"type": "integer"}, "description": "Bytes held"}}
_WHOLE = {"Upload-Complete": {"schema": {"type": "string"}, "description": "?1 or ?0"}}
_UPLOAD: dict[int | str, dict[str, Any]] = {
    204: {"description": "How much is here.", "headers": {**_OFFSET, **_WHOLE}}
}


@router.head(
    "/records/{record}/attachments/{name}",
    status_code=204,
    responses=_UPLOAD,
    openapi_extra=SECURED,
    summary="How much of an attachment the EHM has",
)
def attachment_offset(asks: Asks, record: Identifier, name: TheName) -> Response:
    """``Upload-Offset`` bytes; ``Upload-Complete: ?1`` if that is all.

    For whoever wrote or handed in a change that names it, held or not and whatever became of
    their role. What others have sent for other records is as if it were not here.
    """
    with asks.as_sender(writes=False) as (connection, sender):
        place = attachments.record_to_send_for(connection, sender.worker, record, name)
        size, is_whole = attachments.size_here(connection, place, name)
        return _uploaded(connection, size, is_whole=is_whole)


@router.patch(
    "/records/{record}/attachments/{name}",
    status_code=204,
    responses=_UPLOAD,
    openapi_extra={
        **SECURED,
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        },
    },
    summary="Send a part of an attachment",
)
def send_attachment(
    asks: Asks,
    body: Body,
    record: Identifier,
    name: TheName,
    offset: Annotated[int, Header(alias="Upload-Offset", ge=0, lt=2**31)],
    complete: Annotated[str, Header(alias="Upload-Complete", pattern=r"^\?[01]$")],
) -> Response:
    """From the offset that ``HEAD`` named. If the whole has the wrong hash, the offset is 0."""
    if len(body) > MAX_PART:
        raise too_large()
    with asks.as_sender(writes=True) as (connection, sender):
        worker, is_last = sender.worker, complete == "?1"
        place = attachments.record_to_send_for(connection, worker, record, name)
        attachments.add(connection, worker, place, name, offset, body, sender.at, is_last=is_last)
        size, is_whole = attachments.size_here(connection, place, name)
        return _uploaded(connection, size, is_whole=is_whole)


def _uploaded(connection: Connection, size: int, *, is_whole: bool) -> Response:
    headers = {
        "Upload-Offset": str(size),
        "Upload-Complete": "?1" if is_whole else "?0",
    }
    return with_head(connection, Response(status_code=204, headers=headers))


@router.get(
    "/records/{record}/attachments/{name}",
    response_class=Response,
    responses={
        200: {"description": "All of it.", "content": {"application/octet-stream": {}}},
        206: {
            "description": "From the byte asked for.",
            "content": {"application/octet-stream": {}},
        },
    },
    openapi_extra=SECURED,
    summary="An attachment, or the rest of it",
)
def read_attachment(
    asks: Asks,
    record: Identifier,
    name: TheName,
    wanted: Annotated[
        str | None, Header(alias="Range", description="bytes=N- only", max_length=60)
    ] = None,
) -> Response:
    """Given by the record that refers to it, never by its hash alone.

    And only once somebody who wrote in the record has sent it, or was given it by another record.
    """
    with asks.as_sender(writes=False, may=Act.CARRY) as (connection, sender):
        attachments.check_may_read(connection, sender.worker, record, name)
        content = attachments.content(connection, name)
        head = history.current_head(connection).as_text()
    start = _start(wanted, len(content))
    headers = {"Your-Family-Head": head, "Cache-Control": "no-store", "Accept-Ranges": "bytes"}
    if start:
        headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
    return Response(
        content[start:],
        status_code=206 if start else 200,
        media_type="application/octet-stream",
        headers=headers,
    )


def _start(wanted: str | None, size: int) -> int:
    if wanted is None:
        return 0
    number = wanted.removeprefix("bytes=").removesuffix("-")
    if not number.isascii() or not number.isdigit() or int(number) >= size:
        raise unreadable("This range is not in the file")
    return int(number)


@router.get(
    "/packs/{version}",
    response_class=Response,
    responses={200: {"description": "The pack.", "content": {"application/zip": {}}}},
    openapi_extra=SECURED,
    summary="A pack of forms",
)
def read_pack(asks: Asks, version: Word) -> Response:
    """As published; its signature is in the feed's notice of it."""
    with asks.as_sender(writes=False, may=Act.KNOW) as (connection, _sender):
        content = packs.content(connection, version)
        head = history.current_head(connection).as_text()
    return Response(content, media_type="application/zip", headers={"Your-Family-Head": head})
