"""The end of this process, whatever its threads do."""

from __future__ import annotations

import faulthandler
import math
import os
import time
from threading import Timer

from desktop.exit_codes import LOCKED

WITHOUT_A_TURN = 0.15
"""Seconds that a thread of Python is waited for: on a busy machine it may not get its turn."""


class LastMoment:
    """When this process ends at the latest; of several moments the soonest counts.

    A thread of Python ends it with the right exit code. It needs Python's lock for that, which
    another may hold. So after a lock one of C ends it a little later, with `NO_TURN`: the one with
    which `faulthandler` watches, on every system; the lines that it writes go nowhere.
    """

    def __init__(self) -> None:
        self._latest = math.inf

    def comes_within(self, seconds: float, code: int) -> None:
        """End this process in so many seconds, unless it has ended before."""
        thread = Timer(seconds, os._exit, (code,))
        thread.daemon = True
        thread.start()
        latest = time.monotonic() + seconds
        if code == LOCKED and latest < self._latest:
            self._latest = latest
            nowhere = os.open(os.devnull, os.O_WRONLY)  # for good: it must be open at the end
            faulthandler.dump_traceback_later(seconds + WITHOUT_A_TURN, file=nowhere, exit=True)
