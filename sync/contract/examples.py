"""One example of each message, for ``openapi.json`` and its readers. The family is invented."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel

from sync.contract import digest
from sync.contract.messages import (
    ChangeItem,
    DigestReply,
    DigestRequest,
    Enrol,
    Enrolled,
    FamilyItem,
    FeedPage,
    FeedRequest,
    HandedIn,
    HandIn,
    Head,
    MineItem,
    NewFamily,
    Problem,
    Receipt,
    RegisterFamilies,
    Result,
    Status,
    TokenRequest,
    WireAnswer,
    WireChange,
    Worker,
)

_FAMILY = "0195a1f0-4c1e-7b3a-9d52-6f1e2a3b4c5d"
_RECORD = "0195a1f0-5a77-7c10-8e44-1b2c3d4e5f60"
_FIRST = "0195a1f0-6b00-7d21-a1b2-c3d4e5f60718"
_SECOND = "0195a1f1-0c22-7e33-b4c5-d6e7f8091a2b"
_DEVICE = "0195a1ef-0001-7000-8000-00000000d001"
_AT = datetime(2026, 3, 2, 14, 2, 7, tzinfo=UTC)
_HEAD = Head(epoch="5f1c9a7be0d34412", seq=4127, hash="9b1c2d3e4f5061728394a5b6c7d8e9f0")
_KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXA="

_CHANGE = WireChange(
    id=_SECOND,
    record=_RECORD,
    family=_FAMILY,
    form="plan",
    version="3",
    author="priya.shah",
    device=_DEVICE,
    number=412,
    at=_AT,
    zone="Europe/London",
    answers={
        "/plan/action[0195a1f0-7777-7000-8000-0000000000a1]/what": WireAnswer(
            value="Sam and Gran walk to breakfast club", base=(_FIRST,)
        ),
        "/plan/money": WireAnswer(absent="declined", reason="Not today, said Mum."),
    },
)

EXAMPLES: tuple[BaseModel, ...] = (
    _HEAD,
    _CHANGE,
    Enrol(code="7K3M-9Q4T-XH6B", public_key=_KEY, name="Laptop 12", client="0.1.0"),
    Enrolled(
        device=_DEVICE,
        worker=Worker(id="priya.shah", name="Priya Shah", role="worker", team="Early Help North"),
        council="Demonstration Council",
        signing_key=_KEY,
        recovery_key=_KEY,
    ),
    TokenRequest(device=_DEVICE, at=_AT, nonce="Zk3v8Qw1Lr5TnY2x", signature=_KEY),
    RegisterFamilies(
        seen=None, families=(NewFamily(id=_FAMILY, reference="YF-7K3M-9Q4T", begun=_AT),)
    ),
    HandIn(seen=_HEAD, changes=(_CHANGE,)),
    HandedIn(
        head=_HEAD,
        results=(
            Result(id=_SECOND, status=Status.APPLIED),
            Result(
                id=_FIRST,
                status=Status.HELD,
                code="form_unknown",
                words="Kept at the centre until it has this version of the form.",
            ),
        ),
    ),
    FeedRequest(
        seen=_HEAD, cursor="5f1c9a7be0d34412.4120.4120", pack="2026.3", digest=digest.everything({})
    ),
    FeedPage(
        head=_HEAD,
        cursor="5f1c9a7be0d34412.4127.4127",
        more=False,
        left=0,
        items=(
            FamilyItem(family=_FAMILY, reference="YF-7K3M-9Q4T", number="EH-000123", begun=_AT),
            ChangeItem(change=_CHANGE),
            MineItem(family=_FAMILY, record=_RECORD, id=_FIRST),
        ),
        workers=(Worker(id="priya.shah", name="Priya Shah", role="worker"),),
    ),
    DigestRequest(
        seen=_HEAD,
        cursor="5f1c9a7be0d34412.4127.4127",
        families={_FAMILY: digest.family_digest([digest.fingerprint(_CHANGE)])},
    ),
    DigestReply(head=_HEAD, level=True, differing=(_FAMILY,)),
    Receipt(done=True, handed_in=3),
    Problem(
        title="The centre's records were put back to an earlier day",
        status=409,
        code="forked",
        words="This laptop will hand in again what is missing there.",
        retry=True,
    ),
)
