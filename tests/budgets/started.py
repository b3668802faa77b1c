"""What `tests.budgets.start` starts: the program, as ``your-family`` starts it, until it is seen.

It begins as the small parent, which has nothing of Qt. The laptop is the one of this XDG_DATA_HOME.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

import desktop.__main__ as parent


def _until_painted(arguments: Sequence[str]) -> None:
    from desktop.app import Program, main
    from tests.budgets.first_paint import FirstPaint

    begin = Program.start

    def start(self: Program) -> None:
        begin(self)
        FirstPaint(self.window)

    Program.start = start  # type: ignore[method-assign]
    main(arguments)


if __name__ == "__main__":
    os.environ["YOUR_FAMILY_WORKED_BEFORE"] = str(time.process_time())
    parent._program = _until_painted
    sys.exit(parent.keep_open(()))
