"""What a sync costs beside PouchDB and express-pouchdb: ``python -m tests.budgets.sync``.

The same records and the same changes, one after the other through the same proxy, in one run:
on loopback, and with ``--kbps 4000 --delay 60`` as on a hotspot. Ours are real vaults and an EHM
on SQLite, or with ``--database`` on PostgreSQL; what PouchDB's documents say of who and when is in
ours too, as each answer's reason. Bytes are of TCP, both ways. Fails over budget.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from forms.records.answer import Answer
from forms.records.change import Written
from sync.ehm.app import utc_now
from tests.budgets import sync_records
from tests.budgets.sync_records import Said
from tests.faults.real import PROCESSES, Stack, stack
from tests.faults.vault_laptop import VaultLaptop, an_id

PEERS = Path(__file__).parent / "peers"
PACKAGES = ["express@4", "express-pouchdb@4", "pouchdb@9", "pouchdb-adapter-memory@9"]
STEPS = ("first push", "first pull", "push changes", "pull changes", "idle")
FAMILIES = 40
BYTES = {"first push": 1 / 4, "first pull": 1.0, "push changes": 1 / 50, "pull changes": 1 / 20}
SECONDS = {"first push": 1.75, "first pull": 1.75, "push changes": 1.0, "pull changes": 1.0}
SLOWLY = {
    "first push": 1 / 3,
    "first pull": 0.8,
    "push changes": 1 / 8,
    "pull changes": 1 / 4,
}
IDLE_BYTES = 600


@dataclass(frozen=True)
class Step:
    """What one step took. ``connections``: opened for it."""

    seconds: float
    up: int
    down: int
    connections: int = 0

    @property
    def bytes(self) -> int:
        return self.up + self.down


class Proxy:
    """Counts what passes."""

    def __init__(self, port: int) -> None:
        self.port = port

    def timed(self, work: Callable[[], object]) -> Step:
        requests.get(f"http://127.0.0.1:{self.port + 1}/reset", timeout=30)
        began = time.perf_counter()
        work()
        took = time.perf_counter() - began
        passed = requests.get(f"http://127.0.0.1:{self.port + 1}/", timeout=30).json()
        return Step(took, **passed)


@contextmanager
def node(folder: Path, *arguments: str) -> Iterator[None]:
    """A program of the peers, once it says that it is ready."""
    with subprocess.Popen(["node", *arguments], cwd=folder, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"ready"
        yield
        program.kill()


def ours(chosen: argparse.Namespace, folder: Path) -> dict[str, Step]:
    """Two laptops of one worker."""
    with ExitStack() as running:
        ehm = running.enter_context(stack(chosen.database))
        line = [str(chosen.port), str(ehm.port), str(chosen.delay), str(chosen.kbps)]
        running.enter_context(node(folder, "wire_proxy.mjs", *line))
        proxy = Proxy(chosen.port)
        sender, receiver = _two_laptops(ehm, f"http://127.0.0.1:{chosen.port}", running)
        written = _write_records(sender, sync_records.records(chosen.records))
        steps = {
            "first push": proxy.timed(sender.sync_until_checked),
            "first pull": proxy.timed(receiver.sync_until_checked),
        }
        _write_changes(sender, written, sync_records.changes(chosen.changes, chosen.records))
        steps["push changes"] = proxy.timed(sender.sync_until_checked)
        steps["pull changes"] = proxy.timed(receiver.sync_until_checked)
        idle = proxy.timed(sender.sync_until_checked)
        steps["idle"] = replace(idle, up=idle.up - _credential(sender))
        assert sender.vault.replica.digests() == receiver.vault.replica.digests()
        return steps


def _credential(laptop: VaultLaptop) -> int:
    """The bytes of the header that says who asks: the budget of an idle check is without it."""
    token = laptop.wire.token
    assert token is not None
    return len(f"Authorization: Bearer {token.access_token}\r\n")


def _two_laptops(ehm: Stack, url: str, running: ExitStack) -> tuple[VaultLaptop, VaultLaptop]:
    worker = ehm.worker("priya")
    first, second = (
        running.enter_context(closing(VaultLaptop(ehm.laptop_of(worker, name), url)))
        for name in ("first", "second")
    )
    for laptop in (first, second):
        laptop.sync_until_checked()  # signed in: the credential is not counted
    return first, second


def _write_records(
    laptop: VaultLaptop, records: list[dict[str, Said]]
) -> list[tuple[str, str, str]]:
    """Family, record and change of each."""
    written, family = [], ""
    for number, said in enumerate(records):
        if number % max(1, len(records) // FAMILIES) == 0:
            family, record = laptop.begin()
        else:
            record = an_id()
            laptop.vault.begin_record(record, family, "visit_note", "1", utc_now())
        written.append((family, record, _save(laptop, family, record, said, ())))
    return written


def _write_changes(
    laptop: VaultLaptop,
    written: list[tuple[str, str, str]],
    changes: list[tuple[int, str, Said]],
) -> None:
    for number, question, said in changes:
        family, record, before = written[number]
        _save(laptop, family, record, {question: said}, (before,))


def _save(
    laptop: VaultLaptop,
    family: str,
    record: str,
    said: dict[str, Said],
    base: tuple[str, ...],
) -> str:
    answers = {
        f"/eha/{question}": Written(Answer(each.value, None, f"{each.by} {each.at}"), base)
        for question, each in said.items()
    }
    return laptop.keep(family, record, answers)


def peers(chosen: argparse.Namespace, folder: Path) -> dict[str, Step] | str:
    """PouchDB's own figures for the same work, or why there are none."""
    getting = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
    if subprocess.run(getting, cwd=folder, capture_output=True, check=False).returncode:
        return "PouchDB could not be had"
    records = sync_records.records(chosen.records)
    _as_lines(folder / "records.jsonl", [_document(n, said) for n, said in enumerate(records)])
    _as_lines(
        folder / "changes.jsonl",
        [
            {"_id": f"rec:{number:06d}", "question": question, "answer": said.as_document()}
            for number, question, said in sync_records.changes(chosen.changes, chosen.records)
        ],
    )
    (folder / "server").mkdir()
    (folder / "laptops").mkdir()
    port, server = chosen.port + 10, chosen.port + 12
    line = [str(port), str(server), str(chosen.delay), str(chosen.kbps)]
    with (
        node(folder, "express_pouchdb.mjs", str(server), "server"),
        node(folder, "wire_proxy.mjs", *line),
    ):
        files = ["laptops", "records.jsonl", "changes.jsonl"]
        running = ["node", "pouchdb_replication.mjs", str(port), *files]
        ran = subprocess.run(running, cwd=folder, capture_output=True, check=False, text=True)
    if ran.returncode:
        return ran.stderr
    return {name: Step(**step) for name, step in json.loads(ran.stdout).items()}


def _document(number: int, said: dict[str, Said]) -> dict[str, object]:
    answers = {question: each.as_document() for question, each in said.items()}
    family = f"fam:{number % FAMILIES:04d}"
    return {"_id": f"rec:{number:06d}", "family": family, "form": "eha", "answers": answers}


def _as_lines(file: Path, rows: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def judged(mine: dict[str, Step], theirs: dict[str, Step], *, is_slow: bool) -> bool:
    """Prints the table; True if all is within budget."""
    good = mine["idle"].bytes <= IDLE_BYTES
    _say(f"{'':14}{'bytes':>12}{'PouchDB':>12}{'ratio':>8}{'s':>9}{'PouchDB':>9}{'ratio':>8}")
    budget = SLOWLY if is_slow else SECONDS
    for name in STEPS:
        ours_, peer = mine[name], theirs[name]
        of_bytes, of_time = ours_.bytes / peer.bytes, ours_.seconds / peer.seconds
        within = of_bytes <= BYTES.get(name, 1) and of_time <= budget.get(name, 1)
        good = good and within
        _say(
            f"{name:14}{ours_.bytes:12,}{peer.bytes:12,}{of_bytes:8.3f}"
            f"{ours_.seconds:9.2f}{peer.seconds:9.2f}{of_time:8.2f}"
            f"{'' if within else '  over budget'}"
        )
    return good


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.budgets.sync", description=__doc__)
    parser.add_argument("--records", type=int, default=2_000)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--delay", type=int, default=0, help="milliseconds one way")
    parser.add_argument("--kbps", type=int, default=0, help="kbit/s; 0: no limit")
    parser.add_argument("--database", default="")
    parser.add_argument("--port", type=int, default=25_400, help="and some above")
    chosen = parser.parse_args()
    PROCESSES.set_forkserver_preload(["tests.faults.real"])
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file in PEERS.glob("*.mjs"):
            shutil.copyfile(file, folder / file.name)
        theirs = peers(chosen, folder)
        mine = ours(chosen, folder)
    if isinstance(theirs, str):
        _say(theirs)
        for each in STEPS:
            _say(f"{each:14}{mine[each].bytes:12,} bytes{mine[each].seconds:9.2f} s")
        return 1
    return 0 if judged(mine, theirs, is_slow=bool(chosen.kbps)) else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
