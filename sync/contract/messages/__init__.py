"""The messages of the EHM API. ``openapi.json`` is made from these types and from nothing else.

Requests are strict: an unknown field is an error of the sender. Replies are read forgivingly: a
newer EHM may say more than this client knows. Times are aware and in UTC. A subject a file; all of
them are imported from here.
"""

from __future__ import annotations

from sync.contract.messages.change import WireAnswer, WireChange
from sync.contract.messages.devices import (
    Enrol,
    Enrolled,
    Token,
    TokenRequest,
    Worker,
)
from sync.contract.messages.feed import (
    ChangeItem,
    DigestReply,
    DigestRequest,
    ErasedItem,
    FamilyItem,
    FeedPage,
    FeedRequest,
    Item,
    LeftItem,
    MineItem,
    PackNotice,
)
from sync.contract.messages.handing_in import (
    HandedIn,
    HandIn,
    NewFamily,
    RegisterFamilies,
    Result,
    Status,
)
from sync.contract.messages.head import Head
from sync.contract.messages.hello import Hello, Limits, SignIn
from sync.contract.messages.kinds import (
    PRINTABLE,
    AttachmentName,
    Base64,
    Cursor,
    Digest,
    Identifier,
    Path,
    Reply,
    Request,
    Time,
    Word,
    WorkerId,
)
from sync.contract.messages.lease import DevicePolicy, Lease
from sync.contract.messages.limits import (
    API_VERSION,
    MAX_ANSWERS,
    MAX_ATTACHMENT,
    MAX_CHANGES,
    MAX_FAMILIES,
    MAX_PAGE,
    MAX_PART,
    MAX_REASON,
    MAX_VALUE,
)
from sync.contract.messages.orders import (
    AskedOrder,
    AskedOrders,
    AskOrder,
    Order,
    OrderKind,
    Orders,
    OrdersRequest,
    Receipt,
)
from sync.contract.messages.problem import Problem
from sync.contract.messages.reading_back import (
    FamilyLine,
    FamilyList,
    FlatAnswer,
    FlatFamily,
    FlatRecord,
)
from sync.contract.messages.team import Allocate, Cover, Covered, Holder, Me, Team, TeamFamily

__all__ = [
    "API_VERSION",
    "MAX_ANSWERS",
    "MAX_ATTACHMENT",
    "MAX_CHANGES",
    "MAX_FAMILIES",
    "MAX_PAGE",
    "MAX_PART",
    "MAX_REASON",
    "MAX_VALUE",
    "PRINTABLE",
    "Allocate",
    "AskOrder",
    "AskedOrder",
    "AskedOrders",
    "AttachmentName",
    "Base64",
    "ChangeItem",
    "Cover",
    "Covered",
    "Cursor",
    "DevicePolicy",
    "Digest",
    "DigestReply",
    "DigestRequest",
    "Enrol",
    "Enrolled",
    "ErasedItem",
    "FamilyItem",
    "FamilyLine",
    "FamilyList",
    "FeedPage",
    "FeedRequest",
    "FlatAnswer",
    "FlatFamily",
    "FlatRecord",
    "HandIn",
    "HandedIn",
    "Head",
    "Hello",
    "Holder",
    "Identifier",
    "Item",
    "Lease",
    "LeftItem",
    "Limits",
    "Me",
    "MineItem",
    "NewFamily",
    "Order",
    "OrderKind",
    "Orders",
    "OrdersRequest",
    "PackNotice",
    "Path",
    "Problem",
    "Receipt",
    "RegisterFamilies",
    "Reply",
    "Request",
    "Result",
    "SignIn",
    "Status",
    "Team",
    "TeamFamily",
    "Time",
    "Token",
    "TokenRequest",
    "WireAnswer",
    "WireChange",
    "Word",
    "Worker",
    "WorkerId",
]
