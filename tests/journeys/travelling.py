"""One journey: where it is, what it has at hand, and what was told so far."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import demo_browser
from demonstration import PASSPHRASE, WORKER, DemoCouncil

from tests.journeys import pages, story
from tests.journeys.form_page import FormPage
from tests.journeys.person import Person
from tests.journeys.program import Program
from tests.journeys.record import Record

SCREEN = {
    "screens": [
        {
            "name": "laptop",
            "x": 0,
            "y": 0,
            "width": 1366,
            "height": 900,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
    ]
}


@dataclass(slots=True)
class Journey:
    """One journey: where it is, and what was told so far."""

    out: Path
    scratch: Path
    council: DemoCouncil
    record: Record
    reference: str = ""
    answered: int = 0
    pictures: int = 0
    clicks_lost: int = 0
    told: dict[str, tuple[story.Section, ...]] = field(default_factory=dict)

    @property
    def first_laptop(self) -> Path:
        """Where the worker's laptop keeps its store."""
        return self.scratch / "laptop"

    @property
    def second_laptop(self) -> Path:
        """Where the worker's other laptop keeps its store."""
        return self.scratch / "second-laptop"

    @contextlib.contextmanager
    def open_program(self, laptop: Path, shown: str = PASSPHRASE) -> Iterator[Person]:
        """The program, running on a laptop's store until this ends; ``shown`` on its first page."""
        arguments = ["--folder", str(laptop), "--demo-passphrase", shown, "--theme", "light"]
        with Program("desktop.app", arguments, self._settings()) as program:
            person = Person(program)
            try:
                yield person
            finally:
                self.clicks_lost += person.clicks_lost

    def picture(self, person: Person, name: str) -> None:
        """A picture of the page, in the order of the journey."""
        self.pictures += 1
        person.picture(self.out / f"{self.pictures:02}-{name}.png")

    def fill(
        self, person: Person, form: str, sections: tuple[story.Section, ...], about: str = ""
    ) -> FormPage:
        """Open a form, answer it and remember what was told."""
        page = pages.open_form(person, form, about)
        page.answer_all(sections)
        self.answered += page.answered
        self.told[form] = sections
        return page

    def _settings(self) -> dict[str, str]:
        browser = {"BROWSER": demo_browser.as_setting(WORKER)}
        platform = os.environ.get("QT_QPA_PLATFORM", "")
        if platform != "offscreen":
            return browser
        file = self.scratch / "screen.json"
        file.write_text(json.dumps(SCREEN), "utf-8")
        return {**browser, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
