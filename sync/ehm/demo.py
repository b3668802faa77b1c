"""Invented families for a demonstration council, handed in as a device would."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from forms.pack import Pack
from forms.records.identifiers import provisional_reference
from sync.contract.messages import NewFamily, WireAnswer, WireChange
from sync.ehm import changes, council, families, packs, people
from sync.ehm.changes import Sender

_DEVICE = "demonstration"
_BEGUN = timedelta(days=21)


def seed(connection: Connection, pack: bytes, folder: Path, worker: str, now: datetime) -> int:
    """Publishes the pack and gives the families to ``worker``; how many are new.

    ``folder`` has ``families.json``: a list of records, each with ``family``, ``record``, ``form``
    (at the version that the pack offers) and ``answers`` (path to value). Families that are there
    already are left as they are.
    """
    packs.publish(connection, council.read(connection), pack, now)
    author = people.find_or_add(connection, worker)
    records = json.loads((folder / "families.json").read_text(encoding="utf-8"))
    new = {
        record["family"]: None
        for record in records
        if families.find(connection, record["family"]) is None
    }
    begun = now - _BEGUN
    sender = Sender(author, _DEVICE, is_revoked=False, at=now)
    families.register(
        connection,
        sender,
        [NewFamily(id=f, reference=provisional_reference(f), begun=begun) for f in new],
    )
    offered = {form.id: form.version for form in Pack.read(pack).forms}
    written = [
        _change(record, offered[record["form"]], author, number, begun + timedelta(hours=number))
        for number, record in enumerate(records)
        if record["family"] in new
    ]
    changes.hand_in(connection, sender, written)
    return len(new)


def _change(
    record: Mapping[str, Any], version: str, author: str, number: int, at: datetime
) -> WireChange:
    return WireChange(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"demonstration/{record['record']}")),
        record=record["record"],
        family=record["family"],
        form=record["form"],
        version=version,
        author=author,
        device=_DEVICE,
        number=number,
        at=at,
        zone="Europe/London",
        answers={path: WireAnswer(value=value) for path, value in record["answers"].items()},
    )
