"""Finding families by any word that was said, in whichever script, however accents were typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from desktop.vault.state import State
from desktop.vault.store import Store
from forms.records.attachment import is_attachment_name

_FAMILY_BITS = 32
_MOST_WORDS = 12
_MANY = 40
"""Answers; to take the words of one out of the index without a trace costs half a millisecond."""
_TO_CLEAR = "search to clear"
_PAGES = 64
"""Of the index, written anew in some 15 milliseconds."""
_LEAST_CHANGES = 2
"""Of the database: fewer mean that nothing was left to merge (sqlite.org/fts5.html, merge)."""
_LETTERS_WITHOUT_PARTS = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe",
        "þ": "th", "ß": "ss", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي",
        "ک": "ك", "ة": "ه", "ہ": "ه", "ـ": "", "'": "", "’": "", "ʼ": "", "‌": "",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The text as it is searched: words in small letters without accents, a space between them.

    Optional marks go (accents, Arabic short vowels); spacing marks of Indic scripts stay.
    """
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII, b"'").decode().split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", plain).translate(_LETTERS_WITHOUT_PARTS)
    return " ".join(parts.translate(_KEPT).split())


class _Kept(dict[int, str]):
    """What is kept of each letter, worked out once: a first sync folds millions."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if category in {"Mn", "Cf"}:
            kept = ""
        else:
            kept = letter if category[0] in "LN" or category == "Mc" else " "
        self[code] = kept
        return kept


_KEPT = _Kept()
_ASCII = (
    "".join(chr(c).lower() if chr(c).isalnum() else " " for c in range(128)).encode().ljust(256)
)


def _searched(said: str) -> str:
    """What an answer with letters beyond ASCII's is found by; blank for the name of a file."""
    return "" if is_attachment_name(said.strip(" ")) else fold(said)


class Search:
    """The index of what stands: every head that has words in it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._state = State(store)
        store.connection.create_function("searched", 1, _searched, deterministic=True)

    def families(self, words: str) -> list[str]:
        """Ids of the families in which every word, or a word that begins with it, was said.

        Families in which they were all said in one answer come first; none for no words.
        """
        asked = fold(words).split()[:_MOST_WORDS]
        if not asked:
            return []
        together = self._places(" AND ".join(f'"{word}"*' for word in asked))
        order = [*together, *sorted(self._apart(asked) - set(together))]
        known: dict[int, str] = dict(
            self._store.rows("SELECT place, id FROM family WHERE NOT hidden")
        )
        return [known[place] for place in order if place in known]

    def take_in(self, answers: str, parameter: object) -> None:
        """Index what this query finds: family's place, answer's place, path, value, reason.

        SQLite's own index takes ASCII's words as ``fold`` does, but for apostrophes: to call back
        for each would take as long again, and have what comes over the line wait meanwhile.
        """
        self._store.run(
            "INSERT INTO found (rowid, text) WITH said(family, answer, path, value, reason)"  # noqa: S608 - no value in it
            f" AS ({answers}), words(place, words) AS (SELECT family << {_FAMILY_BITS} | answer,"
            " value || ' ' || reason FROM said"
            "  WHERE path NOT GLOB '@*' AND (value <> '' OR reason <> ''))"
            " SELECT place, CASE WHEN octet_length(words) = length(words)"
            " AND words NOT GLOB 'sha256-*'"
            " THEN replace(words, '''', '') ELSE searched(words) END FROM words",
            (parameter,),
        )

    def forget(self, answers: Iterable[tuple[int, int]]) -> None:
        """Take answers out: (family's place, answer's place); those never indexed do no harm.

        Of many, what is left in the index goes part by part with ``clear``.
        """
        rows = [(family << _FAMILY_BITS | answer,) for family, answer in answers]
        is_cleared_later = len(rows) > _MANY
        if is_cleared_later:
            self._state.put(_TO_CLEAR, "begin")
            self._set("secure-delete", 0)
        self._store.run_many("DELETE FROM found WHERE rowid = ?", rows)
        self._store.run_many("DELETE FROM replaced WHERE place = ?", rows)
        if is_cleared_later:
            self._set("secure-delete", 1)

    def clear(self) -> bool:
        """Write a part of the index anew, without what was forgotten; False: nothing is left."""
        to_clear = self._state.get(_TO_CLEAR)
        if to_clear is None:
            return False
        with self._store.transaction():
            before = self._store.connection.total_changes
            self._set("merge", -_PAGES if to_clear == "begin" else _PAGES)
            is_done = self._store.connection.total_changes - before < _LEAST_CHANGES
            self._state.put(_TO_CLEAR, None if is_done else "go on")
        return not is_done

    def _set(self, option: str, value: int) -> None:
        self._store.run("INSERT INTO found (found, rank) VALUES (?, ?)", (option, value))

    def pass_over(self, answers: Iterable[tuple[int, int]]) -> None:
        """Find these answers no more, for others stand in their places now."""
        self._store.run_many(
            "INSERT OR IGNORE INTO replaced VALUES (?)",
            [(family << _FAMILY_BITS | answer,) for family, answer in answers],
        )

    def _apart(self, words: Sequence[str]) -> set[int]:
        if len(words) == 1:
            return set()
        return set.intersection(*(set(self._places(f'"{word}"*')) for word in words))

    def _places(self, query: str) -> list[int]:
        found = self._store.rows(
            "SELECT DISTINCT rowid >> ? FROM found WHERE found MATCH ?"
            " AND rowid NOT IN (SELECT place FROM replaced)"
            " AND rowid NOT IN (SELECT family << ? | answer.place FROM answer"
            "  JOIN written ON written.place = answer.change WHERE NOT shown)",
            (_FAMILY_BITS, query, _FAMILY_BITS),
        )
        return [place for (place,) in found]
