"""A demo council on this machine: its pack, its EHM, its families, and laptops enrolled with it.

Runs in `.venv`. run.py starts it; the journey uses it as well.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from demo_browser import browser_of
from environment import PROJECT
from set_up_error import SetUpError

from desktop.services.clock import system_clock
from desktop.services.enrolling import enrol

PASSPHRASE = "rivers carry quiet lanterns home"  # noqa: S105  it is shown on the unlock page
COUNCIL, WORKER, LAPTOP = "Demo Council", "Priya Shah", "Demo laptop"
MANAGER, COORDINATOR = "Ruth Adeyemi", "Amy Cole"
STARTS_WITHIN = 60.0  # seconds


class DemoCouncil:
    """The central side of a demonstration, all of it in one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.pack = folder / "pack.zip"
        self._whose = ("--database", f"sqlite:///{folder / 'ehm.sqlite'}", "--council", COUNCIL)
        self._process: subprocess.Popen[bytes] | None = None
        self._port = self._known_port()

    @property
    def address(self) -> str:
        """Where the EHM is, or will be when it is started."""
        return f"http://127.0.0.1:{self._port}"

    def found(self) -> None:
        """Build the pack and put the demo families into the EHM, unless that has been done."""
        if self.pack.exists():
            return
        unfinished = self.pack.with_suffix(".unfinished")
        python("forms.authoring", "build-pack", str(PROJECT / "resources"), str(unfinished))
        families = str(PROJECT / "resources" / "demo")
        self._ehm("demo", "--pack", str(unfinished), "--families", families, "--worker", WORKER)
        for name, role in ((MANAGER, "manager"), (COORDINATOR, "coordinator")):
            self._ehm("worker", name, "--role", role)
        unfinished.rename(self.pack)

    def new_code(self, worker: str = WORKER) -> str:
        """A code that enrols one more laptop of somebody at the demo council, once."""
        return self._ehm("enrol-code", "--worker", worker).strip()

    def start(self) -> None:
        """Serve the API; returns when it answers."""
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "sync.ehm", "serve", *self._whose]
        command += ["--port", str(self._port), "--ready-file", str(ready), "--demo-sign-in"]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdout=subprocess.DEVNULL, start_new_session=True
        )  # in a session of its own: Ctrl+C is for the program, and the EHM ends after it
        until = time.monotonic() + STARTS_WITHIN
        while not ready.exists():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise SetUpError(
                    "The demo council's system did not start.",
                    f"Perhaps another program uses port {self._port}. Close it, or begin again "
                    "with: python3 packaging/run.py --fresh",
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop serving. What was stored stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _known_port(self) -> int:
        """The port of the last time, which the laptops know, or a free one."""
        file = self.folder / "port"
        port = int(file.read_text("ascii")) if file.exists() else free_port()
        file.write_text(str(port), "ascii")
        return port

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Serve for as long as this lasts."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def _ehm(self, command: str, *arguments: str) -> str:
        return python("sync.ehm", command, *self._whose, *arguments)


def python(module: str, *arguments: str) -> str:
    """Run a module of the project to its end; what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def enrol_laptop(folder: Path, council: DemoCouncil, worker: str = WORKER) -> None:
    """Make the encrypted store of a laptop, register it and sign in; the council must be serving.

    As the program does it, but that nobody has to choose in a browser who they are.
    """
    enrol(
        folder,
        bytearray(PASSPHRASE.encode()),
        council.address,
        council.new_code(worker),
        system_clock(),
        name=LAPTOP,
        open_browser=browser_of(worker),
    )


def open_program(folder: Path) -> int:
    """Open the program on a laptop's folder and wait until it is closed; its exit code."""
    command = [sys.executable, "-m", "desktop", "--folder", str(folder)]
    command += ["--demo-passphrase", PASSPHRASE]
    program = subprocess.Popen(command, cwd=PROJECT)
    try:
        return program.wait()
    except KeyboardInterrupt:  # it has had its own
        return program.wait()
    except SystemExit:
        program.send_signal(signal.SIGINT)  # it ends the process that holds the data, then itself
        return program.wait()


def demonstrate(folder: Path, fresh: bool) -> int:
    """Serve the demo council and open the program beside it."""
    if fresh and folder.exists():
        shutil.rmtree(folder)
    council, laptop = DemoCouncil(folder / "council"), folder / "laptop"
    council.found()
    with council.serving():
        if not laptop.exists():
            print("Enrolling this laptop with the demo council.", flush=True)
            enrol_laptop(laptop, council)
        print(f"The demo council answers at {council.address}.")
        print(f"The passphrase of this demonstration is: {PASSPHRASE}", flush=True)
        return open_program(laptop)


def main() -> int:
    """`python packaging/demonstration.py FOLDER [--fresh]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args()
    if os.name == "posix":
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the EHM is stopped
    try:
        return demonstrate(options.folder.resolve(), options.fresh)
    except SetUpError as error:
        print(f"\n{error.title}\n{error.message}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
