"""Which answers of a record read as blank: their questions are not asked as things stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo

from forms.records.heads import Heads
from forms.xforms import Definition, NoSuchPath, Session


def hidden_paths(
    definition: Definition, heads: Heads, clock: Callable[[], datetime], zone: tzinfo
) -> frozenset[str]:
    """The paths of answers that stand in the record, but are not relevant under any head.

    While two heads differ, a question that either of them asks counts as asked (design: words,
    *head*). Raises FormError if the form cannot be worked out.
    """
    hidden: frozenset[str] | None = None
    for answers in _readings(heads):
        here = _hidden(Session(definition, answers, clock=clock, zone=zone))
        hidden = here if hidden is None else hidden & here
    return hidden or frozenset()


def _hidden(session: Session) -> frozenset[str]:
    return frozenset(path for path in session.answers() if _is_hidden(session, path))


def _is_hidden(session: Session, path: str) -> bool:
    try:
        return not session.node(path).relevant
    except NoSuchPath:
        return False


def _readings(heads: Heads) -> Iterator[Mapping[str, str]]:
    """The record as every device reads it, then with each other head in its place."""
    current = {path: answer.value for path, answer in heads.answers().items()}
    yield current
    for path in heads.conflicts():
        for answer in heads.of(path).values():
            if answer != heads.current(path):
                yield {**current, path: answer.value}
