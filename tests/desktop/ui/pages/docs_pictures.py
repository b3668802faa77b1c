"""Small pictures for ``docs/compared.md``: ``python -m tests.desktop.ui.pages.docs_pictures``."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.look.appearance import apply_look
from desktop.ui.look.palettes import Theme
from tests.desktop.ui.pages.pictures import ALL, in_window

PLACE = Path(__file__).parents[4] / "docs" / "pictures"
SHOWN = (
    "form_assessment",
    "form_one_at_a_time",
    "form_what_does_not_fit",
    "form_check_answers",
    "form_rows",
    "form_not_saved",
    "form_drafted_words",
    "form_two_answers",
    "sync_offline",
    "form_child_feelings",
)
WIDTH, COLOURS = 800, 64


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    apply_look(app, Theme.LIGHT, 1.0)
    PLACE.mkdir(exist_ok=True)
    for name in SHOWN:
        window = in_window(ALL[name](), 1100, 720)
        file = PLACE / f"compared-{name.removeprefix('form_')}.png"
        smooth = Qt.TransformationMode.SmoothTransformation
        window.grab().toImage().scaledToWidth(WIDTH, smooth).save(str(file))
        with Image.open(file) as picture:
            few = picture.convert("RGB").quantize(COLOURS)
        few.save(file, optimize=True)
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main()
