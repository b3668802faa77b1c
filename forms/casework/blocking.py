"""Who gets no paper at all: named in a court order, or as somebody who must not know.

The pack's table ``readers_blocked`` says which answers name somebody. A name that was taken out
again still blocks until the EHM has the change and its reason (design: the cautious answer
governs). Where the table says what may lift a block (``lifted_by``: a form), a finished
decision of that form lifts the block for one person, once a second person has agreed to it at the
EHM (`approvals`): it says whom and why and, by the changes that stood there, what it was decided in
view of. An order that came, or was changed, after that blocks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.casework.approvals import APPROVED, OVERRIDE, approvals
from forms.casework.known_record import KnownRecord
from forms.casework.reader import Told
from forms.records.answer import Answer
from forms.records.answer_path import row_of, schema_path
from forms.records.naming import OWN_ROW, PEOPLE
from forms.records.protective import Protective, governing

LIFTED_FOR, IN_VIEW_OF = "lifted_for", "in_view_of"
"""Questions of the lifting form that the program answers: the person, and the changes seen."""


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """Why somebody gets nothing, in the council's words.

    ``lifted_by`` is the form of a decision that may lift it, blank for none; ``seen`` are the
    changes that such a decision has to be made in view of.
    """

    says: str
    lifted_by: str = ""
    seen: frozenset[str] = frozenset()


def blocks(told: Told, reader: str, names: Sequence[str]) -> Iterator[Block]:
    """What keeps everything from somebody of this key who goes by these names."""
    wanted = [name.casefold() for name in names if name.strip()]
    for row in told.pack.tables.get("readers_blocked", ()):
        for record in told.records:
            if record.form == row["form"]:
                for path in record.heads.paths():
                    if schema_path(path) == row["path"]:
                        yield from _block(told, record, path, row, reader, wanted)


def _block(
    told: Told,
    record: KnownRecord,
    path: str,
    row: Mapping[str, str],
    reader: str,
    wanted: Sequence[str],
) -> Iterator[Block]:
    lifted_by = row.get("lifted_by", "")

    def is_named(said: str) -> bool:
        return _names(row["holds"], path, said, reader, wanted)

    question = _NamesThem(record.form, path, (), is_named)
    changes = told.changes.get(record.id, ())
    if not is_named(governing(question, changes, told.acknowledged).value):
        return
    if not lifted_by:
        yield Block(row["says"])
        return
    seen = _heads_around(record, path, row["holds"])
    if not _is_lifted(told, reader, lifted_by, seen):
        yield Block(row["says"], lifted_by, seen)


@dataclass(frozen=True, slots=True)
class _NamesThem(Protective):
    """An answer that names somebody is the safest."""

    is_named: Callable[[str], bool]

    def danger(self, answer: Answer) -> int:
        """0 where it names them."""
        return 0 if self.is_named(answer.value) else 1


def _heads_around(record: KnownRecord, path: str, holds: str) -> frozenset[str]:
    """The changes that say what the order says: of its whole row, or of the one answer."""
    row = row_of(path)
    around = [path]
    if row is not None and holds != OWN_ROW:
        around = [one for one in record.heads.paths() if one == row or one.startswith(f"{row}/")]
    return frozenset(change for one in around for change in record.heads.of(one))


def _is_lifted(told: Told, reader: str, form: str, seen: frozenset[str]) -> bool:
    return any(_lifts(told, record, reader, seen) for record in told.records if record.form == form)


def _lifts(told: Told, record: KnownRecord, reader: str, seen: frozenset[str]) -> bool:
    """Whether a decision is finished, agreed, for this person, in view of this, and at the EHM."""

    def said(place: str) -> set[str]:
        return {answer.value.strip() for answer in record.heads.of(f"/{form}/{place}").values()}

    form = record.form
    in_view = [set(value.split()) for value in said(IN_VIEW_OF)]
    why = said("decision/rationale")
    return (
        record.as_finished
        and said(LIFTED_FOR) == {reader}
        and said("decision/decided") == {"share"}
        and bool(why)
        and "" not in why
        and bool(in_view)
        and all(seen <= changes for changes in in_view)
        and _is_agreed(told, record)
    )


def _is_agreed(told: Told, record: KnownRecord) -> bool:
    """Whether a second person agreed to the decision as it stands, and the EHM has both."""
    at_centre = [one for one in told.records if _is_at_centre(told, one)]
    return record in at_centre and any(
        one.record == record.id and one.kind == OVERRIDE and one.standing == APPROVED
        for one in approvals(at_centre, told.changes, ())
    )


def _is_at_centre(told: Told, record: KnownRecord) -> bool:
    return all(change.id in told.acknowledged for change in told.changes.get(record.id, ()))


def _names(holds: str, path: str, said: str, reader: str, names: Sequence[str]) -> bool:
    if holds == PEOPLE:
        return reader in said.split()
    if holds == OWN_ROW:
        return bool(said.strip()) and f"[{reader}]" in path
    words = said.casefold()
    return any(name in words for name in names)
