"""What one reader may not have is taken out before anything is worked out from it.

The answers that are left out are taken out of the changes themselves. What remains is what would be
there had they never been written: counts, calculations, plans and entities follow from it alone, so
that a copy is the same with and without them (design: laws for every part).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import PEOPLE_LIST
from forms.casework.reader import Reader, Told
from forms.pack import Pack
from forms.records.answer_path import is_row, row_id, row_of, rows_of, schema_path
from forms.records.change import Change
from forms.records.heads import Heads

_PEOPLE = PEOPLE_LIST.removesuffix(".csv")
_YES, _NO, _OWN, _AGREED, _SHARED = "yes", "no", "own", "agreed", "shared"
_LEVELS = {"professional": {"basic"}, "professional_more": {"basic", "more"}}
_ANYTHING = "*"


@dataclass(frozen=True, slots=True, repr=False)
class Copy:
    """The records of a family as one reader has them, with the changes that are left of each."""

    records: tuple[KnownRecord, ...]
    changes: Mapping[str, tuple[Change, ...]]


Hide = Callable[[KnownRecord, Heads], frozenset[str]]


def redacted(told: Told, reader: Reader, hide: Hide) -> Copy:
    """The copy for ``reader``; ``hide`` says which of the remaining answers are not asked."""
    records, changes = [], {}
    for record in told.records:
        left_out = _left_out(told, record, reader)
        kept = _kept(told.changes.get(record.id, ()), left_out)
        if not kept:
            continue
        heads = Heads(kept)
        changes[record.id] = kept
        silent = _Silent(record, left_out)
        records.append(
            replace(
                record,
                heads=heads,
                hidden=hide(record, heads),
                texts=silent.texts(record.texts),
                finishings=tuple(
                    replace(one, texts=silent.texts(one.texts)) for one in record.finishings
                ),
            )
        )
    return Copy(tuple(records), changes)


def is_left_out(told: Told, record: KnownRecord, path: str, reader: Reader) -> bool:
    """Whether ``reader`` may not have the answer, or the row, at ``path``."""
    return _Rules(told, record).leave_out(path, reader)


def is_silent(pack: Pack, form: str, path: str, reader: Reader) -> bool:
    """Whether a note at ``path``, which holds no answer, stands where ``reader`` may have nothing.

    What anybody answered decides nothing here, or the note would tell of it.
    """
    if reader.homes:
        return any(is_silent(pack, form, path, one) for one in reader.homes)
    rules = [row for row in pack.tables.get("recipients", ()) if row["form"] in (form, _ANYTHING)]
    return pack.is_never_printed(form, path) or _prints(rules, path, reader, _YES) == _NO


def _prints(rules: Iterable[Mapping[str, str]], path: str, reader: Reader, otherwise: str) -> str:
    """What the longest path around ``path`` says of ``reader``; their own row wins."""
    plain = schema_path(path)
    about = [
        (len(row["path"]), row["reader"] == reader.kind, row["prints"])
        for row in rules
        if row["reader"] in (reader.kind, _ANYTHING) and _is_in(plain, row["path"])
    ]
    return max(about, default=(0, False, otherwise))[2]


def _left_out(told: Told, record: KnownRecord, reader: Reader) -> frozenset[str]:
    rules = _Rules(told, record)
    said = (path for path in record.heads.paths() if not path.startswith("@"))
    return frozenset(path for path in said if rules.leave_out(path, reader))


def _kept(changes: Iterable[Change], left_out: frozenset[str]) -> tuple[Change, ...]:
    kept = []
    for change in changes:
        answers = {p: w for p, w in change.answers.items() if p not in left_out}
        if any(not path.startswith("@") for path in answers):
            kept.append(replace(change, answers=answers))
    return tuple(kept)


class _Silent:
    """The council's texts of a record that would tell what a reader may not have."""

    def __init__(self, record: KnownRecord, left_out: frozenset[str]) -> None:
        self._definition, self._left_out = record.definition, left_out

    def texts(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Those of ``texts``, by path, that nothing left out holds, or could be told from."""
        return {path: words for path, words in texts.items() if not self._tells(path)}

    def _tells(self, path: str) -> bool:
        if not self._left_out.isdisjoint(rows_of(path)):
            return True
        around = {schema_path(one) for one in self._left_out if not _is_in_sibling(one, path)}
        return schema_path(path) in self._definition.following(around)


class _Rules:
    """What the pack's tables say of one record. Longest path first; a reader's own row wins."""

    def __init__(self, told: Told, record: KnownRecord) -> None:
        self._told, self._record = told, record
        tables = told.pack.tables
        self._rules = [
            row for row in tables.get("recipients", ()) if row["form"] in (record.form, _ANYTHING)
        ]
        self._conditions = [
            row for row in tables.get("printed_only", ()) if row["form"] == record.form
        ]

    def leave_out(self, path: str, reader: Reader) -> bool:
        """Whether ``reader`` may not have what is at ``path``."""
        if reader.homes:
            return any(self.leave_out(path, one) for one in reader.homes)
        return (
            self._told.pack.is_never_printed(self._record.form, path)
            or not self._conditions_hold(path)
            or not self._is_for(path, reader)
        )

    def _conditions_hold(self, path: str) -> bool:
        """Whether every row of ``printed_only`` that stands around ``path`` is met."""
        plain = schema_path(path)
        return all(
            _is_met(row, self._values(_around(path, row["path"]), row))
            for row in self._conditions
            if _is_in(plain, row["path"])
        )

    def _values(self, root: str, row: Mapping[str, str]) -> frozenset[str]:
        return self._told.values(self._record, root + row["question"][len(row["path"]) :])

    def _is_for(self, path: str, reader: Reader) -> bool:
        prints = _prints(self._rules, path, reader, _NO)
        if prints == _OWN:
            return bool(reader.person) and reader.person in self._owners(path)
        if prints == _AGREED:
            return self._child_lets(reader)
        if prints == _SHARED:
            return self._shared in _LEVELS.get(reader.kind, set())
        return prints == _YES

    @property
    def _shared(self) -> str:
        """How far the council's table ``audiences`` lets a form go: basic, more or never."""
        rows = self._told.pack.tables.get("audiences", ())
        return next((row["shared"] for row in rows if row["form"] == self._record.form), "never")

    def _owners(self, path: str) -> frozenset[str]:
        """Whom an answer is about: whose row it is in, or who was chosen in its row or record."""
        row: str | None = path if is_row(path) else row_of(path)
        while row is not None:
            if self._is_person(row):
                return frozenset({row_id(row)})
            chosen = self._chosen.get(row)
            if chosen:
                return chosen if len(chosen) == 1 else frozenset()
            row = row_of(row)
        chosen = self._chosen.get("", frozenset())
        return chosen if len(chosen) == 1 else frozenset()

    def _is_person(self, row: str) -> bool:
        place, declared = schema_path(row), self._record.definition.entities
        return any(one.dataset == "person" and one.path == place for one in declared)

    @cached_property
    def _chosen(self) -> Mapping[str, frozenset[str]]:
        """By row, blank for outside all rows: who is named where one person is asked for."""
        asking = {
            asked.path
            for asked in self._record.definition.questions
            if asked.list_name == _PEOPLE and asked.control == "select1"
        }
        found: dict[str, frozenset[str]] = {}
        for path in self._record.heads.paths():
            if schema_path(path) in asking:
                said = self._told.values(self._record, path) - {""}
                row = row_of(path) or ""
                found[row] = found.get(row, frozenset()) | said
        return found

    def _child_lets(self, reader: Reader) -> bool:
        """Whether the child lets this reader have their words (domain.md 1.9, i.share_ok)."""
        for voice in entities([self._record], "voice"):
            leave = self._said(voice.paths.get("share_ok", ""))
            if leave == {"yes"}:
                return True
            if leave == {"some"}:
                with_whom = self._said(voice.paths.get("share_with", ""))
                return all(reader.circle in value.split() for value in with_whom)
        return False

    def _said(self, path: str) -> frozenset[str]:
        return self._told.values(self._record, path) if path else frozenset()


def _is_met(row: Mapping[str, str], values: frozenset[str]) -> bool:
    if row["only_if"]:
        return values <= frozenset(row["only_if"].split())
    if row["unless"] == _ANYTHING:
        return not any(value.strip() for value in values)
    refused = frozenset(row["unless"].split())
    return not any(refused & frozenset(value.split()) for value in values)


def _is_in_sibling(one: str, path: str) -> bool:
    """Whether ``one`` is, or is in, a row beside that of ``path``."""
    rows = rows_of(path)
    alike = {schema_path(row) for row in rows}
    return any(
        row not in rows and schema_path(row) in alike
        for row in (*rows_of(one), *((one,) if is_row(one) else ()))
    )


def _is_in(path: str, root: str) -> bool:
    return not root or path == root or path.startswith(f"{root}/")


def _around(path: str, root: str) -> str:
    """The part of ``path``, with its rows, whose place in the definition is ``root``."""
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        outer = "/".join(parts[:end])
        if schema_path(outer) == root:
            return outer
    return root
