"""Control 6: what was erased is overwritten, even for one who has the key.

The pragmas, and what the store refuses, are in tests/desktop/vault/test_store.py.
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop.vault import Vault
from desktop.vault.folder import FolderLock, VaultFolder
from desktop.vault.key_file import StoreKey
from desktop.vault.store import open_store
from sync.contract.changes import to_wire
from sync.contract.messages import ChangeItem, ErasedItem, FeedPage, Head, Item, LeftItem
from tests.desktop.vault.making import CLOCK, Pen

_PAGE, _RESERVED, _IV = 4096, 80, 16
WORD = "Erasemequixotic"


def _decrypted(store: Path, key: StoreKey) -> bytes:
    """The pages as one with the key would see them, by AES alone: free ones and slack too."""
    whole, plain = store.read_bytes(), b""
    for at in range(0, len(whole), _PAGE):
        page = whole[at : at + _PAGE]
        hidden = page[16 if at == 0 else 0 : _PAGE - _RESERVED]
        start = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _IV]
        cipher = Cipher(algorithms.AES256(bytes(key.secret[:32])), modes.CBC(start)).decryptor()
        plain += cipher.update(hidden) + cipher.finalize()
    return plain


def _arrive(vault: Vault, *items: Item) -> None:
    head = Head(epoch="e", seq=1, hash="h")
    vault.replica.stage(FeedPage(head=head, cursor="c", more=False, left=0, items=items))
    vault.replica.show_next_families(monotonic)


@pytest.mark.parametrize("how", ["erased", "left"])
def test_what_was_erased_is_in_no_page(folder: Path, key: StoreKey, how: str) -> None:
    here, pen = VaultFolder(folder), Pen(author="tom")

    def opened() -> Vault:
        store = open_store(here.store, key)
        store.forbid()
        return Vault(store, here, FolderLock(here), CLOCK)

    vault = opened()
    for n in range(30):
        change = to_wire(pen.change({f"/note/q{n}": f"{WORD} and other words " * (n + 1)}))
        _arrive(vault, ChangeItem(change=change))
    assert vault.search(WORD) == [pen.family]
    vault.close()
    before = _decrypted(here.store, key)
    assert before[:10] != bytes(10)
    assert WORD.encode() in before
    assert WORD.casefold().encode() in before
    vault = opened()
    erased = ErasedItem(family=pen.family, record=pen.record)
    _arrive(vault, erased if how == "erased" else LeftItem(family=pen.family))
    assert vault.search(WORD) == []
    vault.close()
    after = _decrypted(here.store, key)
    for fragment in (WORD, WORD.casefold(), WORD[:9], WORD.casefold()[3:12]):
        assert fragment.encode() not in after, fragment
