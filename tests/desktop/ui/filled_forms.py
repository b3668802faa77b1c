"""Real forms on real pages: an XLSForm as a table, compiled, loaded, filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from pyxform.xls2xform import convert

from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from desktop.ui.lanes import InlineLane
from desktop.ui.moments import Moments
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.field import Surroundings
from desktop.ui.saving import Saving
from forms.records.attachment import attachment_name
from forms.records.change import Change
from forms.records.naming import Naming
from forms.records.protective import Protective
from forms.xforms import Definition, load_definition

NOW = datetime(2026, 3, 10, 14, 2, tzinfo=UTC)
RECORD = "018f3c00-0000-7000-8000-000000000001"


@cache
@cache
def definition_of(table: str) -> Definition:
    """The definition of an XLSForm written as a Markdown table; nobody writes on it."""
    compiled = convert(xlsform=table, file_type=".md", validate=False, pretty_print=False)
    return load_definition(compiled.xform.encode())


@dataclass
class Desk:
    """What stands around a form in tests: a clock, attachments in memory, and what was saved."""

    moment: datetime = NOW
    kept: dict[str, bytes] = field(default_factory=dict)
    written: list[Change] = field(default_factory=list)
    sealed: list[Change] = field(default_factory=list)
    failure: Exception | None = None

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.moment)

    def keep(self, content: bytes, extension: str) -> str:
        name = attachment_name(content, extension)
        self.kept[name] = content
        return name

    def fetch(self, name: str, then: Callable[[bytes | None], None]) -> None:
        then(self.kept.get(name))

    @property
    def around(self) -> Surroundings:
        return Surroundings(self.keep, self.fetch, lambda: self.moment)

    def write(self, change: Change) -> datetime:
        if self.failure:
            raise self.failure
        self.written.append(change)
        return self.moment

    def seal(self, changes: Sequence[Change]) -> datetime:
        if self.failure:
            raise self.failure
        self.sealed.extend(changes)
        return self.moment

    def filling(
        self,
        definition: Definition,
        changes: tuple[Change, ...] = (),
        *,
        protective: tuple[Protective, ...] = (),
        naming: tuple[Naming, ...] = (),
        place: str = "",
        finalised: bool = False,
        author: str = "kim",
    ) -> Filling:
        names = {"kim": "Kim", "ash": "Ash"}
        return Filling(
            OpenedRecord(
                record=RECORD,
                family="018f3c00-0000-7000-8000-000000000002",
                form=definition.id,
                version=definition.version,
                title="Our week",
                definition=definition,
                changes=changes,
                author=author,
                device="laptop",
                names=names,
                protective=protective,
                naming=naming,
                place=place,
                finalised=finalised,
            ),
            self.clock,
        )

    def page(self, filling: Filling, around: Surroundings | None = None) -> FormPage:
        saving = Saving(filling, InlineLane(), self.write, self.seal)
        page = FormPage(filling, saving, around or self.around, Moments(self.clock))
        saving.setParent(page)
        return page


def answers_of(filling: Filling) -> Mapping[str, str]:
    """What was said, by the last part of the path."""
    return {path.rpartition("/")[2]: value for path, value in filling.session.answers().items()}
