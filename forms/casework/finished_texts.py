"""The council's texts that a record was finished with: what was told, and what was agreed to.

A text that the council words anew afterwards is not what those people signed. A signature belongs
to the words that it was put under: the first that the record was finished with while it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from forms.records.answer_path import schema_path
from forms.records.change import Change
from forms.records.finalising import FINALISED, finalised_state, is_amended, read_finalised
from forms.records.heads import Heads
from forms.xforms import Definition, NoSuchPath, Session


@dataclass(frozen=True, slots=True, repr=False)
class Finishing:
    """One time that a record was finished: which answers stood, and the council's texts by path."""

    at: datetime
    heads: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]

    def of(self, sees: Callable[[str], bool]) -> Finishing:
        """What of it may be told where only these paths may be seen."""
        heads = {path: ids for path, ids in self.heads.items() if sees(path)}
        return Finishing(self.at, heads, {p: text for p, text in self.texts.items() if sees(p)})


@dataclass(frozen=True, slots=True, repr=False)
class EarlierWords:
    """Texts that a record was finished with, and that it says otherwise now.

    ``signed``: the paths of the signatures that were put under them, and stand.
    """

    at: datetime
    words: tuple[str, ...]
    signed: frozenset[str]


def finished_texts(definition: Definition, heads: Heads) -> dict[str, str]:
    """The texts by path, of a record that was finished and is not being amended; else none.

    What arrived after it was finished leaves them as they were.
    """
    state = None if is_amended(heads) else finalised_state(heads)
    return _texts(definition, state.calculated if state is not None else {})


def finishings(definition: Definition, changes: Iterable[Change]) -> tuple[Finishing, ...]:
    """Every time that a record with texts of the council was finished, the first before."""
    found = []
    for change in changes:
        written = change.answers.get(FINALISED)
        state = read_finalised(written.answer) if written is not None else None
        texts = _texts(definition, state.calculated) if state is not None else {}
        if state is not None and texts:
            found.append(Finishing(change.at, state.heads, texts))
    return tuple(sorted(found, key=lambda one: one.at))


def worded_since(session: Session, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of ``texts`` that the form would say otherwise now: answers for another `Session`.

    A text that the council has no more counts: it was said. What a reader may not have must be
    out of ``texts`` before.
    """
    found: dict[str, str] = {}
    for path, words in texts.items():
        with suppress(NoSuchPath):
            if session.node(path).value != words:
                found[path] = words
    return found


def calculated(session: Session, stood: Iterable[str]) -> dict[str, str]:
    """What follows in a session, for finishing; ``stood``: at which paths texts stood in it.

    A text that stood was given to the session as an answer, and is what people read.
    """
    answers = session.answers_at(tuple(stood))
    return {**session.calculated(), **{path: said for path, said in answers.items() if said}}


def earlier_words(
    session: Session, heads: Heads, known: Iterable[Finishing]
) -> tuple[EarlierWords, ...]:
    """What the record was finished with and says otherwise in this session, the first before."""
    known = tuple(known)
    standing = {
        node.path: heads.base(node.path)
        for node in (session.root.walk() if known else ())
        if "signature" in node.appearance and node.value
    }
    shown = session.definition.text_words if known else ()
    found: list[EarlierWords] = []
    for one in known:
        signed = frozenset(path for path, ids in standing.items() if one.heads.get(path) == ids)
        standing = {path: ids for path, ids in standing.items() if path not in signed}
        texts = {p: words for p, words in one.texts.items() if schema_path(p) in shown}
        words = tuple(dict.fromkeys(worded_since(session, texts).values()))
        if words and found and found[-1].words == words:
            found[-1] = EarlierWords(one.at, words, found[-1].signed | signed)
        elif words:
            found.append(EarlierWords(one.at, words, signed))
    return tuple(found)


def _texts(definition: Definition, calculated: Mapping[str, str]) -> dict[str, str]:
    texts = definition.texts if calculated else ()
    return {path: words for path, words in calculated.items() if schema_path(path) in texts}
