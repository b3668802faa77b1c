"""A day with a marker in every field, ended by a kill: ``python -m tests.security.day FOLDER``.

The markers are words that occur nowhere else; the passphrase is one of them.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from desktop.vault import STROKES, Event, Worker, create_vault, rekey, unlock
from forms.records.answer import Absent, Answer
from sync.contract.changes import to_wire
from sync.contract.messages import (
    ChangeItem,
    FamilyItem,
    FeedPage,
    Head,
    PackNotice,
    Result,
    Status,
)
from sync.contract.messages import Worker as Colleague
from tests.desktop.vault.making import (
    BEGUN,
    CHEAP,
    CLOCK,
    COUNCIL_KEY,
    DEVICE,
    Pen,
    allow_cheap_passphrases,
)

MARKERS = tuple(
    f"Marker{name}Quixotic"
    for name in (
        *("Passphrase", "Worker", "Telephone", "Value", "Reason", "Replaced", "Open", "Path"),
        *("Form", "Zone", "Searched", "Remembered", "AuditReason", "AuditDetail", "Drawing"),
        *("Pack", "Colleague", "Staged", "Shown", "Reference", "Number", "Words", "Cursor"),
    )
)
(PASSPHRASE, WORKER, TELEPHONE, VALUE, REASON, REPLACED, OPEN, PATH) = MARKERS[:8]
(FORM, ZONE, SEARCHED, REMEMBERED, AUDIT_REASON, AUDIT_DETAIL, DRAWING) = MARKERS[8:15]
(PACK, COLLEAGUE, STAGED, SHOWN, REFERENCE, NUMBER, WORDS, CURSOR) = MARKERS[15:]


def work(folder: Path) -> None:
    """Make a vault and put every marker into it; never returns."""
    allow_cheap_passphrases()
    passphrase = bytearray(PASSPHRASE.encode())
    worker = Worker("priya", WORKER, "worker", TELEPHONE)
    council = COUNCIL_KEY.public_key().public_bytes_raw()
    create_vault(folder, passphrase, worker, DEVICE, council, cost=CHEAP)
    vault = unlock(folder, passphrase, CLOCK)
    pen = Pen()
    vault.begin_family(pen.family, BEGUN)
    vault.begin_record(pen.record, pen.family, FORM, "1", BEGUN)
    vault.write(pen.change({f"/note/{PATH}": REPLACED, "/note/why": ""}))
    (first,) = vault.seal(pen.record)
    said: dict[str, str | Answer] = {
        f"/note/{PATH}": VALUE,
        "/note/why": Answer("", Absent.DECLINED, REASON),
    }
    vault.write(pen.change(said, {f"/note/{PATH}": (first.id,)}))
    second = vault.seal_all()
    vault.search(SEARCHED)
    vault.search(VALUE)
    vault.remember("place", {"page": REMEMBERED})
    vault.note(Event("opened", pen.family, reason=AUDIT_REASON, detail=AUDIT_DETAIL))
    vault.write(pen.change({"/drawing": vault.keep(f"[{DRAWING!r}]".encode() * 900, STROKES)}))
    vault.keep_pack("2026.1", PACK.encode() * 50)
    notice = PackNotice(version="2026.2", sha256="0" * 64, size=9, signature="")
    vault.replica.keep_pack(notice, PACK.encode())
    theirs = Pen(author="tom")
    head = Head(epoch="e", seq=1, hash="h")
    rejected = [Result(id=c.id, status=Status.REJECTED, words=WORDS) for c in second]
    vault.replica.record_results(rejected, head)
    for shown, word in ((True, SHOWN), (False, STAGED)):
        change = to_wire(theirs.change({"/note/what": word})).model_copy(update={"zone": ZONE})
        listed = FamilyItem(family=theirs.family, reference=REFERENCE, number=NUMBER, begun=BEGUN)
        vault.replica.stage(
            FeedPage(
                head=head,
                cursor=CURSOR,
                more=False,
                left=0,
                items=(listed, ChangeItem(change=change)),
                workers=(Colleague(id="tom", name=COLLEAGUE),),
            )
        )
        if shown:
            vault.replica.show_next_families(monotonic)
            vault.check()
            vault.close()
            rekey(folder, passphrase)
            vault = unlock(folder, passphrase, CLOCK)
    vault.write(pen.change({"/note/later": OPEN}))
    os.kill(os.getpid(), signal.SIGKILL)


def write_plainly(folder: Path, markers: Sequence[str]) -> None:
    """The control: the same markers without a vault, in each way that a search must see."""
    folder.mkdir()
    with sqlite3.connect(folder / "plain.db") as plain:
        plain.execute("CREATE TABLE said (word TEXT)")
        plain.executemany("INSERT INTO said VALUES (?)", [(word,) for word in markers])
    plain.close()
    (folder / "wide.txt").write_bytes(" ".join(markers).encode("utf-16-le"))
    (folder / "packed").write_bytes(
        b"before" + zlib.compress(" ".join(markers).encode()) + b"after"
    )
    for marker in markers:
        (folder / f"{marker}.txt").touch()


if __name__ == "__main__":
    work(Path(sys.argv[1]))
