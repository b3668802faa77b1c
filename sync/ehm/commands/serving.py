"""Answering requests, and the description of what is answered."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.ehm.app import create_app
from sync.ehm.commands.command import Commands, command, ledger
from sync.ehm.server import serve


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    serving = command(commands, "serve", "answer requests", _serve)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8420, help="0: a free one")
    serving.add_argument("--ready-file", type=Path, help="gets the port once requests are answered")


def _serve(chosen: argparse.Namespace) -> int:
    app = create_app(
        chosen.database,
        council_name=chosen.council,
        is_demo=not chosen.not_a_demo,
        ledger=ledger(chosen),
    )
    serve(app, chosen.host, chosen.port, chosen.ready_file)
    return 0
