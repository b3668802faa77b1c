"""The texts that families are told or sign: ``<key>.<language>.md`` among the sources of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from forms.authoring.sources import PackMistake
from forms.manifest import Wording
from forms.terms import ENGLISH
from forms.xforms.spoken_lists import BETWEEN

_WORDING = re.compile(r"(?P<key>\w+)\.(?P<language>[a-z]{2,3})\.md")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")
Row = Mapping[str, str]


def read_wordings(sources: Path) -> tuple[Wording, ...]:
    """Each ``<key>.<language>.md``: lines of ``name: value``, a blank line, then the words.

    Raises PackMistake.
    """
    return tuple(_wordings(sources))


def checked_texts(wordings: Sequence[Wording], language: str) -> frozenset[str]:
    """The keys of texts that somebody checked in a language, in words as new as the English."""
    return frozenset(w.key for w in _current(wordings, language) if w.checked_by)


def text_list(
    languages: Sequence[Row], wordings: Sequence[Wording]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and rows of the list that forms show texts from.

    A row is an English text, with what it reads in each language of the forms: drafted words too,
    which the form then says of itself. Below stand those that somebody checked, by the language of
    whoever answered: ``agreement.polish``.
    """
    others = [row for row in languages if row["words"] != ENGLISH]
    spoken = {row["words"]: {w.key: w for w in _current(wordings, row["words"])} for row in others}
    columns = tuple(f"label{BETWEEN}{row['language']}" for row in others)
    rows = [
        (
            *(w.key, _shown(w), w.version, w.language),
            *(_shown(spoken[row["words"]].get(w.key)) for row in others),
        )
        for w in wordings
        if w.language == ENGLISH
    ]
    nothing = ("",) * len(others)
    rows += [
        (f"{w.key}.{row['code']}", _shown(w), w.version, w.language, *nothing)
        for row in others
        for w in spoken[row["words"]].values()
        if w.checked_by
    ]
    return ("name", "label", "version", "language", *columns), rows


def _current(wordings: Sequence[Wording], language: str) -> Iterator[Wording]:
    """The texts of a language that are as new as the English ones."""
    english = {one.key: one.version for one in wordings if one.language == ENGLISH}
    for one in wordings:
        if one.language == language and one.version == english.get(one.key):
            yield one


def _shown(wording: Wording | None) -> str:
    """A text as it is shown, and kept when it is signed: its paragraphs, however it is wrapped."""
    parts = _BETWEEN_PARAGRAPHS.split(wording.words) if wording else ()
    return "\n\n".join(" ".join(part.split()) for part in parts)


def _wordings(sources: Path) -> Iterator[Wording]:
    for file in sorted(sources.glob("*.md")):
        found = _WORDING.fullmatch(file.name)
        if found is None:
            continue
        head, _, words = file.read_text(encoding="utf-8").partition("\n\n")
        said = dict(line.split(":", 1) for line in head.splitlines() if ":" in line)
        if not said.get("version", "").strip():
            raise PackMistake(file.name, "its first line must say its version: “version: 2026.11”.")
        yield Wording(
            key=found["key"],
            version=said["version"].strip(),
            language=found["language"],
            words=words.strip(),
            checked_by=said.get("checked_by", "").strip(),
            checked_on=said.get("checked_on", "").strip(),
        )
