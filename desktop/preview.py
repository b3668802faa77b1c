"""``your-family forms preview FILE.xlsx``: a form as workers will see it, before it is published.

The real page on a made-up record: nothing is kept, and nothing is read but the spreadsheet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop.services.clock import Clock, system_clock
from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from desktop.ui.lanes import InlineLane
from desktop.ui.look.appearance import apply_look, make_application
from desktop.ui.moments import Moments
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.field import Surroundings
from desktop.ui.saving import Saving
from desktop.ui.window import Window
from forms.casework.people import PEOPLE_LIST, Person, people_csv
from forms.records.attachment import attachment_name
from forms.records.change import Change
from forms.terms import Glossary
from forms.xforms import FormError, load_definition

PEOPLE = (
    Person("0192f3c0-0000-7000-8000-000000000001", "", "Ada Example", "child"),
    Person("0192f3c0-0000-7000-8000-000000000002", "", "Jo Example", "parent"),
)


def begin_record(xform: bytes, clock: Clock) -> OpenedRecord:
    """A new record of this form, with two invented people to choose from. Raises FormError.

    The lists that only a whole pack brings are empty: no language's words count as checked.
    """
    definition = load_definition(xform, {PEOPLE_LIST: people_csv(PEOPLE)}, missing_is_empty=True)
    return OpenedRecord(
        record=clock.new_id(),
        family=clock.new_id(),
        form=definition.id,
        version=definition.version,
        title=definition.title(),
        definition=definition,
        changes=(),
        author="author",
        device="preview",
        names={"author": "You"},
    )


def in_their_terms(form: Path) -> bytes:
    """The form of a spreadsheet, in the terms of the pack that it lies in, if it lies in one.

    Raises FormMistakes, PackMistake.
    """
    from forms.authoring.compile import compile_form
    from forms.authoring.sources import by_language

    terms = form.parent.parent / "pack" / "terms.csv"
    return Glossary(by_language(terms) if terms.exists() else {}).in_form(compile_form(form))


def make_preview(opened: OpenedRecord, clock: Clock) -> Window:
    """A window with the form's page; what is written in it is forgotten."""
    kept: dict[str, bytes] = {}

    def keep(content: bytes, extension: str) -> str:
        name = attachment_name(content, extension)
        kept[name] = content
        return name

    def fetch(name: str, receive: Callable[[bytes | None], None]) -> None:
        receive(kept.get(name))

    def write(_: Change) -> datetime:
        return clock.now()

    def seal(_: Sequence[Change]) -> datetime:
        return clock.now()

    def now() -> datetime:
        return clock.now().astimezone(ZoneInfo(clock.zone))

    filling = Filling(opened, clock)
    saving = Saving(filling, InlineLane(), write, seal)
    page = FormPage(filling, saving, Surroundings(keep, fetch, now), Moments(clock))
    saving.setParent(page)
    window = Window(lambda: None)
    window.allow_lock(False)

    def check() -> None:
        answers = CheckAnswersPage(filling, fetch)
        answers.later.clicked.connect(window.back)
        answers.finish_asked.connect(lambda _because: window.back())

        def change(path: str) -> None:
            window.back()
            page.jump_to(path, missing=True)

        answers.change_asked.connect(change)
        window.open(answers)

    page.check_asked.connect(check)
    window.start(page)
    return window


def main(arguments: Sequence[str]) -> int:
    """Open the preview: 0 when it was closed, 1 if the form is faulty."""
    from forms.authoring.mistakes import FormMistakes
    from forms.authoring.sources import PackMistake

    parser = argparse.ArgumentParser(prog="your-family forms preview", description=__doc__)
    parser.add_argument("form", type=Path, metavar="FILE.xlsx")
    chosen = parser.parse_args(arguments)
    clock = system_clock()
    try:
        opened = begin_record(in_their_terms(chosen.form), clock)
    except (FormMistakes, FormError, PackMistake) as problem:
        sys.stderr.write(f"{problem.title}. {problem.message}\n")
        return 1
    app = make_application(sys.argv)
    apply_look(app)
    window = make_preview(opened, clock)
    window.resize(1100, 780)
    window.show()
    return app.exec()
