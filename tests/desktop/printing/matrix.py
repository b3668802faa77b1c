"""Every paper, size and language before every checker: `python -m tests.desktop.printing.matrix`.

Minutes long. Each PDF is judged by page-validation (PDF/UA-1 and PDF/A-2a), by outloud (PDF/UA-1
and meaning), by our own check of the tree, by reading it back, and by laying it out untagged: lines
stand where they stand without tags. Exits with 1 if anything fails. A share is in the suite.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import outloud
import page
from PySide6.QtWidgets import QApplication

from desktop.printing import document
from desktop.printing.canvas import TaggedCanvas
from desktop.printing.setting import PrintSize
from desktop.printing.story import Story
from desktop.ui.script_setting import QtScriptSetter
from tests.desktop.printing.checking import meant
from tests.desktop.printing.every_paper import stories
from tests.desktop.printing.families import FOOT
from tests.desktop.printing.reading import Shown, TaggedPdf

_SAY_EVERY = 100  # papers: about a minute


@dataclass(frozen=True)
class Case:
    """One paper in one size."""

    name: str
    story: Story
    size: PrintSize


class _Untagged(TaggedCanvas):
    """Draws the same without a tree."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._silent = True

    def untagged(self) -> mock.MagicMock:
        """It is untagged already."""
        return mock.MagicMock()


def cases() -> Iterator[Case]:
    """Every paper in every size."""
    for name, make in stories():
        story = make()
        for size in PrintSize:
            yield Case(name, story, size)


def faults(case: Case, setter: QtScriptSetter, folder: Path) -> list[str]:
    """What is wrong with one paper in one size, by any checker; nothing if all is well."""
    pdf = document.print_story(case.story, case.size, FOOT, setter=setter).pdf
    found = []
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        found += [f"page-validation {profile}: {one.rule_id}" for one in report.failures]
    file = folder / "paper.pdf"  # this checker wants a file; the family is invented
    file.write_bytes(pdf)
    judged = outloud.check(str(file))
    found += [
        f"outloud: {one.rule} {one.message}" for one in judged.findings if one.severity == "error"
    ]
    if judged.error:
        found.append(f"outloud did not run: {judged.error}")
    tagged = TaggedPdf(pdf)
    found += tagged.faults
    if tagged.text() != meant(case.story, large=case.size.is_large):
        found.append("what is read back is not what was meant")
    if _places(tagged) != _places(TaggedPdf(untagged(case, setter))):
        found.append("lines stand elsewhere than without tags")
    return found


def untagged(case: Case, setter: QtScriptSetter) -> bytes:
    """The same pages without a tree."""
    with mock.patch.object(document, "TaggedCanvas", _Untagged):
        return document.print_story(case.story, case.size, FOOT, setter=setter).pdf


def _places(tagged: TaggedPdf) -> list[tuple[int, float, float, str]]:
    return [_place(shown) for shown in tagged.shown]


def _place(shown: Shown) -> tuple[int, float, float, str]:
    return shown.page, shown.x, shown.y, shown.text


def main() -> int:
    """Check everything, or a seeded share of it; say what fails."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--share", type=int, default=0, help="so many papers, chosen by --seed")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--named", default="", help="only papers with this in their name")
    arguments.add_argument("--part", default="1/1", help="2/3: the second of three parts of all")
    asked = arguments.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    setter, begun, failed = QtScriptSetter(), time.monotonic(), 0
    part, of = map(int, asked.part.split("/"))
    every = [case for case in cases() if asked.named in case.name][part - 1 :: of]
    chosen = random.Random(asked.seed).sample(every, asked.share) if asked.share else every
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(chosen):
            if number % _SAY_EVERY == 0:
                sys.stderr.write(f"{number} of {len(chosen)}, {failed} failures\n")
            for fault in dict.fromkeys(faults(case, setter, Path(folder))):
                failed += 1
                sys.stdout.write(f"{case.name} at {case.size.value}: {fault}\n")
    took = time.monotonic() - begun
    sys.stdout.write(f"{len(chosen)} of {len(every)} papers, {failed} failures, {took:.0f} s\n")
    application.quit()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
