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
    from desktop.ui.pages.unlock import UnlockPage
    from tests.budgets.taken import taken
    from tests.desktop.ui.laptop import open_program, wait_for
    from tests.desktop.vault.making import PASSPHRASE

    app = QApplication([])
    made = open_program(app, Path(folder))
    assert isinstance(made.window.page, UnlockPage)
    made.window.page.unlock_asked.emit(bytearray(PASSPHRASE))
    wait_for(app, lambda: made.unlocked is not None and not made.vault_lane.busy)
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
    sys.stdout.write(f"{taken()}\n")
    sys.stdout.flush()
    made.end()


if __name__ == "__main__":
    main(sys.argv[1])
