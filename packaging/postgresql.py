"""A PostgreSQL server that lives as long as the tests, where PostgreSQL is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "YOUR_FAMILY_TEST_POSTGRESQL"
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextlib.contextmanager
def throwaway_server() -> Iterator[dict[str, str]]:
    """Yield what to add to the environment: the URL of an empty database, or nothing.

    Nothing is added where PostgreSQL is not installed; the tests that want it then say so.
    """
    programs = installed_programs()
    if programs is None:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="your-family-postgresql-") as name:
        folder = Path(name)
        as_owner = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            as_owner = ["runuser", "-u", "postgres", "--"]
        data, port = folder / "data", free_port()
        control = [*as_owner, str(programs / "pg_ctl"), "--pgdata", str(data)]
        create = [*as_owner, str(programs / "initdb"), "--pgdata", str(data)]
        create += ["--username=tests", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run(create, check=True, capture_output=True, cwd=folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {SETTINGS}"
        start = [*control, "start", "--wait", "--log", str(folder / "log"), "--options", options]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield {VARIABLE: f"postgresql+psycopg://tests@127.0.0.1:{port}/postgres"}
        finally:
            stop = [*control, "stop", "--mode=immediate"]
            subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder)


def installed_programs() -> Path | None:
    """Where initdb and pg_ctl are: the newest version of Debian's layout, or on the path."""
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda program: float(program.parent.parent.name),
        reverse=True,
    )
    found = newest_first[0] if newest_first else shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
