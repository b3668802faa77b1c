"""``python -m forms.authoring``: compile a form, build a pack."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from forms.authoring.compile import compile_form
from forms.authoring.mistakes import FormMistakes
from forms.authoring.pack import PackMistake, build_pack
from forms.pack import PackError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 if all is well, 1 if something must be put right, 2 if misused."""
    parser = argparse.ArgumentParser(prog="python -m forms.authoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    compiling = commands.add_parser("compile", help="write the XForm of a spreadsheet")
    compiling.add_argument("xlsx", type=Path)
    compiling.add_argument("out", type=Path)
    building = commands.add_parser("build-pack", help="build the pack of a folder of sources")
    building.add_argument("source", type=Path)
    building.add_argument("out", type=Path)
    building.add_argument("--earlier", type=Path, help="the pack published before this one")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "compile":
            chosen.out.write_bytes(compile_form(chosen.xlsx))
        else:
            earlier = chosen.earlier.read_bytes() if chosen.earlier else None
            chosen.out.write_bytes(build_pack(chosen.source, earlier))
    except (FormMistakes, PackMistake, PackError) as problem:
        sys.stderr.write(f"{problem.title}. {problem.message}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
