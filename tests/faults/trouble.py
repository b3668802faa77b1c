"""Faults: what can happen at every step, chosen by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sync.client.errors import (
    AnswerRefused,
    EhmFailed,
    NotReachable,
    NotTheEhm,
    SyncError,
    TooSlow,
)
from sync.client.replica import Replica

Value = TypeVar("Value")

_BEFORE = (NotReachable, NotTheEhm, EhmFailed, TooSlow)
_AFTER = (NotReachable, AnswerRefused, TooSlow, EhmFailed)


class Killed(BaseException):
    """The process of a device ended here."""


@dataclass
class Trouble:
    """How likely each fault is in one run, and how often each has happened."""

    random: random.Random
    line: float = 0.0
    kill: float = 0.0
    happened: Counter[str] = field(default_factory=Counter)
    late: list[Callable[[], object]] = field(default_factory=list)

    def happens(self, what: str, likelihood: float) -> bool:
        if likelihood and self.random.random() < likelihood:
            self.happened[what] += 1
            return True
        return False

    def call(self, ask: Callable[[], Value]) -> Value:
        """One request: lost on the way there, asked twice, or its answer lost on the way back."""
        if self.happens("lost before", self.line):
            if self.happens("arrives later", 0.3):
                self.late.append(ask)
            raise self.random.choice(_BEFORE)()
        answer = ask()
        if self.happens("asked twice", self.line * 0.6):
            answer = ask()
        if self.happens("lost after", self.line):
            raise self.random.choice(_AFTER)()
        return answer

    def arrivals(self) -> None:
        """Requests given up long ago reach the EHM now; nobody hears the answers."""
        late, self.late = self.late, []
        for ask in late:
            with suppress(SyncError):
                ask()

    def maybe_kill(self) -> None:
        if self.happens("device killed", self.kill):
            raise Killed

    def heal(self) -> None:
        self.line = self.kill = 0.0


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
            if self._trouble.happens("saved in mid-sync", self._trouble.kill):
                self._meanwhile()
            answer = method(*given, **named)
            self._trouble.maybe_kill()
            return answer

        return step
