"""Control 3: the store's key is random, and neither it nor the passphrase is written anywhere."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from desktop.vault import Vault
from desktop.vault.folder import VaultFolder
from desktop.vault.key_file import KeyFile, StoreKey
from tests.desktop.vault.making import PASSPHRASE, make_vault


def test_two_vaults_with_one_passphrase_have_nothing_in_common(tmp_path: Path) -> None:
    keys, wrapped = set(), set()
    for name in "ab":
        key_file = KeyFile.read(VaultFolder(make_vault(tmp_path / name)).key_file)
        (key,) = key_file.open_with_passphrase(bytearray(PASSPHRASE))
        assert len(key.secret) == 48
        keys.add(bytes(key.secret))
        wrapped |= {slot.sealed for slot in key_file.slots} | {
            slot.nonce for slot in key_file.slots
        }
    assert len(keys) == 2
    assert len(wrapped) == 8


def test_the_key_is_in_no_file_nor_in_the_program_s_surroundings(
    folder: Path, key: StoreKey, vault: Vault
) -> None:
    vault.remember("place", "here")
    secret = bytes(key.secret[:32])
    spelt = [
        secret,
        secret.hex().encode(),
        secret.hex().upper().encode(),
        base64.b64encode(secret)[:-2],
        PASSPHRASE,
    ]
    for path in folder.iterdir():
        content = path.read_bytes()
        assert not any(form in content for form in spelt), path.name
    around = Path("/proc/self")
    surroundings = repr(dict(os.environ)).encode()
    if around.exists():
        surroundings += (around / "cmdline").read_bytes() + (around / "environ").read_bytes()
    assert not any(form in surroundings for form in spelt)


def test_keys_and_passphrases_are_in_no_repr(key: StoreKey, vault: Vault) -> None:
    assert key.secret.hex() not in repr(key)
    assert str(bytes(key.secret)) not in repr(key)
    assert "Priya" not in repr(vault)
