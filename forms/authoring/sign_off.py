"""What an analyst signs off: a question that feeds a measure, and that now offers something else.

A scale of 0 to 10 that becomes 1 to 5 makes figures of before and after say different things
(domain.md 7.6). A question feeds measures where its answer is saved to an entity (``save_to``):
all that measures count is folded from those. Whoever looked at the change is named in
``signed_off.csv``. Lists of the pack have codes that are kept, and are not asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.sources import read_rows
from forms.xforms import Definition
from forms.xforms.definition import Question

FILE = "signed_off.csv"
COLUMNS = ("form", "version", "analyst", "signed_on")


def signed_off(sources: Path) -> frozenset[tuple[str, str]]:
    """The forms with the version of each that a named analyst agreed to. Raises PackMistake."""
    file = sources / FILE
    rows = read_rows(file, COLUMNS) if file.exists() else ()
    return frozenset((row["form"], row["version"]) for row in rows if row["analyst"])


def to_sign_off(old: Definition, new: Definition, mapped: Mapping[str, str]) -> Iterator[Mistake]:
    """Each question that feeds a measure, and that offers other types, choices or a scale now.

    Choices are compared with their words: those anchor a scale that people choose from.
    """
    are = {question.path: question for question in new.questions}
    for was in old.questions:
        now = are.get(mapped.get(was.path, was.path))
        if was.save_to and (now is None or _offered(was) != _offered(now)):
            yield Mistake(
                f"“{was.label()}” feeds a measure, and what it offers has changed.",
                f"Ask an analyst, and name them in {FILE}: {new.id},{new.version}, their name and "
                "the day.",
            )


def _offered(question: Question) -> tuple[object, ...]:
    choices = tuple(sorted(question.choice_words))
    return question.control, question.type, choices, question.scale
