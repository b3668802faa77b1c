"""``python -m sync.ehm``, ``your-family-ehm``: what a council's IT runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from forms.pack import PackError
from sync.ehm.commands import (
    backing_up,
    carrying_over,
    demonstration,
    devices,
    erasing,
    matching,
    packs,
    people,
    policy,
    recovering,
    serving,
    waiting,
)
from sync.ehm.openapi import as_text, openapi
from sync.ehm.problems import Refusal

SUBJECTS = (
    serving,
    people,
    devices,
    recovering,
    packs,
    policy,
    matching,
    waiting,
    erasing,
    backing_up,
    carrying_over,
    demonstration,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 if it did it."""
    chosen = _parser().parse_args(arguments)
    try:
        done: int = chosen.run(chosen)
    except Refusal as refusal:
        print(refusal.words, file=sys.stderr)  # noqa: T201 - a command's answer
        return 2
    except (ValueError, PackError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command's answer
        return 2
    except FileNotFoundError as missing:
        print(f"There is no file {missing.filename}.", file=sys.stderr)  # noqa: T201 - as above
        return 2
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="your-family-ehm", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for subject in SUBJECTS:
        subject.add(commands)
    written = commands.add_parser("openapi", help="print openapi.json")
    written.set_defaults(run=_openapi)
    return parser


def _openapi(_chosen: argparse.Namespace) -> int:
    print(as_text(openapi()), end="")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
