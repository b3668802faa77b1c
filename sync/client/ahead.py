"""One call of the wire beside the store's work, so that neither waits for the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

Reply = TypeVar("Reply")


class Ahead(Protocol):
    """Begins a call; what it gives back waits for the reply, or raises what the call raised."""

    def __call__(self, call: Callable[[], Reply], /) -> Callable[[], Reply]:
        """Begins ``call``. One at a time: the reply is waited for before the next one."""


@contextmanager
def thread_ahead() -> Iterator[Ahead]:
    """Calls run in a thread of their own, which has ended when this does."""
    with ThreadPoolExecutor(1, "wire ahead") as pool:

        def begin(call: Callable[[], Reply], /) -> Callable[[], Reply]:
            return pool.submit(call).result

        yield begin
