"""Invented records for the budget of sync: 82 answers and about 8 KB each, the same every time."""

from __future__ import annotations

import random
from dataclasses import dataclass

from desktop.vault.passphrase import word_list

QUESTIONS = 82
_WORDS = word_list()[::80]


@dataclass(frozen=True)
class Said:
    """An answer, by whom and when, as the peers' documents hold it."""

    value: str
    by: str
    at: str

    def as_document(self) -> dict[str, str]:
        return {"v": self.value, "by": self.by, "at": self.at}


def question(number: int) -> str:
    return f"q_{number:03d}"


def records(count: int) -> list[dict[str, Said]]:
    """Question to what was said, for each record."""
    chance = random.Random(4)
    return [
        {question(number): _said(chance, number) for number in range(QUESTIONS)}
        for _ in range(count)
    ]


def changes(count: int, among: int) -> list[tuple[int, str, Said]]:
    """Which record, which question, what is said now: one answer each, spread evenly."""
    chance = random.Random(5)
    return [
        (number * among // count, question(number * 7 % QUESTIONS), _said(chance, 0))
        for number in range(count)
    ]


def _said(chance: random.Random, number: int) -> Said:
    kinds = (
        " ".join(chance.choices(_WORDS, k=chance.randrange(8, 30))),
        chance.choice(("yes", "no", "not_known")),
        str(chance.randrange(10)),
        f"2026-0{chance.randrange(1, 10)}-1{chance.randrange(10)}",
    )
    at = f"2026-03-0{chance.randrange(1, 10)}T1{chance.randrange(10)}:12:00Z"
    return Said(kinds[number % len(kinds)], f"{chance.getrandbits(32):08x}", at)
