"""``your-family pack``: build and check where forms are made, sign, publish, roll back.

Building belongs to `forms.authoring`, publishing to the EHM; what they share is put together here.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms.pack import Pack
from sync.contract import signatures


def main(arguments: Sequence[str]) -> int:
    """Run one of the commands; the exit code."""
    if arguments[:1] in (["publish"], ["rollback"]):
        from sync.ehm.__main__ import main as office  # not on a worker's laptop

        return office(arguments)
    from forms.authoring.command import pack_command  # not on a worker's laptop either

    return pack_command(arguments, sign=signature)


def signature(key: str, content: bytes) -> str:
    """The council's signature of a pack, by its key in base64. ValueError if that is no key."""
    unsigned = signatures.unsigned_pack(Pack.read(content).version, content)
    return signatures.sign(signatures.from_base64(key.strip()), signatures.pack_text(unsigned))
