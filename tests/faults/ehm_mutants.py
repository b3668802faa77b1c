"""The EHM's code made wrong on purpose: changes, history, feed, erasure, files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import select, update

from sync.contract import digest
from sync.contract.messages import Result, Status, WireChange
from sync.ehm import (
    attachments,
    audience,
    audience_rules,
    changes,
    erased,
    erasure,
    families,
    feed,
    heads,
    history,
    moved,
    schema,
    store,
)
from sync.ehm.matching import bonds
from tests.faults.ehms import ProcessEnded
from tests.faults.mutant import Mutant, instead


def _seq_only(connection: Any, seen: Any) -> bool:
    return seen is None or seen.seq <= history.current_head(connection).seq


@contextmanager
def _no_past_for_newcomers() -> Iterator[None]:
    honest = history.deliver

    def deliver(connection: Any, deliveries: Any, at: int | None = None) -> None:
        if at is None:
            honest(connection, deliveries)

    with patch.object(history, "deliver", deliver):
        yield


def _everybody(connection: Any, which: Any) -> dict[str, list[Any]]:
    said = audience_rules.newest(connection)
    everybody = [audience._reader(row, said) for row in connection.execute(schema.worker.select())]
    return dict.fromkeys(which, everybody)


def _held_is_dropped() -> AbstractContextManager[Any]:
    honest = changes._store

    def store_only_what_is_shown(connection: Any, sender: Any, batch: Any) -> None:
        kept = {name: change for name, change in batch.kept.items() if name not in batch.held}
        honest(connection, sender, replace(batch, kept=kept))

    return patch.object(changes, "_store", store_only_what_is_shown)


def _leaves_no_trace(kind: str) -> Mutant:
    honest = history.append

    def append(connection: Any, happenings: Any) -> list[int]:
        return honest(connection, [each for each in happenings if each.kind != kind])

    return instead(history, "append", append)


def _an_id_used_again_replaces() -> AbstractContextManager[Any]:
    """CommCare's way: what comes second under an id takes the place of the first."""
    honest = changes.hand_in

    def hand_in(connection: Any, sender: Any, given: Any) -> Any:
        for change in given:
            connection.execute(
                update(schema.change)
                .where(schema.change.c.id == change.id)
                .values(
                    body=digest.canonical(change).decode(), fingerprint=digest.fingerprint(change)
                )
            )
        return honest(connection, sender, given)

    return patch.object(changes, "hand_in", hand_in)


def _one_bad_change_blocks_the_others() -> AbstractContextManager[Any]:
    """A batch in which one is held is held whole."""
    honest = changes._sort

    def sort(connection: Any, sender: Any, given: Any) -> Any:
        batch = honest(connection, sender, given)
        for change in batch.kept if batch.held else ():
            result = Result(id=change, status=Status.HELD, code="form_unknown")
            batch.held.setdefault(change, result)
        return batch

    return patch.object(changes, "_sort", sort)


def _answers_before_the_commit() -> AbstractContextManager[Any]:
    """The process answers, then dies at the commit: the answer is out, the data is not."""
    honest = store.Store.writing

    @contextmanager
    def writing(self: store.Store) -> Iterator[Any]:
        answered = False
        try:
            with honest(self) as connection:
                yield connection
                answered = True
        except ProcessEnded:
            if not answered:
                raise

    return patch.object(store.Store, "writing", writing)


def _an_erasure_is_told_nobody() -> AbstractContextManager[Any]:
    honest = history.deliver

    def deliver(connection: Any, deliveries: Any, at: int | None = None) -> None:
        kind = schema.entry.c.kind
        erased = set(
            connection.execute(
                schema.entry.select().with_only_columns(schema.entry.c.seq).where(kind == "erased")
            ).scalars()
        )
        honest(connection, [each for each in deliveries if each.seq not in erased], at)

    return patch.object(history, "deliver", deliver)


def _an_undone_merge_takes_what_it_gave_alone(
    connection: Any, which: Any, by: str, now: Any
) -> None:
    """Without a look at what a merge since gave through it."""
    rows = connection.execute(
        select(schema.bond_member).join(schema.bond).where(schema.bond.c.undone.is_not(None))
    ).all()
    for row in rows:
        if families.is_member(connection, row.worker, row.family):
            families.take_away(connection, row.worker, row.family)


def _a_link_gives_access() -> AbstractContextManager[Any]:
    honest = bonds.link

    def link(connection: Any, one: str, other: str, *more: Any) -> Any:
        for worker in history.members(connection, [one])[one]:
            families.give(connection, worker, other)
        return honest(connection, one, other, *more)

    return patch.object(bonds, "link", link)


def _a_link_is_told(connection: Any, family: str) -> Any:
    bond = schema.bond.c
    return connection.execute(
        select(bond.one).where(bond.other == family, bond.undone.is_(None)).limit(1)
    ).scalar_one_or_none()


def _moved_words_stay_too() -> AbstractContextManager[Any]:
    honest = erasure._blank

    def blank(connection: Any, made: Any, going: Any) -> None:
        if not made.moved_to:
            honest(connection, made, going)

    return patch.object(erasure, "_blank", blank)


def _has_words(change: WireChange, paths: Any, gone: Any) -> bool:
    return any(answer.value for answer in change.answers.values())


EHM_MUTANTS: dict[str, Mutant] = {
    "the EHM does not check the head": instead(history, "holds", lambda connection, seen: True),
    "the EHM checks how far, not what": instead(history, "holds", _seq_only),
    "the EHM answers before it commits": _answers_before_the_commit,
    "idempotency is forgotten": instead(changes, "_known", lambda connection, ids: {}),
    "an id used again replaces": _an_id_used_again_replaces,
    "one that is held holds the others": _one_bad_change_blocks_the_others,
    "superseded heads stay": instead(heads, "parts", lambda rows: iter(())),
    "a base that comes late stands up in SQL": instead(
        heads, "_early", lambda connection, ids: set()
    ),
    "access that ended goes on": instead(
        history, "withdraw", lambda connection, worker, family: None
    ),
    "everybody gets everything": instead(audience, "_members", _everybody),
    "a newcomer gets no past": _no_past_for_newcomers,
    "a family is given to whoever names it": instead(
        feed, "check_family", lambda connection, reader, family: None
    ),
    "what is held is dropped": _held_is_dropped,
    "what is held leaves no trace in history": _leaves_no_trace("held"),
    "what was held is never shown": instead(changes, "release", lambda connection, which: []),
    "the ledger of erasures is not looked at on arrival": instead(
        erased, "on_arrival", lambda connection, given: list(given)
    ),
    "a restored EHM does not read the ledger of erasures": instead(
        erasure, "keep_up", lambda connection, ledger: None
    ),
    "an erasure is told to nobody": _an_erasure_is_told_nobody,
    "an erased file stays at the EHM": instead(
        erasure, "_drop_files", lambda connection, record: None
    ),
    "a merge that is undone leaves everybody both": instead(
        bonds, "settle", lambda connection, which, by, now: None
    ),
    "a merge that is undone takes only what it gave itself": instead(
        bonds, "settle", _an_undone_merge_takes_what_it_gave_alone
    ),
    "who was given the whole loses it when the merge is undone": instead(
        bonds, "keep", lambda connection, worker, family: None
    ),
    "a merge is told to nobody": instead(bonds, "tell", lambda connection, family: None),
    "a link gives access": _a_link_gives_access,
    "a link is told as a merge is": instead(families, "_part_of", _a_link_is_told),
    "moved words are nowhere": instead(
        moved, "write", lambda connection, move, family, paths, originals: None
    ),
    "moved words stay where they were too": _moved_words_stay_too,
    "what comes late to a moved record stays": instead(
        erasure, "follow", lambda connection, ledger: None
    ),
    "what was cleared is said again where it is moved to": instead(
        erased, "still_says", _has_words
    ),
    "what was finalised is not found where it is moved to": instead(
        moved, "_renamed", lambda finalised, move: finalised
    ),
    "a file leaves no trace in history": _leaves_no_trace("attachment"),
    "a file is given by its hash alone": instead(
        attachments, "check_may_read", lambda connection, worker, record, name: None
    ),
}
