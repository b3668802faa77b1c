"""Finalising: naming the exact heads, and the calculated values that went with them.

What is named is what is signed, printed and shared. A change whose author had not seen it is kept
beside it as *arrived after finalising*.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms.records.answer import Answer
from forms.records.change import Change
from forms.records.heads import Heads

FINALISED = "@finalised"
AMENDED = "@amended"
"""Its value is the reason why a finalised record is being written on."""


@dataclass(frozen=True, slots=True)
class Finalised:
    """A finalised state of a record: which heads, and what was calculated from them."""

    heads: Mapping[str, tuple[str, ...]]
    calculated: Mapping[str, str]
    unfinished_because: str = ""

    @property
    def version_hash(self) -> str:
        """Eight letters that differ if any head differs: printed in the foot of each page."""
        named = json.dumps({path: list(ids) for path, ids in sorted(self.heads.items())})
        return hashlib.sha256(named.encode()).hexdigest()[:8]


def finalising_answer(
    heads: Heads, calculated: Mapping[str, str], unfinished_because: str = ""
) -> Answer:
    """The answer to ``@finalised`` that finalises these heads."""
    named = {path: heads.base(path) for path in sorted(heads.paths()) if path != FINALISED}
    value = {"heads": named, "calculated": dict(sorted(calculated.items()))}
    return Answer(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")), None, unfinished_because
    )


def read_finalised(answer: Answer) -> Finalised | None:
    """What a ``@finalised`` answer names, or None for a draft."""
    if not answer.value:
        return None
    value = json.loads(answer.value)
    heads = {path: tuple(ids) for path, ids in value["heads"].items()}
    return Finalised(heads, value["calculated"], answer.reason)


def finalised_state(heads: Heads) -> Finalised | None:
    """The finalised state of a record, or None while it is a draft."""
    return read_finalised(heads.current(FINALISED))


def is_final(heads: Heads) -> bool:
    """True while the record stands exactly as it was finalised."""
    state = finalised_state(heads)
    return state is not None and all(
        state.heads.get(path, ()) == heads.base(path) for path in heads.paths() if path != FINALISED
    )


def is_amended(heads: Heads) -> bool:
    """True while somebody writes on a record again, and says why, since it was finalised."""
    state = finalised_state(heads)
    return state is not None and heads.base(AMENDED) != state.heads.get(AMENDED, ())


def stays_finished(heads: Heads) -> bool:
    """True from finishing until somebody says why it is written on, whatever arrives meanwhile."""
    return finalised_state(heads) is not None and not is_amended(heads)


def is_finished(heads: Heads, *, goes_on: bool) -> bool:
    """Whether it counts as finished. One that ``goes_on`` is a draft again with each word."""
    return is_final(heads) if goes_on else stays_finished(heads)


def told_late(heads: Heads, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with answers whose authors had not seen that the record was finished."""
    state = finalised_state(heads)
    late = arrived_after(state, tuple(changes)) if state is not None else ()
    return tuple(c for c in late if any(not path.startswith("@") for path in c.answers))


def finalised_at(changes: Iterable[Change]) -> datetime | None:
    """When the record was finalised, by the clock of the device; None while it is a draft."""
    known = list(changes)
    standing = Heads(known).of(FINALISED)
    by_id = {change.id: change.at for change in known}
    return next((by_id[head] for head, answer in standing.items() if answer.value), None)


def finalising_change(changes: Iterable[Change]) -> Change | None:
    """The change that finalised the record as it stands; None while it is a draft."""
    known = list(changes)
    standing = Heads(known).of(FINALISED)
    return next((c for c in known if c.id in standing and c.answers[FINALISED].answer.value), None)


def arrived_after(finalised: Finalised, changes: Collection[Change]) -> tuple[Change, ...]:
    """The changes that touch an answer beyond what was finalised."""
    named = {change_id for ids in finalised.heads.values() for change_id in ids}
    before = _seen_by(named, {change.id: change for change in changes})
    return tuple(
        c for c in changes if c.id not in before and any(p != FINALISED for p in c.answers)
    )


def _seen_by(named: set[str], known: Mapping[str, Change]) -> set[str]:
    seen, waiting = set(), list(named)
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        if at in known:
            waiting.extend(b for written in known[at].answers.values() for b in written.base)
    return seen
