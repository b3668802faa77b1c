"""What is written about one person, as a draft for an officer to read: never for anybody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Facts,
    Framed,
    Heading,
    Run,
    Story,
    Table,
    Text,
)

MARKS = {
    "third_party": "about others",
    "restricted": "restricted",
    "serious_harm": "serious harm?",
}


@dataclass(frozen=True)
class AccessRow:
    """One answer of a record, with its marks (keys of `MARKS`)."""

    record: str
    title: str
    question: str
    said: str
    by: str
    at: datetime
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccessSheet:
    """A draft as it is read. `not_here` says in words what was not searched."""

    person: str
    number: str
    made: datetime
    reason: str
    rows: tuple[AccessRow, ...]
    left_out: int = 0
    not_here: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccessWords:
    """The fixed words."""

    language: str = "en-GB"
    title: str = "Draft for an officer: what is written about one person"
    not_ready: str = "This is not ready to be given to anybody."
    what_to_do: tuple[str, ...] = (
        "Read every line. That a line has no mark does not say that it may be given.",
        "“About others”: take out what is about them, or ask them, or weigh it.",
        "“Restricted”: ask whoever wrote it, or the agency it came from.",
        "“Serious harm?”: ask whether telling it could seriously harm anybody, and write down "
        "who decided. If in doubt, do not give it.",
        "Write down what was given, what was held back, and why.",
    )
    person: str = "About"
    number: str = "Family"
    made: str = "Made"
    reason: str = "Because"
    counts: str = "Lines"
    counted: str = "{all} in all; {marked} with marks; {left_out} of others alone are left out"
    not_here: str = "What is not in here"
    question: str = "Question"
    said: str = "What is written"
    by: str = "Who, when"
    look: str = "Look at"
    none: str = "Nothing is written about this person."


def access_story(sheet: AccessSheet, words: AccessWords | None = None) -> Story:
    """The draft: what to do with it first, then record by record, the oldest first."""
    words = words or AccessWords()
    marked = sum(bool(row.marks) for row in sheet.rows)
    counted = words.counted.format(all=len(sheet.rows), marked=marked, left_out=sheet.left_out)
    blocks: list[Block] = [
        Heading(words.title, 1),
        Framed((Text((Run(words.not_ready, bold=True),)), Bullets(words.what_to_do))),
        Facts(
            (
                (words.person, sheet.person),
                (words.number, sheet.number),
                (words.made, f"{sheet.made:%d.%m.%Y %H:%M} UTC"),
                (words.reason, sheet.reason),
                (words.counts, counted),
            )
        ),
    ]
    if sheet.not_here:
        blocks += [Heading(words.not_here), Bullets(sheet.not_here)]
    if not sheet.rows:
        blocks.append(Text(words.none))
    return Story(words.title, (*blocks, *_records(sheet, words)), words.language)


def _records(sheet: AccessSheet, words: AccessWords) -> Iterator[Block]:
    order = {row.record: at for at, row in reversed(list(enumerate(sheet.rows)))}
    rows = sorted(sheet.rows, key=lambda row: order[row.record])
    columns = (
        Column(words.question, 26),
        Column(words.said, 38),
        Column(words.by, 20),
        Column(words.look, 16),
    )
    for _, found in groupby(rows, key=lambda row: row.record):
        of_record = list(found)
        yield Heading(of_record[0].title)
        yield Table(
            columns,
            tuple(
                (
                    row.question,
                    row.said,
                    f"{row.by}, {row.at:%d.%m.%Y}",
                    ", ".join(MARKS.get(mark, mark) for mark in row.marks),
                )
                for row in of_record
            ),
            words.question,
        )
