"""What nobody expected: a report without personal data, and the one calm page."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType


def write_report(
    folder: Path, at: datetime, kind: type[BaseException], trace: TracebackType | None
) -> Path | None:
    """Where the program stopped: types, files and lines, never a value. None if it cannot be kept.

    The text of the error is left out: it may hold an answer.
    """
    frames = traceback.extract_tb(trace)
    report = {
        "at": at.isoformat(timespec="seconds"),
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "where": [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames],
    }
    path = folder / f"report-{at:%Y%m%d-%H%M%S}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report, indent=1))
    except OSError:
        return None
    return path


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]
