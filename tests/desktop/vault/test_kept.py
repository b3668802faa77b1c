"""Attachments, packs, small memories and the audit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.vault import STROKES, Event, Vault, errors
from desktop.vault.attachments import LARGEST
from tests.desktop.vault.making import Pen, open_vault


def test_bytes_are_named_by_what_they_hold(vault: Vault) -> None:
    drawing = b"[[[1,2],[3,4]]]"
    name = vault.keep(drawing, STROKES)
    assert name == vault.keep(drawing, STROKES)
    assert name.endswith(".strokes.json")
    assert vault.attachment(name) == drawing
    assert vault.replica.waiting().attachments == 1


def test_an_attachment_that_is_not_here_or_too_big_says_so(vault: Vault) -> None:
    with pytest.raises(errors.AttachmentMissing):
        vault.attachment("sha256-" + "0" * 64 + ".png")
    with pytest.raises(errors.AttachmentTooBig):
        vault.keep(bytes(LARGEST + 1), "image/png")


def test_every_pack_stays_and_the_newest_is_used(folder: Path) -> None:
    vault = open_vault(folder)
    vault.keep_pack("2026.1", b"first")
    vault.keep_pack("2026.2", b"second")
    assert vault.packs() == ["2026.1", "2026.2"]
    assert (vault.pack_in_use, vault.pack(), vault.pack("2026.1")) == (
        "2026.2",
        b"second",
        b"first",
    )
    assert vault.pack("2031.1") is None
    with pytest.raises(ValueError, match="never changes"):
        vault.keep_pack("2026.1", b"not the first")
    vault.close()


def test_a_pack_that_came_by_sync_waits_for_the_next_start(folder: Path) -> None:
    from sync.contract.messages import PackNotice

    vault = open_vault(folder)
    vault.keep_pack("2026.1", b"first")
    notice = PackNotice(version="2026.2", sha256="0" * 64, size=6, signature="")
    vault.replica.keep_pack(notice, b"second")
    assert vault.pack_in_use == "2026.1"
    assert vault.replica.standing().pack == "2026.2"
    vault.close()
    vault = open_vault(folder)
    assert vault.pack_in_use == "2026.2"
    vault.close()


def test_small_things_are_remembered_and_forgotten(folder: Path) -> None:
    vault = open_vault(folder)
    vault.remember("window", {"width": 1200, "page": ["form", 3]})
    vault.close()
    vault = open_vault(folder)
    assert vault.recall("window") == {"width": 1200, "page": ["form", 3]}
    vault.remember("window", None)
    assert vault.recall("window") is None
    assert vault.recall("owner") is None
    vault.close()


def test_the_audit_says_who_when_where_and_what(vault: Vault) -> None:
    pen = Pen().begin(vault)
    vault.note(Event("opened", pen.family, pen.record))
    vault.note(Event("searched", count=2))
    first, second = vault.audit()
    assert (first.number, first.worker, first.device) == (1, vault.worker.id, vault.device)
    assert first.event == Event("opened", pen.family, pen.record)
    assert second.event.count == 2
    assert first.at < second.at
    vault.check()


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE audit SET entry = replace(entry, 'opened', 'closed') WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit WHERE number = 4",
        "DELETE FROM audit",
        "UPDATE audit SET number = number + 10 WHERE number >= 3",
        "UPDATE audit SET entry = (SELECT entry FROM audit WHERE number = 1) WHERE number = 3",
    ],
)
def test_an_edited_audit_is_found(vault: Vault, tamper: str) -> None:
    for n in range(4):
        vault.note(Event("opened", family=str(n)))
    vault.check()
    vault._store.run(tamper)
    with pytest.raises(errors.StoreDamaged):
        vault.check()


def test_no_file_of_a_vault_tells_whose_it_is(folder: Path, vault: Vault) -> None:
    for path in folder.iterdir():
        assert b"Priya" not in path.read_bytes()
    assert "priya" not in json.dumps(sorted(path.name for path in folder.iterdir()))
