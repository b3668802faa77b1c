"""The messages of the EHM API. ``openapi.json`` is made from these types and from nothing else.

Requests are strict: an unknown field is an error of the sender. Replies are read forgivingly: a
newer EHM may say more than this client knows. Times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

API_VERSION = "1.0"

MAX_CHANGES = 200
MAX_ANSWERS = 2_000
MAX_VALUE = 200_000
MAX_FAMILIES = 200
MAX_PAGE = 500
MAX_ATTACHMENT = 20_000_000
MAX_PART = 262_144

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

Identifier = Annotated[str, Field(pattern=_UUID)]
WorkerId = Annotated[str, Field(min_length=1, max_length=100, pattern=_PRINTABLE)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=_PRINTABLE)]
Cursor = Annotated[
    str, Field(max_length=200, pattern=_PRINTABLE, description="Opaque. Empty: from the beginning.")
]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Path = Annotated[str, Field(min_length=1, max_length=2_000, pattern=_PRINTABLE)]
Base64 = Annotated[str, Field(max_length=400, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
AttachmentName = Annotated[str, Field(pattern=r"^sha256-[0-9a-f]{64}(\.[a-z0-9]{1,12}){1,2}$")]
Time = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Request(BaseModel):
    """What a device sends."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Reply(BaseModel):
    """What the EHM answers. Fields that this version does not know are passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class Head(Request):
    """How far the EHM's history reaches, and the hash of all of it.

    Every reply carries it; the device keeps it with what came in and names it in every request, so
    a server that was put back from a backup is noticed on the first answer.
    """

    epoch: str = Field(max_length=40, pattern=_PRINTABLE)
    seq: int = Field(ge=0, lt=2**63)
    hash: str = Field(max_length=64, pattern=_PRINTABLE)

    def as_text(self) -> str:
        """For a header, where the body is not JSON: ``epoch.seq.hash``."""
        return f"{self.epoch}.{self.seq}.{self.hash}"

    @classmethod
    def from_text(cls, text: str) -> Head:
        """The head in a header; ``ValueError`` if it is none."""
        epoch, seq, hashed = text.split(".")
        return cls(epoch=epoch, seq=int(seq), hash=hashed)


class WireAnswer(Request):
    """One answer of a change and the changes whose answers its author had on the screen."""

    value: str = Field(default="", max_length=MAX_VALUE)
    absent: Literal["not_known", "declined", "not_asked"] | None = None
    reason: str = Field(default="", max_length=MAX_VALUE)
    base: tuple[Identifier, ...] = Field(default=(), max_length=1_000)


class WireChange(Request):
    """One save of some answers of one record. Never edited after it was sealed."""

    id: Identifier
    record: Identifier
    family: Identifier
    form: Word
    version: str = Field(max_length=100, pattern=_PRINTABLE)
    author: WorkerId
    device: Word
    number: int = Field(ge=0, lt=2**63)
    at: Time
    zone: str = Field(max_length=100, pattern=_PRINTABLE)
    answers: Mapping[Path, WireAnswer] = Field(min_length=1, max_length=MAX_ANSWERS)


class Worker(Reply):
    """Somebody who writes: what a colleague's screen says of them."""

    id: WorkerId
    name: str
    role: str = ""
    team: str = ""


# --- who speaks -----------------------------------------------------------------------------------


class Limits(Reply):
    """The largest that this EHM accepts or sends at once."""

    changes: int = MAX_CHANGES
    request_bytes: int = 4_000_000
    page: int = MAX_PAGE
    attachment: int = MAX_ATTACHMENT
    attachment_part: int = MAX_PART


class SignIn(Reply):
    """How a worker proves who they are: the device alone, or an OpenID Connect provider."""

    kind: Literal["device", "openid"]
    issuer: str = ""
    client_id: str = ""
    scope: str = ""


class Hello(Reply):
    """The answer of ``GET /v1``: proof of connection. Anything else there is not the EHM."""

    service: Literal["your-family-ehm"]
    api: str
    oldest_client: str
    council: str
    is_demo: bool
    time: Time
    sign_in: SignIn
    limits: Limits


class Enrol(Request):
    """Registers a device with a one-time code. Sent again with the same key: the same answer."""

    code: Word
    public_key: Base64 = Field(
        description="Ed25519, 32 bytes; its private half never leaves the device."
    )
    name: str = Field(
        min_length=1,
        max_length=100,
        pattern=_PRINTABLE,
        description="As the council labels the laptop.",
    )
    client: str = Field(max_length=40, pattern=_PRINTABLE, description="The program's version.")


class Enrolled(Reply):
    """What a registered device is told."""

    device: Identifier
    worker: Worker
    council: str
    signing_key: Base64
    recovery_key: Base64


class TokenRequest(Request):
    """Asks for an access token; signed with the device's key (``signatures.token_text``)."""

    device: Identifier
    at: Time
    nonce: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")
    signature: Base64


class OrderKind(StrEnum):
    """What a council can tell a device to do."""

    WIPE = "wipe"
    LOCK = "lock"


class Order(Reply):
    """An order to one device, signed with the council's key. Unsigned ones are passed over."""

    id: Identifier
    device: Identifier
    kind: OrderKind
    at: Time
    words: str
    signature: Base64


class Receipt(Request):
    """That an order was carried out, and how many changes were handed in before."""

    done: bool
    handed_in: int = Field(ge=0, lt=2**63)


class Lease(Reply):
    """How long the device may be used without contact; signed with the council's key."""

    device: Identifier
    worker: WorkerId
    role: str
    at: Time
    until: Time
    signature: Base64


class Token(Reply):
    """A credential for ``Authorization: Bearer``, good for ``expires_in`` seconds."""

    access_token: str
    expires_in: int
    time: Time
    lease: Lease
    order: Order | None = None


# --- going up -------------------------------------------------------------------------------------


class NewFamily(Request):
    """A family that was begun on a device, with the reference printed for it."""

    id: Identifier
    reference: str = Field(min_length=1, max_length=40, pattern=_PRINTABLE)
    begun: Time


class RegisterFamilies(Request):
    """Makes families known to the centre. Safe to repeat."""

    seen: Head | None
    families: tuple[NewFamily, ...] = Field(max_length=MAX_FAMILIES)


class Status(StrEnum):
    """What became of one thing that was handed in. One never blocks another."""

    APPLIED = "applied"
    ALREADY = "already"
    CONFLICT = "conflict"
    """Kept beside a different answer that its author had not seen."""
    HELD = "held"
    """Kept and not shown: something it needs is missing, or a person must decide."""
    REJECTED = "rejected"
    """Not kept. It stays on the device, is shown there and can be exported."""

    @property
    def is_kept(self) -> bool:
        """True if the EHM holds the thing now."""
        return self is not Status.REJECTED


class Result(Reply):
    """What became of one family or change."""

    id: str
    status: Status
    code: str = ""
    words: str = ""


class HandIn(Request):
    """Sealed changes, oldest first. Safe to repeat at any point: the id of a change is its key."""

    seen: Head | None
    changes: tuple[WireChange, ...] = Field(max_length=MAX_CHANGES)


class HandedIn(Reply):
    """One result for each thing that was sent, in its order."""

    head: Head
    results: tuple[Result, ...]


# --- coming down ----------------------------------------------------------------------------------


class FeedRequest(Request):
    """Asks for what is new to this worker since ``cursor``; with ``family``, for one family whole.

    ``digest`` is that of everything held (``digest.everything``): if nothing is new, the reply says
    whether the EHM's is the same, so an idle check is one request.
    """

    seen: Head | None
    cursor: Cursor = ""
    limit: int = Field(default=MAX_PAGE, ge=1, le=MAX_PAGE)
    family: Identifier | None = None
    pack: str = Field(default="", max_length=100, pattern=_PRINTABLE)
    digest: Digest | None = None


class FamilyItem(Reply):
    """A family of this worker: begun, given the centre's number, or newly theirs."""

    kind: Literal["family"] = "family"
    family: Identifier
    reference: str
    number: str = ""
    begun: Time


class ChangeItem(Reply):
    """A change by anyone, whole: history is needed on the device."""

    kind: Literal["change"] = "change"
    change: WireChange

    @property
    def family(self) -> str:
        """The family that it belongs to."""
        return self.change.family


class MineItem(Reply):
    """A change that this device sent: it is in the EHM. It is not sent back whole."""

    kind: Literal["mine"] = "mine"
    family: Identifier
    record: Identifier
    id: Identifier


class ErasedItem(Reply):
    """Take the words out of these paths of these changes of a record; keep ids, bases and times.

    No paths: out of all of them. No changes: of every one that is here. What was written since is
    not in ``changes`` and keeps its words, however late or often the item comes.
    """

    kind: Literal["erased"] = "erased"
    family: Identifier
    record: Identifier
    paths: tuple[Path, ...] = ()
    changes: tuple[Identifier, ...] = ()

    def takes_from(self, change: str) -> bool:
        """True if the words of this change go."""
        return not self.changes or change in self.changes


class LeftItem(Reply):
    """This worker no longer has the family: hand in what is unsent of it, then remove it."""

    kind: Literal["left"] = "left"
    family: Identifier


Item = Annotated[
    FamilyItem | ChangeItem | MineItem | ErasedItem | LeftItem, Field(discriminator="kind")
]


class PackNotice(Reply):
    """A pack that the device should fetch: ``GET /v1/packs/{version}``."""

    version: str
    sha256: Digest
    size: int
    signature: Base64


class FeedPage(Reply):
    """A page of the feed. Kept with its cursor in one transaction, shown when ``more`` is false."""

    head: Head
    cursor: Cursor
    more: bool
    left: int = Field(description="How many items are still to come after this page.")
    items: tuple[Item, ...]
    workers: tuple[Worker, ...] = ()
    pack: PackNotice | None = None
    order: Order | None = None
    checked: bool | None = Field(
        default=None, description="Whether the digest sent is the EHM's; null: not compared."
    )


class DigestRequest(Request):
    """The digest of each family held, compared when the device is level with the feed."""

    seen: Head | None
    cursor: Cursor
    families: Mapping[Identifier, Digest] = Field(max_length=5_000)


class DigestReply(Reply):
    """The families that differ, and those that this worker does not have (any more)."""

    head: Head
    level: bool = Field(description="False: something is new, nothing was compared.")
    differing: tuple[Identifier, ...] = ()
    not_yours: tuple[Identifier, ...] = ()


# --- reading back ---------------------------------------------------------------------------------


class FlatAnswer(Reply):
    """What stands at a path: one value if agreed, more than one in an open conflict."""

    path: str
    values: tuple[str, ...]
    absent: str = ""
    reason: str = ""
    changes: tuple[Identifier, ...]


class FlatRecord(Reply):
    """One filled form of a family, as an EHM imports it."""

    id: Identifier
    form: str
    version: str
    authors: tuple[Worker, ...]
    answers: tuple[FlatAnswer, ...]


class FlatFamily(Reply):
    """The flat export of a family: every answer that the reader may see."""

    id: Identifier
    reference: str
    number: str
    head: Head
    records: tuple[FlatRecord, ...]


class FamilyLine(Reply):
    """One line of a worker's list of families."""

    id: Identifier
    reference: str
    number: str
    begun: Time


class FamilyList(Reply):
    """The families of this worker."""

    head: Head
    families: tuple[FamilyLine, ...]


class Problem(Reply):
    """An error (RFC 9457, ``application/problem+json``)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    words: str = Field(description="For the worker: what happened and what to do.")
    retry: bool = Field(description="Whether the same request can succeed later.")
    order: Order | None = None
