"""Faults: what can happen at every step, chosen by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sync.client.errors import EhmFailed, NotReachable, NotTheEhm, SyncError, TooSlow
from sync.client.replica import Replica

Value = TypeVar("Value")

_BEFORE: dict[str, type[SyncError]] = {
    "no line": NotReachable,
    "proxy's login page": NotTheEhm,
    "5xx before the EHM": EhmFailed,
    "too slow": TooSlow,
}
_AFTER: dict[str, type[SyncError]] = {
    "line lost after the commit": NotReachable,
    "too slow after the commit": TooSlow,
    "5xx after the commit": EhmFailed,
}


class Killed(BaseException):
    """The process of a device ended here."""


class DiskFull(Exception):
    """The device's disk took nothing: what was being written is not there."""


@dataclass
class Trouble:
    """How likely each fault is in one run, and how often each has happened."""

    random: random.Random
    line: float = 0.0
    kill: float = 0.0
    full: float = 0.0
    server: float = 0.0
    cancel: float = 0.0
    happened: Counter[str] = field(default_factory=Counter)
    late: list[Callable[[], object]] = field(default_factory=list)

    def happens(self, what: str, likelihood: float) -> bool:
        if likelihood and self.random.random() < likelihood:
            self.happened[what] += 1
            return True
        return False

    def call(self, ask: Callable[[], Value]) -> Value:
        """One request: lost on the way there, asked twice, or its answer lost on the way back."""
        if self.happens("request lost", self.line):
            if self.happens("request arrives late", 0.3):
                self.late.append(ask)
            self._fail(_BEFORE)
        answer = ask()
        if self.happens("request asked twice", self.line * 0.6):
            answer = ask()
        if self.happens("answer lost", self.line):
            self._fail(_AFTER)
        return answer

    def _fail(self, ways: dict[str, type[SyncError]]) -> None:
        how = self.random.choice(sorted(ways))
        self.happened[how] += 1
        raise ways[how]()

    def shortened(self, what: str, content: bytes) -> bytes:
        """The content, or only its beginning: a line or a proxy cut it."""
        if self.happens(what, self.line * 0.3):
            return content[: self.random.randrange(len(content) or 1)]
        return content

    def arrivals(self) -> None:
        """Requests given up long ago reach the EHM now; nobody hears the answers."""
        late, self.late = self.late, []
        self.random.shuffle(late)
        for ask in late:
            with suppress(SyncError):
                ask()

    def maybe_kill(self) -> None:
        if self.happens("device killed", self.kill):
            raise Killed

    def maybe_full(self) -> None:
        if self.happens("device's disk full", self.full):
            raise DiskFull

    def take(self, other: Trouble) -> None:
        """As likely as these."""
        self.line, self.kill, self.full = other.line, other.kill, other.full
        self.server, self.cancel = other.server, other.cancel

    def heal(self) -> None:
        self.line = self.kill = self.full = self.server = self.cancel = 0.0


class Killable:
    """A replica whose process can end, or its worker go on writing, around each transaction."""

    def __init__(self, replica: Replica, trouble: Trouble, meanwhile: Callable[[], None]) -> None:
        self._replica = replica
        self._trouble = trouble
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._replica, name)

        def step(*given: object, **named: object) -> Any:
            self._trouble.maybe_kill()
            self._trouble.maybe_full()
            if self._trouble.happens("something in mid-sync", self._trouble.kill * 1.5):
                self._meanwhile()
            answer = method(*given, **named)
            self._trouble.maybe_kill()
            return answer

        return step
