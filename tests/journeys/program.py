"""The program as a child process: started, given keys and clicks, read, killed."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.journeys.tree import Control, Screen

PROJECT = Path(__file__).resolve().parents[2]
ANSWER_WITHIN = 30.0  # seconds


class ProgramGoneError(Exception):
    """The program ended, or does not answer."""


class Program:
    """One run of the program. Use as a context manager: it never outlives the driver."""

    def __init__(self, module: str, arguments: Sequence[str], settings: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.journeys.agent", module, *arguments]
        self._process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._collector = threading.Thread(target=self._collect, daemon=True)
        self._collector.start()

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._process.poll() is None:
            self.kill()
        self._collector.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def key(self, name: str, *held: str) -> None:
        """Press and let go of a key, named as in Qt without `Key_`; `held`: Shift, Control, Alt."""
        self._order(do="key", key=name, held=held)

    def text(self, text: str) -> None:
        """Type, character by character, wherever focus is."""
        self._order(do="text", text=text)

    def click(self, x: int, y: int) -> None:
        """Click the left button at a place of the screen."""
        self._order(do="click", x=x, y=y)

    def stroke(self, points: Sequence[tuple[int, int]]) -> None:
        """Draw: press at the first point, move through all of them, let go at the last."""
        self._order(do="press", x=points[0][0], y=points[0][1])
        for x, y in points[1:]:
            self._order(do="move", x=x, y=y)
        self._order(do="release", x=points[-1][0], y=points[-1][1])

    def wheel(self, x: int, y: int, steps: int) -> None:
        """Turn the wheel at a place; one step up is 1, one down is -1."""
        self._order(do="wheel", x=x, y=y, steps=steps)

    def picture(self, path: Path) -> bool:
        """Save a picture of the window in front; False if there is none."""
        return bool(self._order(do="picture", path=str(path))["saved"])

    def read(self) -> Screen:
        """All that is on the screen now."""
        return Screen([Control.from_description(window) for window in self._windows()])

    def kill(self) -> None:
        """End the process at once, with SIGKILL where there is one: no time to save anything."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def wait_for_end(self, seconds: float) -> int:
        """Wait until the program has ended by itself; its exit code."""
        return self._process.wait(seconds)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def _windows(self) -> list[dict[str, Any]]:
        windows: list[dict[str, Any]] = self._order(do="read")["windows"]
        return windows

    def _order(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=ANSWER_WITHIN)
        except BrokenPipeError as error:
            raise ProgramGoneError("The program has ended.") from error
        except queue.Empty as error:
            raise ProgramGoneError(f"No answer to {order['do']} in {ANSWER_WITHIN} s.") from error
        if line is None:
            raise ProgramGoneError(f"The program ended at {order['do']}.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _collect(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(None)
