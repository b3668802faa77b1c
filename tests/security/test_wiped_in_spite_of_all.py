"""A laptop wiped in spite of all: nothing was locked before it was lost; the wipe was killed."""

from __future__ import annotations

import base64
from pathlib import Path

from desktop.services.clock import Clock
from desktop.services.orders import LaptopOrders, Standing
from desktop.vault.departure import wipe
from desktop.vault.errors import KeyFileDamaged
from desktop.vault.folder import VaultFolder
from sync.contract import escrow
from sync.contract.escrow import UnsentWork
from sync.contract.messages import OrderKind
from tests.desktop.vault.forked import start
from tests.desktop.vault.making import Pen
from tests.security.test_orders import ESCROW, WORDS, ehm, folder, give, told, unlock

__all__ = ["ehm", "folder"]

PICTURE = b"\x89PNG drawn by nobody"


def sealed_in(folder: Path) -> UnsentWork:
    sealed = VaultFolder(folder).unsent.read_bytes()
    assert WORDS.encode() not in sealed
    return escrow.open_sealed(ESCROW.private_bytes_raw(), sealed)


def test_words_in_mid_writing_are_in_the_sealed_file_and_stay_open(ehm, folder):
    services = unlock(ehm, folder)
    vault = services.vault
    pen = Pen(author=vault.worker.id).begin(vault)
    half = pen.change({"/visit_note/what": "She said that"})
    vault.write(half)
    vault.keep_sealed(in_mid_writing=True)
    said_so_far = {"/visit_note/what": "She said that mornings are calm"}
    vault.write(pen.change(said_so_far, change_id=half.id))
    vault.keep_sealed(in_mid_writing=True)
    said = {c.answers["/visit_note/what"].value for c in sealed_in(folder).changes}
    assert said == {WORDS, "She said that mornings are calm"}
    assert vault.seal(pen.record)[0].id == half.id
    vault.close()


def test_killed_in_mid_wipe_it_goes_on_and_keeps_the_words_for_the_council(ehm, folder, tmp_path):
    picture = unlock(ehm, folder).vault
    name = picture.keep(PICTURE, "image/png")
    picture.keep_sealed()
    picture.close()
    give(ehm, folder, OrderKind.WIPE)
    (order,) = told(ehm, folder)
    assert start("wipe copies", folder, given=order.model_dump_json()).ended() == 0
    copies = sorted((p for p in tmp_path.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    assert len(copies) > 8
    opened = [opens(ehm, copy) for copy in copies]
    assert opened == sorted(opened, reverse=True)  # once it cannot be opened, it never can again
    for copy in copies:
        if VaultFolder(copy).wiping.exists():
            assert LaptopOrders(copy, Clock(ehm.clock)).known() == Standing(wiped=True, left=1)
            wipe(VaultFolder(copy), order)  # as the next program does
            work = sealed_in(copy)
            assert [c.answers["/visit_note/what"].value for c in work.changes] == [WORDS]
            assert base64.b64decode(work.attachments[name]) == PICTURE
            assert not any(path.name.startswith("vault.db") for path in copy.iterdir())
        else:
            assert opens(ehm, copy), "neither being wiped nor whole"


def opens(ehm, laptop: Path) -> bool:
    if not VaultFolder(laptop).holds_a_vault:
        return False
    try:
        unlock(ehm, laptop).vault.close()
    except KeyFileDamaged:
        return False
    return True
