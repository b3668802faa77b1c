"""The garbage collector at rest, while many objects are made and all of them are kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Rubbish is not looked for meanwhile: it took a third of the time of opening a large form, and
    of reading a page of the feed.

    Two threads may be in it at once: it is switched on again when the first that came has left.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
