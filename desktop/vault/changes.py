"""Changes in the store: the open one of each record and author, and the sealed ones.

A change is rewritten while it is open, then sealed: numbered, in the outbox (its ``standing`` is
``waiting``) and searchable, all in one transaction. Sealed changes are never edited but by an
erasure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop.vault.change_rows import read_changes
from desktop.vault.errors import AlreadySealed
from desktop.vault.families import begin_record, place_of_family
from desktop.vault.rewriting import write_again
from desktop.vault.search import Search
from desktop.vault.store import Store
from desktop.vault.times import to_text
from forms.records.change import Change
from forms.records.heads import Heads
from forms.records.sealing import differing
from sync.contract import digest

_REPLACED = (
    "SELECT earlier.family, answer.place FROM base JOIN change AS earlier ON earlier.id = base.id"
    " JOIN answer ON answer.record = base.record AND answer.path = base.path"
    "  AND answer.change = earlier.place"
    " WHERE base.change IN (SELECT value FROM json_each(?1))"
)
_REPLACED_BEFORE = (
    "SELECT said.family, answer.place FROM base CROSS JOIN change AS said ON said.id = base.id"
    " JOIN change AS later ON later.place = base.change AND later.standing <> 'open'"
    " JOIN answer ON answer.change = said.place AND answer.path = base.path"
    " WHERE said.place IN (SELECT value FROM json_each(?1)) AND base.record IN"
    "  (SELECT record FROM change WHERE place IN (SELECT value FROM json_each(?1)))"
)
"""What these changes say and others, which came before them, replace."""
_INSERT_ANSWERS = (
    "INSERT INTO answer (change, record, path, value, absent, reason)"
    " SELECT place, record, said.key, coalesce(said.value ->> 'value', ''),"
    " said.value ->> 'absent', coalesce(said.value ->> 'reason', '')"
    " FROM written, json_each(jsonb(?2), '$.answers') AS said WHERE written.place = ?1"
)
_INSERT_BASES = (
    "INSERT INTO base (change, path, ordinal, record, id)"
    " SELECT place, said.key, seen.key, record, seen.value"
    " FROM written, json_each(jsonb(?2), '$.answers') AS said,"
    " json_each(said.value, '$.base') AS seen WHERE written.place = ?1"
)
"""Of the change at a place, of which this is the canonical JSON."""
_HEADS_SINCE = "SELECT family, place, path, value, reason FROM head WHERE place > ?"
_HEADS_AMONG = (
    "SELECT family, place, path, value, reason FROM head"
    " WHERE place IN (SELECT value FROM json_each(?))"
)
_LAID_OUT_SINCE = (
    "SELECT family, answer.place, path, value, reason FROM answer"
    " JOIN written ON written.place = answer.change WHERE answer.place > ?"
)
_SEALED_FIRST = " ORDER BY standing = 'open', change.place"


class Changes:
    """Reading, writing and sealing. Every method that writes is one transaction."""

    def __init__(self, store: Store, search: Search) -> None:
        self._store = store
        self._search = search

    def of_record(self, record: str) -> list[Change]:
        """All changes of a record in the order in which they came; the open one last."""
        return self._read("WHERE record.id = ? AND NOT family.hidden" + _SEALED_FIRST, (record,))

    def of_family(self, family: str) -> dict[str, list[Change]]:
        """Record to its changes, as ``of_record``, for all of a family at once."""
        found: dict[str, list[Change]] = {}
        for change in self._read(
            "WHERE family.id = ? AND NOT family.hidden" + _SEALED_FIRST, (family,)
        ):
            found.setdefault(change.record, []).append(change)
        return found

    def where(
        self, condition: str, parameters: Sequence[object] = (), limit: int = -1
    ) -> list[Change]:
        """The changes for which this SQL condition holds, oldest first."""
        return self._read(f"WHERE {condition} ORDER BY change.place LIMIT ?", (*parameters, limit))

    def write(self, change: Change) -> None:
        """Make or rewrite the open change of its record and author; durable on return.

        Another open change of the same record and author is sealed first, never lost. Raises
        AlreadySealed for a change that is history.
        """
        change = _with_text_that_can_be_kept(change)
        with self._store.transaction():
            standing = self._store.value("SELECT standing FROM change WHERE id = ?", (change.id,))
            if standing not in {None, "open"}:
                raise AlreadySealed
            for place, stored in read_changes(self._store, "WHERE change.id = ?", (change.id,)):
                if write_again(self._store, place, stored, change):
                    return
            self._store.run("DELETE FROM written WHERE id = ?", (change.id,))
            self._seal_where(
                "WHERE standing = 'open' AND record.id = ? AND author = ?",
                (change.record, change.author),
            )
            self._insert([change], "open", {})

    def seal(self, record: str) -> tuple[Change, ...]:
        """Seal the open changes of a record; those that came of it, which may be none."""
        return self._seal_where("WHERE standing = 'open' AND record.id = ?", (record,))

    def seal_all(self) -> tuple[Change, ...]:
        """Seal every open change."""
        return self._seal_where("WHERE standing = 'open'", ())

    def receive(self, changes: Sequence[tuple[Change, str]]) -> None:
        """Take in changes that the EHM lists and that are not here, with their fingerprints."""
        with self._store.transaction():
            marks = {change.id: fingerprint for change, fingerprint in changes}
            self._insert_searchable([change for change, _ in changes], "known", marks)

    def lay_out(self, changes: Sequence[tuple[Change, str]]) -> None:
        """Take in what ``receive`` does, out of sight until ``show_laid_out``.

        Each with its canonical JSON, from which its answers are read: a change is said by its head.
        """
        with self._store.transaction():
            last = self._last_answer()
            marks = {head.id: digest.fingerprint_of(said.encode()) for head, said in changes}
            places = self._insert([head for head, _ in changes], "known", marks, is_shown=False)
            said = [(place, said) for place, (_, said) in zip(places, changes, strict=True)]
            self._store.run_many(_INSERT_ANSWERS, said)
            self._store.run_many(_INSERT_BASES, [each for each in said if '"base":[' in each[1]])
            self._search.take_in(_LAID_OUT_SINCE, last)

    def show_laid_out(self, family: str) -> None:
        """Bring what is laid out of a family into sight, all at once."""
        with self._store.transaction():
            found = self._store.rows(
                "SELECT written.place FROM written JOIN family ON family.place = written.family"
                " WHERE NOT shown AND family.id = ?",
                (family,),
            )
            places = [place for (place,) in found]
            self._store.run_many(
                "UPDATE written SET shown = 1 WHERE place = ?", [(place,) for place in places]
            )
            self._search.pass_over(self._replaced_by(places))
            self._search.pass_over(self._store.rows(_REPLACED_BEFORE, (json.dumps(places),)))

    def forget_what_is_out_of_sight(self, family: str | None) -> None:
        """Take out what is laid out of a family (None: all that is), of the search too."""
        with self._store.transaction():
            found = self._store.rows(
                "SELECT written.family, written.place, record FROM written"
                " JOIN family ON family.place = written.family"
                " WHERE NOT shown AND (?1 IS NULL OR family.id = ?1)",
                (family,),
            )
            places = [place for _, place, _ in found]
            said = self._store.rows(
                "SELECT family, answer.place FROM answer"
                " JOIN written ON written.place = answer.change"
                " WHERE written.place IN (SELECT value FROM json_each(?))",
                (json.dumps(places),),
            )
            self._search.forget(said)
            self._store.run_many("DELETE FROM written WHERE place = ?", [(p,) for p in places])
            self._store.run_many(
                "DELETE FROM record WHERE place = ?1"
                " AND NOT EXISTS (SELECT 1 FROM written WHERE record = ?1)",
                [(record,) for record in {record for _, _, record in found}],
            )

    def clear(self) -> bool:
        """Take a part of what is left of forgotten words out of the search; False: nothing is."""
        return self._search.clear()

    def acknowledged(self, record: str) -> frozenset[str]:
        """Ids of the changes of a record that the EHM has listed back at any time."""
        found = self._store.rows(
            "SELECT change.id FROM change JOIN record ON record.place = change.record"
            " WHERE record.id = ? AND acknowledged",
            (record,),
        )
        return frozenset(change for (change,) in found)

    def remove(self, places: Sequence[int]) -> None:
        """Take changes out whole; what they had replaced stands again, in the search too."""
        with self._store.transaction():
            touched = self._answers_touched(places)
            self._store.run_many("DELETE FROM written WHERE place = ?", [(p,) for p in places])
            self._index(touched)

    def blank(self, changes: Sequence[int], paths: Sequence[str]) -> None:
        """Take the words out of these paths of changes, or out of all paths if none is named."""
        with self._store.transaction():
            touched = [
                (family, answer)
                for family, answer, path in self._store.rows(
                    "SELECT change.family, answer.place, path FROM answer"
                    " JOIN change ON change.place = answer.change"
                    " WHERE change.place IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(changes)),),
                )
                if not paths or path in paths
            ]
            self._store.run_many(
                "UPDATE answer SET value = '', absent = NULL, reason = '' WHERE place = ?",
                [(answer,) for _, answer in touched],
            )
            self._index(touched)

    def _seal_where(self, condition: str, parameters: Sequence[object]) -> tuple[Change, ...]:
        with self._store.transaction():
            opened = read_changes(self._store, condition + _SEALED_FIRST, parameters)
            sealed = [self._seal(change, place) for place, change in opened]
        return tuple(change for change in sealed if change is not None)

    def _seal(self, change: Change, place: int) -> Change | None:
        kept = differing(change, Heads(self._before(change)))
        self._store.run("DELETE FROM written WHERE place = ?", (place,))
        if kept is None:
            return None
        sealed = replace(kept, number=self._next_number())
        self._insert_searchable([sealed], "waiting", {})
        return sealed

    def _before(self, change: Change) -> Iterable[Change]:
        """The sealed changes of the record that touch what this one touches."""
        return self._read(
            "WHERE standing <> 'open' AND change.place IN (SELECT change FROM answer"
            " WHERE record = (SELECT place FROM record WHERE id = ?)"
            " AND path IN (SELECT value FROM json_each(?)))",
            (change.record, json.dumps(list(change.answers))),
        )

    def _next_number(self) -> int:
        number = 1 + int(
            self._store.value("SELECT value FROM state WHERE key = 'last number'") or 0
        )
        self._store.run(
            "INSERT INTO state VALUES ('last number', ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (str(number),),
        )
        return number

    def _insert_searchable(
        self, changes: Sequence[Change], standing: str, marks: Mapping[str, str]
    ) -> None:
        """Insert sealed changes, and bring the search level with them."""
        last = self._last_answer()
        places = self._insert(changes, standing, marks)
        self._search.pass_over(self._replaced_by(places))
        self._search.take_in(_HEADS_SINCE, last)

    def _last_answer(self) -> int:
        return int(self._store.value("SELECT coalesce(max(place), 0) FROM answer"))

    def _insert(
        self,
        changes: Sequence[Change],
        standing: str,
        marks: Mapping[str, str],
        *,
        is_shown: bool = True,
    ) -> list[int]:
        """Insert changes with the fingerprints of those that the EHM lists; the place of each."""
        families = {each.family: each.at for each in reversed(changes)}
        homes = {
            family: place_of_family(self._store, family, at) for family, at in families.items()
        }
        known = self._records(changes)
        places, records = [], []
        for change in changes:
            record, family = known[change.record], homes[change.family]
            place = self._store.run(
                "INSERT INTO written (id, record, family, form, version, author, device, number,"
                " at, zone, standing, acknowledged, fingerprint, shown)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(change.id, record, family, change.form, change.version, change.author),
                    *(change.device, change.number, to_text(change.at), change.zone, standing),
                    *(change.id in marks, marks.get(change.id, ""), is_shown),
                ),
            )
            places.append(place)
            records.append(record)
        self._insert_answers(list(zip(changes, places, records, strict=True)))
        return places

    def _insert_answers(self, changes: Sequence[tuple[Change, int, int]]) -> None:
        """Insert what changes say; with each its place and its record's."""
        self._store.run_many(
            "INSERT INTO answer (change, record, path, value, absent, reason)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (place, record, path, said.answer.value, said.answer.absent, said.answer.reason)
                for change, place, record in changes
                for path, said in change.answers.items()
            ],
        )
        self._store.run_many(
            "INSERT INTO base (change, path, ordinal, record, id) VALUES (?, ?, ?, ?, ?)",
            [
                (place, path, ordinal, record, seen)
                for change, place, record in changes
                for path, said in change.answers.items()
                for ordinal, seen in enumerate(said.base)
            ],
        )

    def _records(self, changes: Sequence[Change]) -> dict[str, int]:
        """Where the records of changes are kept; made if they are not there."""
        statement = "SELECT id, place FROM record WHERE id IN (SELECT value FROM json_each(?))"
        asked = json.dumps([change.record for change in changes])
        found: dict[str, int] = dict(self._store.rows(statement, (asked,)))
        new = [change for change in changes if change.record not in found]
        for each in new:
            begin_record(self._store, each.record, each.family, each.form, each.version, each.at)
        return dict(self._store.rows(statement, (asked,))) if new else found

    def _answers_touched(self, changes: Sequence[int]) -> list[tuple[int, int]]:
        """What these changes say and what they replace: (family's place, answer's place)."""
        said = self._store.rows(
            "SELECT change.family, answer.place FROM answer"
            " JOIN change ON change.place = answer.change"
            " WHERE change.place IN (SELECT value FROM json_each(?))",
            (json.dumps(list(changes)),),
        )
        return [*said, *self._replaced_by(changes)]

    def _replaced_by(self, changes: Sequence[int]) -> list[tuple[int, int]]:
        """What these changes replace: (family's place, answer's place)."""
        return self._store.rows(_REPLACED, (json.dumps(list(changes)),))

    def _index(self, answers: Sequence[tuple[int, int]]) -> None:
        """Bring the search level with these answers: in if they are heads, else out."""
        self._search.forget(answers)
        self._search.take_in(_HEADS_AMONG, json.dumps([answer for _, answer in answers]))

    def _read(self, condition: str, parameters: Sequence[object]) -> list[Change]:
        return [change for _, change in read_changes(self._store, condition, parameters)]


def _with_text_that_can_be_kept(change: Change) -> Change:
    """The change without lone surrogates, which a broken paste can hold and UTF-8 cannot."""
    return replace(
        change,
        answers={
            path: replace(
                said,
                answer=replace(
                    said.answer,
                    value=_whole(said.answer.value),
                    reason=_whole(said.answer.reason),
                ),
            )
            for path, said in change.answers.items()
        },
    )


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
