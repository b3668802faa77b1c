"""The shipped forms, and records written on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from forms.casework.known_record import KnownRecord
from forms.casework.relevance import hidden_paths
from forms.pack import Pack
from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.finalising import FINALISED, finalised_state, finalising_answer
from forms.records.heads import Heads
from forms.xforms import Definition, load_definition
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
    ) -> Change:
        """One change on top of what stands, or of ``base`` where it says so."""
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
            author="worker",
            device="device",
            number=number,
            at=NOW + timedelta(minutes=number),
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

    def finalise(self, record: str) -> None:
        """Finalise a record as it stands."""
        heads = Heads(self.changes[record])
        self.write(record, self._forms[record], {FINALISED: finalising_answer(heads, {})})

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
            finalised=finalised_state(heads) is not None,
            begun=self.changes[record][0].at,
            hidden=hidden_paths(definition, heads, lambda: NOW, UTC),
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
