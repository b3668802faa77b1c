"""Undo: a new change that restores what the author's earlier change replaced.

Worked out from the record's changes alone, so it survives a lock, and only while that change is
still the head: otherwise somebody else's answer is there now, and it says whose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.records.answer import BLANK, Answer
from forms.records.answer_path import is_row
from forms.records.change import Change, Written
from forms.records.heads import Heads


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing would write. ``taken_by`` names who has written over it, path by path."""

    change: str
    restored: Mapping[str, Answer]
    taken_by: Mapping[str, str]


def undo_of_last(changes: Sequence[Change], author: str) -> Undone | None:
    """The undoing of the author's last change that is not undone already.

    ``changes`` are all of one record, oldest first. Nothing marks an undo: a change that puts back
    exactly what one before it replaced, and nothing else, has undone it, whoever meant it so.
    None if there is nothing left to undo.
    """
    known = {change.id: change for change in changes}
    standing, put_back = _not_undone(changes, author, known)
    if not standing:
        return None
    last, heads = standing[-1], Heads(changes)
    restored: dict[str, Answer] = {}
    taken: dict[str, str] = {}
    for path, written in _said(last).items():
        now = {_meant(path, head, known, put_back) for head in heads.of(path)}
        if now == {last.id}:
            restored[path] = _replaced(path, written, known)
        else:
            writers = {known[head].author for head in heads.of(path)}
            taken[path] = ", ".join(sorted(writers - {author}))
    return Undone(last.id, restored, taken)


def _not_undone(
    changes: Sequence[Change], author: str, known: Mapping[str, Change]
) -> tuple[list[Change], dict[str, str]]:
    """The author's changes that stand, oldest first, and which change each undo put back."""
    standing: list[Change] = []
    put_back: dict[str, str] = {}
    for change in changes:
        if change.author != author or not _said(change):
            continue
        if standing and _undoes(change, standing[-1], known, put_back):
            put_back[change.id] = standing.pop().id
        else:
            standing.append(change)
    return standing, put_back


def _undoes(
    change: Change, earlier: Change, known: Mapping[str, Change], put_back: Mapping[str, str]
) -> bool:
    said, before = _said(change), _said(earlier)
    return said.keys() == before.keys() and all(
        {_meant(path, base, known, put_back) for base in written.base} == {earlier.id}
        and written.answer == _replaced(path, before[path], known)
        for path, written in said.items()
    )


def _said(change: Change) -> dict[str, Written]:
    """What somebody said; not what the program notes of a record, nor the record's own id."""
    return {
        path: written
        for path, written in change.answers.items()
        if not path.startswith("@") and "/meta/" not in path
    }


def _meant(
    path: str, change_id: str, known: Mapping[str, Change], put_back: Mapping[str, str]
) -> str:
    """The change whose answer an undo has put back at this path; the change itself if none."""
    while change_id in put_back:
        base = known[put_back[change_id]].answers[path].base
        if len(base) != 1:
            return ""
        change_id = base[0]
    return change_id


def _replaced(path: str, written: Written, known: Mapping[str, Change]) -> Answer:
    before = [known[base].answers[path].answer for base in written.base if base in known]
    return before[0] if before else BLANK


def in_order_of_making(answers: Mapping[str, Answer]) -> list[tuple[str, Answer]]:
    """Rows that come first, outer before inner; then answers; rows that go last, inner first."""
    rows = {path: answer for path, answer in answers.items() if is_row(path)}
    come = sorted(path for path, answer in rows.items() if not answer.is_blank)
    go = sorted((path for path, answer in rows.items() if answer.is_blank), reverse=True)
    said = [path for path in answers if path not in rows]
    return [(path, answers[path]) for path in (*come, *said, *go)]
