"""Reading a record on another version of its form than some of its changes were written on.

A change keeps for ever the paths and the choices that its author had on the screen. A record is on
one version at a time: the one it was begun on, until somebody goes on in a newer one, which is
itself an answer of the record (``@version``) and can be taken back. Changes that were written on
another version, on this laptop or on a colleague's, are read through the map that the author of the
form wrote; what the map does not name keeps its path, so nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from forms.records.answer import Answer
from forms.records.answer_path import row_id, rows_of, schema_path
from forms.records.change import Change, Written
from forms.records.heads import Heads

VERSION = "@version"
"""Its value is the version of the form that a record goes on in."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What has another name in version ``now`` of a form than it had in version ``was``.

    ``paths`` are those of the definition, of questions and of repeats; no two lead to one.
    ``choices`` are by the path that their question had.
    """

    form: str
    was: str
    now: str
    paths: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def reversed(self) -> Upgrade:
        """The way back. Of two choices that became one, neither is guessed: it stays as it is."""
        return Upgrade(
            self.form,
            self.now,
            self.was,
            {now: was for was, now in self.paths.items()},
            {
                self.paths.get(path, path): _only_way_back(choices)
                for path, choices in self.choices.items()
            },
        )

    def path(self, path: str) -> str:
        """Where the answer at this path stands now, in the same rows."""
        plain = schema_path(path)
        found = self.paths.get(plain, plain)
        for row in reversed(rows_of(path + "/")):
            repeat = schema_path(row)
            now = self.paths.get(repeat, repeat)
            if not (found + "/").startswith((f"{now}/", f"{now}[")):
                return path  # no map that was built: it leads out of the row
            found = f"{now}[{row_id(row)}]{found[len(now) :]}"
        return found

    def value(self, path: str, value: str) -> str:
        """The answer that was given at this path, in the choices of now."""
        choices = self.choices.get(schema_path(path))
        return " ".join(choices.get(one, one) for one in value.split()) if choices else value


@dataclass(frozen=True, slots=True)
class Upgrades:
    """The maps between the versions of the council's forms, read either way."""

    known: Mapping[tuple[str, str, str], Upgrade] = field(default_factory=dict)

    @classmethod
    def of(cls, upgrades: Iterable[Upgrade]) -> Upgrades:
        """These maps, each with the way back."""
        known: dict[tuple[str, str, str], Upgrade] = {}
        for one in upgrades:
            for way in (one, one.reversed()):
                known.setdefault((way.form, way.was, way.now), way)
        return cls(known)

    def between(self, form: str, was: str, now: str) -> Upgrade:
        """The map from one version to another; one that names nothing if nothing was renamed."""
        return self.known.get((form, was, now), Upgrade(form, was, now))

    def names(self, form: str, path: str) -> frozenset[str]:
        """Every path that the answer at this one has in any version of its form."""
        ways = (way for (of_form, _, _), way in self.known.items() if of_form == form)
        return frozenset((path, *(way.path(path) for way in ways)))

    def read(self, changes: Sequence[Change], version: str) -> tuple[Change, ...]:
        """The changes of one record as this version of its form words them, in their order."""
        elsewhere = any(change.version != version for change in changes)
        moved = _settled(changes)
        if not elsewhere:
            return tuple(moved)
        return tuple(
            change
            if change.version == version
            else _read(change, self.between(change.form, change.version, version))
            for change in moved
        )


def standing_version(changes: Sequence[Change], begun_on: str) -> str:
    """The version that a record is on: the newest that stands, else the one it was begun on."""
    return max(_moves(changes).values(), key=version_order, default=begun_on)


def version_before(changes: Sequence[Change], begun_on: str) -> str:
    """The version that a record was on before somebody went on; blank if nobody has."""
    standing = standing_version(changes, begun_on)
    if standing == begun_on:
        return ""
    known = {change.id: change for change in changes}
    for move, version in _moves(changes).items():
        if version == standing:
            bases = known[move].answers[VERSION].base
            earlier = [known[one].answers[VERSION].answer.value for one in bases if one in known]
            return next((one for one in earlier if one), begun_on)
    return ""


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """To compare versions by: 2026.11.10 comes after 2026.11.9."""
    parts = re.split(r"[.-]", version)
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)


def _moves(changes: Sequence[Change]) -> dict[str, str]:
    """Change to version, for each that stands."""
    moving = [change for change in changes if VERSION in change.answers]
    standing = Heads(moving).of(VERSION)
    return {change: answer.value for change, answer in standing.items() if answer.value}


def _settled(changes: Sequence[Change]) -> Sequence[Change]:
    """Two who went on in two versions have no quarrel to settle: the newer counts, here as read."""
    moves = _moves(changes)
    if len(moves) < 2:
        return changes
    counts = max(moves, key=lambda change: (version_order(moves[change]), change))
    return [
        replace(one, answers={**one.answers, VERSION: _over(one.answers[VERSION], moves, counts)})
        if one.id == counts
        else one
        for one in changes
    ]


def _over(written: Written, moves: Mapping[str, str], counts: str) -> Written:
    return replace(written, base=(*written.base, *(one for one in moves if one != counts)))


def _read(change: Change, upgrade: Upgrade) -> Change:
    answers = {
        upgrade.path(path): replace(written, answer=_answer(upgrade, path, written.answer))
        for path, written in change.answers.items()
    }
    return replace(change, version=upgrade.now, answers=answers)


def _answer(upgrade: Upgrade, path: str, answer: Answer) -> Answer:
    value = upgrade.value(path, answer.value)
    return answer if value == answer.value else replace(answer, value=value)


def _only_way_back(choices: Mapping[str, str]) -> dict[str, str]:
    became = list(choices.values())
    return {now: was for was, now in choices.items() if became.count(now) == 1}
