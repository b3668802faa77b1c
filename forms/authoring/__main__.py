"""``python -m forms.authoring forms|pack ...``, and ``build-pack`` for those who set things up."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from forms.authoring.command import forms_command, pack_command


def main(arguments: Sequence[str]) -> int:
    """Runs one command; its exit code."""
    first, *rest = arguments or [""]
    if first == "forms":
        return forms_command(rest)
    if first == "pack":
        return pack_command(rest)
    if first == "build-pack":
        return pack_command(["build", *rest])
    sys.stderr.write("Write: python -m forms.authoring forms|pack COMMAND\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
