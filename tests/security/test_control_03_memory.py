"""Control 3: neither while the vault is open nor after it does memory hold its key in plain."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.vault.key_file import StoreKey
from tests.desktop.vault.making import PASSPHRASE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

_OPEN_AND_LOOK = """
import sys
from pathlib import Path
from desktop.vault import unlock
from tests.desktop.vault.making import CLOCK, Pen, allow_cheap_passphrases
from tests.security.test_control_03_memory import copies

allow_cheap_passphrases()
masked = bytes.fromhex(sys.argv[2])
vault = unlock(Path(sys.argv[1]), bytearray(sys.stdin.readline().encode()), CLOCK)
vault.write(Pen().change({"/note/what": "We met."}))
while_open = copies(masked)
planted = bytearray(octet ^ 0x5A for octet in masked)
with_one_planted = copies(masked)
planted[:] = bytes(len(planted))
vault.close()
print(while_open, with_one_planted, copies(masked))
"""
_MASK = bytes(octet ^ 0x5A for octet in range(256))


def copies(masked: bytes) -> int:
    """How often this process holds the key, in any form. ``masked``: the key, each bit of 0x5A
    turned, so that looking for it makes no copy."""
    found = 0
    letters = b"0123456789abcdef"
    spelt = bytes(
        letters[half] ^ 0x5A
        for octet in masked
        for half in ((octet ^ 0x5A) >> 4, (octet ^ 0x5A) & 15)
    )
    with Path("/proc/self/maps").open() as maps, Path("/proc/self/mem").open("rb", 0) as memory:
        for line in maps:
            area = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if area and "[v" not in line:
                start, end = (int(place, 16) for place in area.groups())
                memory.seek(start)
                turned = memory.read(end - start).translate(_MASK)
                found += turned.count(masked) + turned.count(spelt)
    return found


def test_no_plain_copy_of_the_key_is_in_memory(folder: Path, key: StoreKey) -> None:
    masked = bytes(key.secret[:32]).translate(_MASK).hex()
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_LOOK, str(folder), masked],
        input=PASSPHRASE.decode(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    while_open, with_one_planted, after = (int(count) for count in done.stdout.split())
    assert with_one_planted > while_open, "the search must see a copy that is there"
    assert (while_open, after) == (0, 0), "SQLCipher keeps its own copy masked"
