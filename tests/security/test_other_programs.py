"""What other programs make of the store: nothing without the key, its tables with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.vault import Vault
from desktop.vault.key_file import StoreKey
from tests.desktop.vault.making import Pen, open_vault

STOCK = """
import sys
from sqlcipher3 import dbapi2
store = dbapi2.connect(sys.argv[1])
store.set_key(bytearray(sys.stdin.readline().strip().encode()))
print(store.execute("SELECT group_concat(value) FROM answer").fetchone()[0])
"""
WORDS = "they laugh at breakfast"


@pytest.fixture
def store(folder: Path) -> Path:
    vault: Vault = open_vault(folder)
    pen = Pen().begin(vault)
    vault.write(pen.change({"/note/what": WORDS}))
    vault.seal_all()
    vault.close()
    return folder / "vault.db"


def told_to(command: list[str], words: str) -> str:
    done = subprocess.run(command, input=words, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def raw(key: StoreKey) -> str:
    return f"x'{key.secret.hex()}'"


def test_sqlcipher_without_any_code_of_ours_reads_it_with_the_key_alone(
    store: Path, key: StoreKey
) -> None:
    command = [sys.executable, "-I", "-c", STOCK, str(store)]
    assert WORDS in told_to(command, raw(key))
    assert "not a database" in told_to(command, f"x'{'00' * len(key.secret)}'")


def test_the_sqlite3_command_reads_nothing(store: Path) -> None:
    program = shutil.which("sqlite3")
    if program is None:
        pytest.skip("there is no sqlite3 command here")
    said = told_to([program, str(store)], "SELECT group_concat(value) FROM answer;\n")
    assert WORDS not in said
    assert "not a database" in said or "encrypted" in said


def test_the_sqlcipher_command_reads_it_with_the_key(store: Path, key: StoreKey) -> None:
    program = shutil.which("sqlcipher")
    if program is None:
        pytest.skip("there is no sqlcipher command here")
    version = told_to([program, ":memory:"], "PRAGMA cipher_version;\n").strip()
    if not version or int(version.split(".")[0]) < 4:
        pytest.skip(f"SQLCipher {version} is older than the store's format, which is of 4")
    asked = f'PRAGMA key = "{raw(key)}";\nSELECT group_concat(value) FROM answer;\n'
    assert WORDS in told_to([program, str(store)], asked)
