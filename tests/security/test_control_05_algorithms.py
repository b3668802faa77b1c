"""Control 5: only the algorithms of the inventory, and a nonce never twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from desktop.vault.key_file import StoreKey, make_key_file
from tests.desktop.vault.making import CHEAP, COUNCIL_KEY
from tests.security.sources import sources_with

# What protects data on the device and on the wire; docs/security.md says why each.
_INVENTORY = {
    "argon2.low_level",
    "cryptography.exceptions",
    "cryptography.hazmat.primitives",
    "cryptography.hazmat.primitives.asymmetric.ec",  # the demonstration's sign-in alone
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.asymmetric.x25519",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.hashes",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "cryptography.hazmat.primitives.serialization",
    "shamir_mnemonic",
}
_CRYPTOGRAPHY = (
    "argon2",
    "cryptography",
    "Crypto",
    "nacl",
    "hashlib.md5",
    "hashlib.sha1",
    "shamir",
)


def _imported(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_no_other_cryptography_is_imported() -> None:
    used = {
        module
        for _, source in sources_with(_CRYPTOGRAPHY)
        for module in _imported(source)
        if module.startswith(_CRYPTOGRAPHY)
    }
    assert used <= _INVENTORY
    assert {"argon2.low_level", "cryptography.hazmat.primitives.ciphers.aead"} <= used


def test_randomness_is_the_system_s() -> None:
    """Where keys are made, ``random`` is not to be seen."""
    for path, source in sources_with(["random"], ["desktop/vault"]):
        assert "random" not in set(_imported(source)), path.name


def test_each_sealing_has_a_nonce_of_its_own() -> None:
    key = StoreKey.make(1)
    council = COUNCIL_KEY.public_key().public_bytes_raw()
    nonces = [
        slot.nonce
        for _ in range(50)
        for slot in make_key_file("v", [key], bytearray(b"x"), CHEAP, council).slots
    ]
    assert len(set(nonces)) == len(nonces) == 100
    assert all(len(nonce) == 12 for nonce in nonces)
