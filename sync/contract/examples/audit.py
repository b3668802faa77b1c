"""Examples of the audit's messages."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel

from sync.contract.examples.family import AT, FAMILY, HEAD, RECORD
from sync.contract.messages import (
    AuditLine,
    AuditPage,
    AuditTaken,
    DeviceAuditLine,
    HandInAudit,
    KnowsFamily,
    Look,
    ReadAudit,
)

_ENTRY = json.dumps(
    {"at": AT.isoformat(), "event": {"kind": "opened", "family": FAMILY, "record": RECORD}},
    sort_keys=True,
)
_HASH = hashlib.sha256(f"{'0' * 64}\n{_ENTRY}".encode()).hexdigest()

EXAMPLES: tuple[BaseModel, ...] = (
    HandInAudit(lines=(DeviceAuditLine(number=1, entry=_ENTRY, hash=_HASH),)),
    AuditTaken(upto=1, is_whole=True),
    ReadAudit(after=0, role="manager", reason="The quarterly check of what managers looked at."),
    AuditPage(
        head=HEAD,
        lines=(
            AuditLine(
                n=41,
                at=AT,
                worker="ann.cole",
                role="manager",
                act="looked into",
                family=FAMILY,
                reason="The school rang about Sam.",
            ),
        ),
        more=False,
        is_whole=True,
        words={"ann.cole": "Ann Cole", FAMILY: "EH-000123"},
    ),
    Look(reason="The school rang about Sam and Priya is away."),
    KnowsFamily(what="hide"),
)
