"""The shipped forms, and records written on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest

from forms.casework.known_record import KnownRecord, written_at_centre
from forms.casework.relevance import hidden_paths
from forms.pack import Pack
from forms.records.answer import Answer
from forms.records.change import CENTRE, Change, Written
from forms.records.finalising import (
    AMENDED,
    FINALISED,
    finalised_at,
    finalising_answer,
    stays_finished,
)
from forms.records.heads import Heads
from forms.xforms import Definition, load_definition
from tests.forms.casework.telling import Told, answers
from tests.resources import shipped

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Writing:
    """Writes changes to records of one family, and reads them as casework does."""

    def __init__(self, pack: Pack, definitions: dict[str, Definition]) -> None:
        self.pack = pack
        self._definitions = definitions
        self._numbers = count(1)
        self.changes: dict[str, list[Change]] = {}
        self._forms: dict[str, str] = {}

    def write(
        self,
        record: str,
        form: str,
        answers: Mapping[str, str | Answer],
        base: Mapping[str, tuple[str, ...]] | None = None,
        on: date | None = None,
        author: str = "worker",
        device: str = "device",
    ) -> Change:
        """One change on top of what stands, or of ``base`` where it says so; on that day."""
        self._forms.setdefault(record, form)
        written = self.changes.setdefault(record, [])
        heads = Heads(written)
        number = next(self._numbers)
        change = Change(
            id=f"change-{number:04d}",
            record=record,
            family="family",
            form=form,
            version=self.pack.about(form).version,
            author=author,
            device=device,
            number=number,
            at=(datetime.combine(on, time(9), UTC) if on else NOW) + timedelta(minutes=number),
            zone="Europe/London",
            answers={
                path: Written(
                    answer if isinstance(answer, Answer) else Answer(answer),
                    (base or {}).get(path, heads.base(path)),
                )
                for path, answer in answers.items()
            },
        )
        written.append(change)
        return change

    def finalise(
        self, record: str, on: date | None = None, author: str = "worker", device: str = "device"
    ) -> None:
        """Finalise a record as it stands."""
        final = {FINALISED: finalising_answer(Heads(self.changes[record]), {})}
        self.write(record, self._forms[record], final, on=on, author=author, device=device)

    def agree_to_closing(self, record: str) -> None:
        """A manager agrees to it at the centre."""
        said = {"/closure/manager/manager_agrees": "yes"}
        self.write(record, "closure", said, author="manager", device=CENTRE)
        self.finalise(record, author="manager", device=CENTRE)

    def amend(self, record: str, why: str) -> None:
        """Open a finished record again."""
        self.write(record, self._forms[record], {AMENDED: why})

    def tell(
        self,
        form: str,
        *,
        on: date,
        record: str = "",
        final: bool = True,
        also: Mapping[str, str] | None = None,
        **told: Told,
    ) -> str:
        """A whole record of entities (`telling.answers`), begun and finished on one day; its id."""
        record = record or f"{form}-{len(self.changes)}"
        said = answers(self.definition(form), **told)
        self.write(record, form, {**said, **(also or {})}, on=on)
        if final:
            self.finalise(record, on)
        return record

    def known(self, record: str) -> KnownRecord:
        """The record as casework sees it."""
        form = self._forms[record]
        heads = Heads(self.changes[record])
        definition = self.definition(form)
        return KnownRecord(
            id=record,
            family="family",
            form=form,
            version=definition.version,
            definition=definition,
            heads=heads,
            finalised=stays_finished(heads),
            begun=self.changes[record][0].at,
            hidden=hidden_paths(definition, heads, lambda: NOW, UTC),
            finalised_at=finalised_at(self.changes[record]),
            author=self.changes[record][0].author,
            at_centre=written_at_centre(self.changes[record]),
        )

    @property
    def records(self) -> list[KnownRecord]:
        """Every record of the family."""
        return [self.known(record) for record in self.changes]

    def definition(self, form: str) -> Definition:
        """The form, loaded once for all tests."""
        if form not in self._definitions:
            self._definitions[form] = load_definition(self.pack.form(form), self.pack.lists)
        return self._definitions[form]


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack of the shipped sources."""
    return shipped.pack()


@pytest.fixture(scope="session")
def definitions() -> dict[str, Definition]:
    return {}


@pytest.fixture
def writing(pack: Pack, definitions: dict[str, Definition]) -> Writing:
    """An empty family."""
    return Writing(pack, definitions)


@pytest.fixture
def hartleys(writing: Writing) -> Writing:
    """The first of the demo families."""
    stored = json.loads((shipped.RESOURCES / "demo" / "families.json").read_text(encoding="utf-8"))
    for record in stored:
        if record["family"] == stored[0]["family"]:
            writing.write(record["record"], record["form"], record["answers"])
    return writing
