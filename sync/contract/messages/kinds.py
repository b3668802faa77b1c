"""What fields are made of, and what every message is: strict as a request, forgiving as a reply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from sync.contract.messages.limits import MAX_REASON

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
WITHOUT_NUL = r"^[^\x00]*$"  # which PostgreSQL does not keep
Identifier = Annotated[str, Field(pattern=_UUID)]
WorkerId = Annotated[str, Field(min_length=1, max_length=100, pattern=PRINTABLE)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=PRINTABLE)]
Reason = Annotated[str, Field(min_length=1, max_length=MAX_REASON, pattern=WITHOUT_NUL)]
Cursor = Annotated[
    str, Field(max_length=200, pattern=PRINTABLE, description="Opaque. Empty: from the beginning.")
]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Path = Annotated[str, Field(min_length=1, max_length=2_000, pattern=PRINTABLE)]
Base64 = Annotated[str, Field(max_length=400, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
AttachmentName = Annotated[str, Field(pattern=r"^sha256-[0-9a-f]{64}(\.[a-z0-9]{1,12}){1,2}$")]
Time = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Request(BaseModel):
    """What a device sends."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class Reply(BaseModel):
    """What the EHM answers. Fields that this version does not know are passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", defer_build=True)
