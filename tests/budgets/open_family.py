"""The program's memory, in MB, as after an hour's work: ``open_family FOLDER``.

A family and one of its forms are open. Resident is what `tests.budgets.start` holds to its budget;
of that, ``own`` is nobody else's, and the rest are pages of libraries that others may share.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication


def main(folder: str) -> None:
    """Open them, and say what it takes."""
    from desktop.ui.pages.family import FamilyPage
    from desktop.ui.pages.form import FormPage
    from tests.desktop.ui.laptop import open_program, unlock, wait_for

    app = QApplication([])
    made = open_program(app, Path(folder))
    unlock(app, made)
    unlocked = made.unlocked
    assert unlocked is not None
    services = unlocked.services
    of = services.families.begin()
    record = services.records.begin(of, "assessment")
    unlocked.open_family(of)
    wait_for(app, lambda: isinstance(made.window.page, FamilyPage) and not made.vault_lane.busy)
    unlocked.open_record(record, "")
    wait_for(app, lambda: isinstance(made.window.page, FormPage) and not made.vault_lane.busy)
    for _ in range(200):
        app.processEvents()
    taken = _megabytes()
    sys.stdout.write(f"{taken['Rss']} {taken['Pss']} {taken['Private_Dirty']}\n")
    sys.stdout.flush()
    made.end()


def _megabytes() -> dict[str, float]:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(value.split()[0]) / 1024 for name, value in (x.split(":") for x in lines)}


if __name__ == "__main__":
    main(sys.argv[1])
