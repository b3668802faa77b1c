"""Invented families and what is written about them, made the same way each time."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from forms.records.identifiers import new_id, provisional_reference
from sync.contract.messages import NewFamily, WireAnswer, WireChange

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Pen:
    """Writes for one worker on one device; its clock moves a second with each change."""

    worker: str = "priya"
    device: str = "0192f3c0-0000-7000-8000-0000000000d1"
    seed: int = 1
    number: int = 0
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(f"{self.worker}/{self.device}/{self.seed}")

    def id(self) -> str:
        return new_id(BEGUN + timedelta(seconds=self.number), self._random.randbytes)

    def family(self) -> NewFamily:
        family = self.id()
        return NewFamily(id=family, reference=provisional_reference(family), begun=BEGUN)

    def change(
        self,
        family: str,
        record: str,
        answers: Mapping[str, str],
        base: Mapping[str, tuple[str, ...]] | None = None,
        form: str = "visit_note",
    ) -> WireChange:
        self.number += 1
        return WireChange(
            id=self.id(),
            record=record,
            family=family,
            form=form,
            version="1",
            author=self.worker,
            device=self.device,
            number=self.number,
            at=BEGUN + timedelta(seconds=self.number),
            zone="Europe/London",
            answers={
                path: WireAnswer(value=value, base=(base or {}).get(path, ()))
                for path, value in answers.items()
            },
        )
