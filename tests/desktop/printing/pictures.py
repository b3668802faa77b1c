"""Pages to look at: `python -m tests.desktop.printing.pictures OUT WORDS... --size 14 --pages 2`.

Draws the first pages of every paper whose name has all the words, as `OUT/name-size-page.png`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.printing.document import print_story
from desktop.printing.render import Pages
from desktop.printing.setting import PrintSize
from desktop.ui.page_image import image_of
from desktop.ui.script_setting import QtScriptSetter
from tests.desktop.printing.every_paper import stories
from tests.desktop.printing.families import FOOT


def main() -> None:
    """Draw what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("words", nargs="*")
    arguments.add_argument("--size", type=int, default=PrintSize.STANDARD)
    arguments.add_argument("--pages", type=int, default=2)
    asked = arguments.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    setter = QtScriptSetter()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, make in stories():
        if all(word in name for word in asked.words):
            printed = print_story(make(), PrintSize(asked.size), FOOT, setter=setter)
            with Pages(printed.pdf) as pages:
                for number in range(min(asked.pages, len(pages))):
                    file = f"{name}-{asked.size}-{number + 1}.png".replace(" ", "-")
                    image_of(pages.at_dpi(number, 72)).save(str(asked.out / file))
            sys.stdout.write(f"{name} at {asked.size}: {len(printed.texts)} pages\n")
    application.quit()


if __name__ == "__main__":
    main()
