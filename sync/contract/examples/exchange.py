"""Examples of the exchange: enrolling, handing in, the feed, digests, problems."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract import digest, following
from sync.contract.examples.family import (
    AT,
    DEVICE,
    FAMILY,
    FIRST,
    HEAD,
    KEY,
    RECORD,
    SECOND,
    THIRD,
)
from sync.contract.messages import (
    ChangeItem,
    DigestReply,
    DigestRequest,
    Enrol,
    Enrolled,
    FamilyItem,
    FeedPage,
    FeedRequest,
    FollowingItem,
    HandedIn,
    HandIn,
    MineItem,
    NewFamily,
    Problem,
    RegisterFamilies,
    Result,
    ShortChange,
    Status,
    TokenRequest,
    WireAnswer,
    WireChange,
    Worker,
)

_CHANGE = WireChange(
    id=SECOND,
    record=RECORD,
    family=FAMILY,
    form="plan",
    version="3",
    author="priya.shah",
    device=DEVICE,
    number=412,
    at=AT,
    zone="Europe/London",
    answers={
        "/plan/action[0195a1f0-7777-7000-8000-0000000000a1]/what": WireAnswer(
            value="Sam and Gran walk to breakfast club", base=(FIRST,)
        ),
        "/plan/money": WireAnswer(absent="declined", reason="Not today, said Mum."),
    },
)

_AGAIN = _CHANGE.model_copy(
    update={
        "id": THIRD,
        "number": 413,
        "answers": {"/plan/money": WireAnswer(value="no", base=(SECOND,))},
    }
)
_DIGEST = digest.family_digest([digest.fingerprint(_CHANGE), digest.fingerprint(_AGAIN)])

EXAMPLES: tuple[BaseModel, ...] = (
    HEAD,
    _CHANGE,
    Enrol(code="7K3M-9Q4T-XH6B", public_key=KEY, name="Laptop 12", client="0.1.0"),
    Enrolled(
        device=DEVICE,
        worker=Worker(id="priya.shah", name="Priya Shah", role="worker", team="Early Help North"),
        council="Demonstration Council",
        signing_key=KEY,
        recovery_key=KEY,
        escrow_key=KEY,
    ),
    TokenRequest(device=DEVICE, at=AT, nonce="Zk3v8Qw1Lr5TnY2x", signature=KEY),
    RegisterFamilies(
        seen=None, families=(NewFamily(id=FAMILY, reference="YF-7K3M-9Q4T", begun=AT),)
    ),
    HandIn(seen=HEAD, changes=(_CHANGE,)),
    HandedIn(
        head=HEAD,
        applied=1,
        results=(
            Result(
                id=FIRST,
                status=Status.HELD,
                code="form_unknown",
                words="Kept at the centre until it has this version of the form.",
            ),
        ),
    ),
    FeedRequest(seen=HEAD, cursor="5f1c9a7be0d34412.4120.4120", pack="2026.3"),
    FeedPage(
        head=HEAD,
        cursor="5f1c9a7be0d34412.4127.4127",
        more=False,
        left=0,
        items=(
            FamilyItem(family=FAMILY, reference="YF-7K3M-9Q4T", number="EH-000123", begun=AT),
            ChangeItem(change=_CHANGE),
            FollowingItem(
                change=ShortChange.model_validate_json(
                    following.shortened(digest.canonical(_AGAIN).decode(), {SECOND: RECORD}) or ""
                )
            ),
            MineItem(family=FAMILY, id=FIRST),
        ),
        workers=(Worker(id="priya.shah", name="Priya Shah", role="worker"),),
        digest=digest.everything({FAMILY: _DIGEST}),
    ),
    DigestRequest(
        seen=HEAD,
        cursor="5f1c9a7be0d34412.4127.4127",
        families={FAMILY: _DIGEST},
    ),
    DigestReply(head=HEAD, level=True, differing=(FAMILY,)),
    Problem(
        title="The centre's records were put back to an earlier day",
        status=409,
        code="forked",
        words="This laptop will hand in again what is missing there.",
        retry=True,
    ),
)
