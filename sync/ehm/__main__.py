"""``python -m sync.ehm``, ``your-family-ehm``: what a council's IT runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import ArgumentError, OperationalError

from forms.pack_file import PackError
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
    returns,
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
    returns,
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
        return _not_done(refusal.words)
    except ValidationError as error:
        return _not_done("\n".join(_in_words(each) for each in error.errors()))
    except FileNotFoundError as missing:
        return _not_done(f"There is no file {missing.filename}.")
    except FileExistsError as there:
        return _not_done(f"There is a file {there.filename} already. Name another.")
    except OSError as error:
        return _not_done(f"{error.strerror or error}: {error.filename or ''}".removesuffix(": "))
    except (ArgumentError, OperationalError):  # their texts may name the password
        return _not_done("The database cannot be reached. Check --database, and that it runs.")
    except (ValueError, PackError) as error:
        return _not_done(str(error))
    return done


def _not_done(words: str) -> int:
    print(words, file=sys.stderr)  # noqa: T201 - a command's answer
    return 2


def _in_words(error: ErrorDetails) -> str:
    """What is wrong with something given, without repeating it."""
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


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
