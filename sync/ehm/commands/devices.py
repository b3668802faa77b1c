"""Codes that enrol a laptop, and orders to it: lock, wipe by two people, and what was unsent."""

from __future__ import annotations

import argparse
import base64
import csv
import os
import sys
import uuid
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.contract.messages import AskOrder, OrderKind
from sync.ehm import audit, council, device_ledger, devices, orders, people, sealed_work
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, ledger, store
from sync.ehm.ledger import Ledger
from sync.ehm.store import aware


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    code = command(commands, "enrol-code", "print a code that enrols one device", _enrol_code)
    code.add_argument("--worker", required=True, metavar="NAME")

    command(commands, "devices", "list every laptop as CSV, with what to lock or wipe it by", _list)

    for kind, said in (("lock", "lock a device"), ("wipe", "ask for a device to be wiped")):
        asking = command(commands, kind, said, _ask)
        asking.add_argument("device")
        asking.add_argument("--by", required=True, metavar="NAME")
        asking.add_argument("--reason", required=True)
        asking.set_defaults(kind=kind)

    revoke = command(commands, "revoke", "confirm, as a second person, a wipe asked for", _confirm)
    revoke.add_argument("asked", help="the number that wipe printed")
    revoke.add_argument("--by", required=True, metavar="NAME")

    key = command(commands, "escrow-key", "make the key that unsent work is sealed to", _escrow_key)
    key.add_argument("file", type=Path, help="gets the private half: keep it off this machine")

    opening = command(commands, "open-sealed", "hand in unsent work of a wiped device", _open)
    opening.add_argument("name", nargs="?", help="none: list what waits")
    opening.add_argument("--key", type=Path, metavar="FILE")
    opening.add_argument("--by", metavar="NAME", default="")


def _enrol_code(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        is_demo = council.read(connection).is_demo
        find = people.find_or_add if is_demo else people.known  # a slip is nobody's laptop
        worker = find(connection, chosen.worker)
        print(devices.enrol_code(connection, worker, utc_now()))  # noqa: T201
    return 0


def _list(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        audit.note(connection, utc_now(), "operator", "listed the laptops")
        known = devices.everything(connection)
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(("device", "laptop", "worker", "program", "enrolled", "last heard of", "is"))
    for row in known:
        heard = aware(row.last_contact).isoformat() if row.last_contact else ""
        state = "revoked" if row.revoked else "in use" if row.is_active else "worker has left"
        enrolled = aware(row.enrolled).isoformat()
        lines.writerow((row.id, row.name, row.worker, row.client, enrolled, heard, state))
    return 0


def _ask(chosen: argparse.Namespace) -> int:
    with store(chosen).reading() as connection:
        if devices.find(connection, chosen.device) is None:
            raise ValueError(
                f"No laptop is {chosen.device!r}. The first column of this lists them:"
                " your-family-ehm devices"
            )
    asked = AskOrder(
        id=str(uuid.uuid4()),
        device=chosen.device,
        kind=OrderKind(chosen.kind),
        reason=chosen.reason,
    )
    with store(chosen).writing() as connection:
        ours, by = council.read(connection), people.known(connection, chosen.by)
        print(orders.ask(connection, ours, asked, by, utc_now()).id)  # noqa: T201
    return 0


def _confirm(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        ours, by = council.read(connection), people.known(connection, chosen.by)
        given = orders.confirm(connection, ours, chosen.asked, by, utc_now())
        device_ledger.note_revoked(connection, Ledger(ledger(chosen)), given.device, utc_now())
    print(given.order)  # noqa: T201
    return 0


def _escrow_key(chosen: argparse.Namespace) -> int:
    private = X25519PrivateKey.generate()
    with os.fdopen(os.open(chosen.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(private.private_bytes_raw()) + b"\n")
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    with store(chosen).writing() as connection:
        council.set_escrow_key(connection, public)
    print(public)  # noqa: T201
    return 0


def _open(chosen: argparse.Namespace) -> int:
    if chosen.name is None:
        with store(chosen).reading() as connection:
            for name, device, received in sealed_work.waiting(connection):
                print(name, device, received.isoformat())  # noqa: T201
        return 0
    if chosen.key is None:
        raise ValueError("--key FILE is needed, with the private half of the escrow key")
    key = base64.b64decode(chosen.key.read_bytes())
    with store(chosen).writing() as connection:
        by = people.known(connection, chosen.by)
        results = sealed_work.open_and_hand_in(connection, chosen.name, key, by, utc_now())
    for result in results:
        print(result.id, result.status, result.code)  # noqa: T201
    return 0
