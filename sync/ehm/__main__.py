"""``python -m sync.ehm``, ``your-family-ehm``: what a council's IT runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from forms.pack import PackError
from sync.contract.messages import OrderKind
from sync.ehm import council, demo, devices, erasure, packs, people
from sync.ehm.app import create_app, open_store, utc_now
from sync.ehm.openapi import as_text, openapi
from sync.ehm.server import serve
from sync.ehm.store import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 if it did it."""
    chosen = _parser().parse_args(arguments)
    try:
        done: int = chosen.run(chosen)
    except (ValueError, PackError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command's answer
        return 2
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="your-family-ehm", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serving = _command(commands, "serve", "answer requests", _serve)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8420, help="0: a free one")
    serving.add_argument("--ready-file", type=Path, help="gets the port once requests are answered")

    worker = _command(commands, "worker", "add somebody who works with families", _worker)
    worker.add_argument("name")
    worker.add_argument("--role", default="worker", choices=people.ROLES)
    worker.add_argument("--team", default="")

    code = _command(commands, "enrol-code", "print a code that enrols one device", _enrol_code)
    code.add_argument("--worker", required=True, metavar="NAME")

    publish = _command(commands, "publish", "publish a pack of forms", _publish)
    publish.add_argument("pack", type=Path)

    revoke = _command(commands, "revoke", "end a device's registration and wipe it", _revoke)
    revoke.add_argument("device")
    revoke.add_argument("--words", default="Your council has asked for this laptop to be wiped.")

    taking_out = _command(commands, "erase", "take words out of a record, everywhere", _erase)
    taking_out.add_argument("record")
    taking_out.add_argument("--path", action="append", default=[], help="none: the whole record")
    taking_out.add_argument("--by", required=True, metavar="NAME")
    taking_out.add_argument("--reason", required=True)

    demonstration = _command(commands, "demo", "add demonstration families", _demo)
    demonstration.add_argument("--pack", type=Path, required=True)
    demonstration.add_argument("--families", type=Path, required=True, metavar="FOLDER")
    demonstration.add_argument("--worker", default="Priya Shah", metavar="NAME")

    written = commands.add_parser("openapi", help="print openapi.json")
    written.set_defaults(run=_openapi)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    said: str,
    run: object,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=said)
    parser.add_argument(
        "--database", required=True, metavar="URL", help="sqlite:///FILE or postgresql://..."
    )
    parser.add_argument("--council", default="Demonstration Council")
    parser.add_argument(
        "--ledger", type=Path, metavar="FILE", help="of erasures; keep it apart from backups"
    )
    parser.add_argument("--not-a-demo", action="store_true", help="for a new database")
    parser.set_defaults(run=run)
    return parser


def _store(chosen: argparse.Namespace) -> Store:
    return open_store(chosen.database, council_name=chosen.council, is_demo=not chosen.not_a_demo)


def _serve(chosen: argparse.Namespace) -> int:
    app = create_app(
        chosen.database,
        council_name=chosen.council,
        is_demo=not chosen.not_a_demo,
        ledger=_ledger(chosen),
    )
    serve(app, chosen.host, chosen.port, chosen.ready_file)
    return 0


def _worker(chosen: argparse.Namespace) -> int:
    with _store(chosen).writing() as connection:
        print(people.add(connection, chosen.name, chosen.role, chosen.team))  # noqa: T201
    return 0


def _enrol_code(chosen: argparse.Namespace) -> int:
    with _store(chosen).writing() as connection:
        worker = people.find_or_add(connection, chosen.worker)
        print(devices.enrol_code(connection, worker, utc_now()))  # noqa: T201
    return 0


def _publish(chosen: argparse.Namespace) -> int:
    with _store(chosen).writing() as connection:
        ours = council.read(connection)
        print(packs.publish(connection, ours, chosen.pack.read_bytes(), utc_now()).version)  # noqa: T201
    return 0


def _revoke(chosen: argparse.Namespace) -> int:
    with _store(chosen).writing() as connection:
        ours = council.read(connection)
        devices.revoke(connection, ours, chosen.device, OrderKind.WIPE, chosen.words, utc_now())
    return 0


def _erase(chosen: argparse.Namespace) -> int:
    with _store(chosen).writing() as connection:
        seen_by = erasure.erase(
            connection,
            erasure.Ledger(_ledger(chosen)),
            chosen.record,
            chosen.path,
            chosen.by,
            chosen.reason,
            utc_now(),
        )
    print("\n".join(seen_by))  # noqa: T201
    return 0


def _ledger(chosen: argparse.Namespace) -> Path | None:
    """Beside an SQLite file, if no other place is named."""
    if chosen.ledger is not None:
        return Path(chosen.ledger)
    file = chosen.database.removeprefix("sqlite:///")
    return Path(file + ".erasures") if file not in ("", chosen.database) else None


def _demo(chosen: argparse.Namespace) -> int:
    with _store(chosen).writing() as connection:
        added = demo.seed(
            connection, chosen.pack.read_bytes(), chosen.families, chosen.worker, utc_now()
        )
    print(f"{added} families")  # noqa: T201
    return 0


def _openapi(_chosen: argparse.Namespace) -> int:
    print(as_text(openapi()), end="")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
