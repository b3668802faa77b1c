"""The records of a family as casework sees them. Runs in the vault lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from desktop.services.clock import Clock
from desktop.services.packs import FormMissing, Packs
from desktop.vault import RecordRow, Vault
from forms.casework.finished_texts import finished_texts, finishings
from forms.casework.known_record import KnownRecord, written_at_centre
from forms.casework.people import Person, family_name, household
from forms.casework.permission import NOT_KNOWN, Permission, permission
from forms.casework.relevance import hidden_paths
from forms.records.change import Change
from forms.records.finalising import finalised_at, is_finished, told_late
from forms.records.heads import Heads
from forms.xforms import FormError

_UNREAD = (
    "There is a safety check that this laptop cannot read yet. Until it can, the safer answer "
    "counts.\nSync with the council, then lock this laptop and unlock it."
)


@dataclass(frozen=True, slots=True, repr=False)
class FamilyRecords:
    """Everything written of one family. ``unknown`` are records whose form is not here yet."""

    rows: Sequence[RecordRow]
    changes: Mapping[str, Sequence[Change]]
    known: Sequence[KnownRecord]
    acknowledged: frozenset[str]
    unknown: Sequence[RecordRow] = ()

    def permission(self, what: str, packs: Packs) -> Permission:
        """Whether ``what`` (``paper``, ``talk``) is safe, as the cautious answer governs it.

        A safety check that cannot be read here may say no, so it counts as one that does.
        """
        judged = permission(what, self.known, packs.newest, self.changes, self.acknowledged)
        asking = {guard.form for guard in packs.newest.guarding(what)}
        unread = next((row for row in self.unknown if row.form in asking), None)
        if unread is None or not judged.allowed:
            return judged
        return replace(
            judged, allowed=False, reason=NOT_KNOWN, words=_UNREAD, record=unread.id, path=""
        )

    def waiting(self, record: str) -> int:
        """How many changes of a record the EHM does not have."""
        return sum(1 for change in self.changes[record] if change.id not in self.acknowledged)


@dataclass(slots=True)
class KnownRecords:
    """Reads records out of the vault, with the forms they were filled on.

    ``may_read`` raises what keeps a family from being read. What was read is kept until its changes
    are others: working out what is asked takes a session.
    """

    vault: Vault
    packs: Packs
    clock: Clock
    may_read: Callable[[str], None] = lambda _family: None
    _kept: dict[str, tuple[Sequence[Change], KnownRecord]] = field(default_factory=dict)

    def of_family(self, family: str, *, even_if_covered: bool = False) -> FamilyRecords:
        """Everything written of a family; answers that are not asked any more read as blank.

        ``even_if_covered``: for what the program itself must know, and shows to nobody.
        """
        if not even_if_covered:
            self.may_read(family)
        return self._of_family(family, self._asked)

    def as_told(self, family: str) -> FamilyRecords:
        """As ``of_family``, whether still asked or not: quick, for lists of many families."""
        self.may_read(family)
        return self._of_family(family, self._known)

    def name_of(self, family: str) -> str:
        """What a family is called."""
        return family_name(self.as_told(family).known)

    def household(self, family: str) -> list[Person]:
        """The people of a family."""
        return household(self.of_family(family).known)

    def _of_family(
        self, family: str, read: Callable[[RecordRow, Sequence[Change]], KnownRecord]
    ) -> FamilyRecords:
        rows = self.vault.records(family)
        written = self.vault.changes_of_family(family)
        changes = {row.id: tuple(written.get(row.id, ())) for row in rows}
        acknowledged: frozenset[str] = frozenset()
        known, unknown = [], []
        for row in rows:
            acknowledged |= self.vault.acknowledged(row.id)
            try:
                version, changes[row.id] = self.packs.read(row.version, changes[row.id])
                known.append(read(replace(row, version=version), changes[row.id]))
            except (FormMissing, FormError):  # listed all the same, and opened when it can be
                unknown.append(row)
        return FamilyRecords(rows, changes, known, acknowledged, unknown)

    def _asked(self, row: RecordRow, changes: Sequence[Change]) -> KnownRecord:
        before, kept = self._kept.get(row.id, ((), None))
        if kept is not None and before == changes:
            return kept
        told = self._known(row, changes)
        definition = self.packs.definition(row.form, row.version, begun=self.clock.day(row.begun))
        zone = ZoneInfo(self.clock.zone)
        hidden = hidden_paths(definition, told.heads, self.clock.now, zone)
        known = replace(told, hidden=hidden, finishings=finishings(definition, changes))
        self._kept[row.id] = (changes, known)
        return known

    def _known(self, row: RecordRow, changes: Sequence[Change]) -> KnownRecord:
        heads = Heads(changes)
        definition = self.packs.definition(row.form, row.version, begun=self.clock.day(row.begun))
        final = is_finished(heads, goes_on=self.packs.newest.goes_on(row.form))
        return KnownRecord(
            row.id,
            row.family,
            row.form,
            row.version,
            definition,
            heads,
            final,
            row.begun,
            finalised_at=finalised_at(changes) if final else None,
            author=changes[0].author if changes else "",
            zone=self.clock.zone,
            at_centre=written_at_centre(changes),
            texts=finished_texts(definition, heads),
        )


def late_writers(
    heads: Heads, changes: Sequence[Change], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Who wrote in a record without having seen that it was finished; each once."""
    late = told_late(heads, changes)
    return tuple(dict.fromkeys(names.get(one.author, "A colleague") for one in late))
