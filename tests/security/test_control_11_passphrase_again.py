"""Control 11: what leaves the laptop, or opens it, takes the passphrase again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.exporting import Exporting, MayNotExport, WhyExport
from desktop.services.policy import Policy
from desktop.vault import STROKES, Vault
from desktop.vault.errors import WrongPassphrase
from desktop.vault.sealed_export import NotAnExport, open_export, seal_export
from desktop.vault_command import main as vault_command
from sync.contract.escrow import UnsentWork
from tests.desktop.vault.making import PASSPHRASE, Pen, make_vault, open_vault

OWN = b"seven otters answer maple drums"
WORDS = "They laughed at breakfast"
ALLOWED = replace(Policy(), may_export=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("made") / "vault")


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    vault = open_vault(folder)
    yield vault
    vault.close()


@pytest.fixture
def family(vault: Vault) -> str:
    pen = Pen().begin(vault)
    drawing = vault.keep(b"[1, 2]", STROKES)
    vault.write(pen.change({"/visit_note/what": WORDS, "/visit_note/drawing": drawing}))
    vault.seal_all()
    return pen.family


def test_an_export_is_of_one_family_whole_and_opens_with_its_own_passphrase(vault, folder, family):
    exporting = Exporting(vault, folder, ALLOWED)
    sealed = exporting.family(family, bytearray(PASSPHRASE), bytearray(OWN), "For the court")
    assert WORDS.encode() not in sealed
    work = UnsentWork.model_validate_json(open_export(sealed, bytearray(OWN)))
    (change,) = work.changes
    assert change.answers["/visit_note/what"].value == WORDS
    assert len(work.attachments) == 1
    last = vault.audit()[-1].event
    assert (last.kind, last.family, last.reason) == ("exported", family, "For the court")
    with pytest.raises(WrongPassphrase):
        open_export(sealed, bytearray(PASSPHRASE))


def test_without_policy_passphrase_or_reason_nothing_leaves(vault, folder, family):
    right, before = bytearray(PASSPHRASE), len(vault.audit())
    with pytest.raises(MayNotExport):
        Exporting(vault, folder, Policy()).family(family, right, bytearray(OWN), "For the court")
    with pytest.raises(WrongPassphrase):
        Exporting(vault, folder, ALLOWED).family(family, bytearray(b"x"), bytearray(OWN), "Court")
    with pytest.raises(WhyExport):
        Exporting(vault, folder, ALLOWED).family(family, right, bytearray(OWN), " ")
    assert len(vault.audit()) == before


@pytest.mark.parametrize("at", [0, 4, 5, 9, 10, 26, 40, -1])
def test_an_export_with_a_flipped_byte_is_refused(at):
    sealed = bytearray(seal_export(b"They laughed", bytearray(OWN)))
    sealed[at] ^= 0x40
    with pytest.raises((NotAnExport, WrongPassphrase)):
        open_export(bytes(sealed), bytearray(OWN))


@pytest.mark.parametrize("command", [["change-passphrase"], ["rekey"]])
def test_a_command_without_the_passphrase_does_nothing(folder, command, monkeypatch):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "tries"}
    typed = "not this one\n" + OWN.decode() + "\n" + OWN.decode() + "\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert vault_command([*command, "--folder", str(folder)]) == 2
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "tries"}
    assert after == before
