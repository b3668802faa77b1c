"""Answering requests, and the description of what is answered."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from sync.ehm import awaited, measuring, provider
from sync.ehm.access import Ehm
from sync.ehm.app import create_app
from sync.ehm.commands.command import Commands, command, ledger, store
from sync.ehm.provider import Provider
from sync.ehm.server import listen, serve


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    serving = command(commands, "serve", "answer requests", _serve)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8420, help="0: a free one")
    serving.add_argument("--ready-file", type=Path, help="gets the port once requests are answered")
    serving.add_argument(
        "--demo-sign-in", action="store_true", help="people choose who they are, in a browser"
    )

    signing = command(commands, "sign-in", "say which provider people sign in with", _sign_in)
    signing.add_argument("--issuer", required=True, help="https://...; blank: the laptop's key")
    signing.add_argument("--client-id", default="your-family", help="public, with PKCE")
    signing.add_argument("--days", type=int, default=7, help="how long one sign-in is good for")
    signing.add_argument("--longest-days", type=int, default=90, help="renewed or not")


def _serve(chosen: argparse.Namespace) -> int:
    listener = listen(chosen.host, chosen.port)
    here = f"http://{chosen.host}:{listener.getsockname()[1]}"
    app = create_app(
        chosen.database,
        council_name=chosen.council,
        is_demo=not chosen.not_a_demo,
        ledger=ledger(chosen),
        demo_sign_in=here if chosen.demo_sign_in else "",
    )
    threading.Thread(target=_count_offered, args=(app.state.ehm,), daemon=True).start()
    serve(app, listener, chosen.ready_file)
    return 0


def _count_offered(ehm: Ehm) -> None:
    """So that whoever asks first for what waits, or for figures, does not wait for all of it."""
    awaited.read_due(ehm.store)
    today = ehm.clock().astimezone(measuring.ZONE).date()
    with ehm.store.reading() as connection:
        measuring.count_offered(connection, ehm.cases, today)


def _sign_in(chosen: argparse.Namespace) -> int:
    there = Provider(
        chosen.issuer, chosen.client_id, days=chosen.days, longest_days=chosen.longest_days
    )
    with store(chosen).writing() as connection:
        provider.configure(connection, there if chosen.issuer else None)
    return 0
