"""The open change written again while somebody types: only the words that are others.

To take it out and put it in anew would write twice as many pages of the store at every pause.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.vault.store import Store
from desktop.vault.times import to_text
from forms.records.change import Change


def write_again(store: Store, place: int, stored: Change, change: Change) -> bool:
    """Write `change` over `stored`, which is at `place` and open.

    False, and nothing is written, if they differ in more than their time and what is said.
    """
    if _frame(stored) != _frame(change):
        return False
    store.run(
        "UPDATE written SET at = ?, zone = ? WHERE place = ?",
        (to_text(change.at), change.zone, place),
    )
    store.run_many(
        "UPDATE answer SET value = ?, absent = ?, reason = ? WHERE change = ? AND path = ?",
        [
            (said.answer.value, said.answer.absent, said.answer.reason, place, path)
            for path, said in change.answers.items()
            if said.answer != stored.answers[path].answer
        ],
    )
    return True


def _frame(change: Change) -> tuple[Change, dict[str, tuple[str, ...]]]:
    """All but its time and what is said."""
    bare = replace(change, at=change.at.min, zone="", answers={})
    return bare, {path: tuple(said.base) for path, said in change.answers.items()}
