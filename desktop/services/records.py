"""Beginning, opening, writing and finishing records. Runs in the vault lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.services.going_on import GoingOn
from desktop.services.known_records import KnownRecords, late_writers
from desktop.services.opened_record import NewerForm, OpenedRecord
from desktop.services.packs import FormMissing, Packs
from desktop.vault import STROKES, Event, RecordRow, Vault
from desktop.vault.errors import AttachmentMissing, DiskFull
from forms.casework.carrying import CARRIED, Carried, carried, people_carried, read_mark
from forms.casework.gates import hub_first, telephone_first
from forms.casework.people import PEOPLE_LIST, household, people_csv
from forms.casework.told_before import told_before
from forms.records.answer import Answer
from forms.records.answer_path import schema_path
from forms.records.change import Change, Written
from forms.records.finalising import (
    AMENDED,
    FINALISED,
    finalising_answer,
    stays_finished,
)
from forms.records.heads import Heads
from forms.records.upgrading import VERSION, version_before
from forms.xforms import Definition, FormError

Result = TypeVar("Result")

_MEDIA_TYPES = {"strokes.json": STROKES, "jpg": "image/jpeg", "png": "image/png"}


def _say_who(filling: Filling, person: str) -> None:
    for declared in filling.opened.definition.entities:
        if declared.dataset == "voice" and "child" in declared.properties:
            filling.answer(declared.properties["child"], person)


def _picks(definition: Definition) -> frozenset[str]:
    """The questions of a form at which people of the household are chosen."""
    people = PEOPLE_LIST.removesuffix(".csv")
    return frozenset(q.path for q in definition.questions if q.list_name == people)


class RecordGone(Exception):
    """The record is not on this device any more: its family has left it."""

    title = "This is not on this laptop any more"
    message = "The family has been given to somebody else. What you wrote has been kept for them."


class TelephoneFirst(Exception):
    """A Level 4 request is not finished before somebody was rung: in a queue it tells nobody."""

    title = "Telephone first"
    message = "Ring now. Then write when you rang and whom you spoke to, and finish the request."


class HubFirst(Exception):
    """An early help plan is not finished while the hub has not answered a Level 4 request."""

    title = "The hub has not answered yet"
    message = (
        "You asked for Level 4. Whether this help goes on is for the hub to say, so the plan "
        "stays a draft until then. Everything in it is saved, and a safety plan can be finished "
        "now. Ring the hub for its answer, then sync."
    )


@dataclass(slots=True)
class Records:
    """The records of this worker's families.

    ``is_ending``: the program is about to end, and a full disk must not keep out the last words.
    """

    vault: Vault
    packs: Packs
    known: KnownRecords
    clock: Clock
    names: Callable[[], Mapping[str, str]]
    is_read_only: Callable[[RecordRow], bool] = lambda _record: False
    is_ending: bool = False
    _going_on: GoingOn = field(init=False)

    def __post_init__(self) -> None:
        self._going_on = GoingOn(self.vault, self.clock.new_id)

    def begin(self, family: str, form: str, person: str = "") -> str:
        """A new record on the newest version of the form; its id.

        A form that a family has once (the safety check, the household) is gone on with instead.
        ``person`` is the child that it is about: the form's own question is answered with them.
        """
        of_form = self.packs.newest.about(form)
        if of_form.once_per_family:
            begun = [row for row in self.vault.records(family) if row.form == form]
            if begun:  # a merged family may have two: its own, not that of a part
                return next((row for row in begun if row.family == family), begun[0]).id
        record = self.clock.new_id()
        self.vault.begin_record(record, family, form, of_form.version, self.clock.now())
        brought = self._brought(family, form, person)
        known = self._told_before(family, form, person)
        if person or brought is not None or known:
            filling = Filling(self.read(record), self.clock)
            if person:
                _say_who(filling, person)
            if known:
                filling.take_up(known)
            if brought is not None:
                filling.take_up({**brought.answers, CARRIED: brought.mark})
            self.seal(filling.freeze())
        return record

    def _brought(self, family: str, form: str, person: str) -> Carried | None:
        """What the family has said already for a record of this form, the last to say it first."""
        if not any(carry.target == form for carry in self.packs.newest.carries):
            return None
        for source in reversed(self.known.of_family(family).known):
            brought = carried(source, self.packs.newest, form, person)
            if brought is not None:
                return brought
        return None

    def _told_before(self, family: str, form: str, person: str) -> dict[str, Answer]:
        """What the family has told already in whichever record, by path; never a protective one."""
        pack = self.packs.newest
        rules = pack.tables.get("told_before", ())
        if not any(rule["form"] == form for rule in rules):
            return {}
        written = self.known.of_family(family).known
        guarded = {question.path for question in pack.protective if question.form == form}
        return {
            one.path: one.answer(self.packs.title(one.form))
            for one in told_before(form, rules, written, self.clock.new_id, person)
            if schema_path(one.path) not in guarded
        }

    def _carry_on(self, family: str, source: str) -> None:
        """Begin the records that a finished one is carried on in, so that nothing waits in it."""
        pack, written = self.packs.newest, self.known.of_family(family).known
        begins = {carry.target for carry in pack.carries if not carry.later}
        marks = [(known.form, read_mark(known.heads)) for known in written]
        taken = {(form, mark.source, mark.person) for form, mark in marks if mark is not None}
        for record in written:
            for form in pack.forms if record.id == source else ():
                about = people_carried(record, pack, form.id) if form.about_child else ("",)
                for person in about if form.id in begins else ():
                    told = carried(record, pack, form.id, person) is not None
                    if told and (form.id, source, person) not in taken:
                        self.begin(family, form.id, person)

    def open(self, record: str) -> OpenedRecord:
        """Everything that filling needs, for somebody to see: the audit knows of it.

        Errors: FormMissing, FormError, FamilyCovered.
        """
        opened = self.read(record)
        self.vault.note(Event("opened", family=opened.family, record=record))
        return opened

    def read(self, record: str) -> OpenedRecord:
        """As `open`, for what the program itself does: nobody sees it."""
        row = self.vault.record(record)
        if row is None:
            raise RecordGone
        known = self.known.of_family(row.family).known
        written = self.vault.changes(record)
        version, changes = self.packs.read(row.version, written)
        begun = self.clock.day(row.begun)
        people = people_csv(household(known))
        definition = self.packs.definition(row.form, version, people, begun)
        heads = Heads(changes)
        return OpenedRecord(
            record=record,
            family=row.family,
            form=row.form,
            version=version,
            title=self.packs.title(row.form),
            definition=definition,
            changes=changes,
            author=self.vault.worker.id,
            device=self.vault.device,
            names=self.names(),
            protective=self.packs.protective(row.form),
            naming=self.packs.naming(row.form),
            place=self._place(record),
            finalised=stays_finished(heads) and not self.packs.newest.goes_on(row.form),
            arrived_from=late_writers(heads, changes, self.names()),
            read_only=self.is_read_only(row),
            for_family=self.packs.sight("family", row.form, definition),
            for_child=self.packs.sight("child", row.form, definition),
            drafted=self.packs.drafted(row.form),
            words_changed=self.packs.on_paper("form.words_changed"),
            called_before=self.packs.newest.called_before(row.form),
            picks=_picks(definition),
            newer=self._newer(row.form, version, changes),
            went_on_from=version_before(written, row.version),
            waits_for_hub=hub_first(definition, known),
        )

    def go_on(self, opened: OpenedRecord, version: str) -> None:
        """Go on with a record in another version of its form: a newer one, or back.

        It is an answer of the record, so colleagues follow; no answer is touched. A record that is
        finished since stays as it is.
        """
        if self.read(opened.record).is_closed:
            return
        heads = Heads(self.vault.changes(opened.record))
        self._write_of_record(replace(opened, version=version), heads, VERSION, Answer(version))

    def _newer(self, form: str, version: str, changes: Sequence[Change]) -> NewerForm | None:
        """What going on in the newest version of a form would mean for this record."""
        now = self.packs.newer(form, version)
        if not now:
            return None
        asked = {question.path for question in self.packs.definition(form, now).questions}
        were = self.packs.definition(form, version)
        upgrade = self.packs.upgrades.between(form, version, now)
        said = {schema_path(path) for path in Heads(changes).answers()}
        aside = tuple(
            question.label()
            for question in were.questions
            if question.path in said and upgrade.path(question.path) not in asked
        )
        return NewerForm(now, self.packs.changed_since(form, version, now), aside)

    def missing(self, record: str) -> int | None:
        """How many questions stand between a record and finishing; None if its form is faulty."""
        try:
            return len(Filling(self.read(record), self.clock).outline.missing())
        except (FormMissing, FormError, RecordGone):
            return None

    def write(self, change: Change) -> datetime:
        """Make the open change durable, even if a sync has sealed it meanwhile; when that was."""
        self._going_on.write(change)
        return self.clock.now()

    def seal(self, changes: Sequence[Change]) -> datetime:
        """Write and seal each change, in order; when that was. Safe to repeat after an error."""
        for change in changes:
            self._going_on.write(change)
            self.vault.seal(change.record)
        return self.clock.now()

    def with_all_room(self, job: Callable[[], Result]) -> Result:
        """Run ``job``; on a full disk, at the end, once more in the vault's reserved room."""
        try:
            return job()
        except DiskFull:
            if not (self.is_ending and self.vault.release_reserve()):
                raise
            return job()

    def keep(self, content: bytes, extension: str) -> str:
        """Keep an attachment; its name (`forms.records.attachment`)."""
        return self.vault.keep(content, _MEDIA_TYPES.get(extension, "application/octet-stream"))

    def attachment(self, name: str) -> bytes | None:
        """The bytes of an attachment; None if they are not on this device."""
        with suppress(AttachmentMissing):
            return self.vault.attachment(name)
        return None

    def finish(self, opened: OpenedRecord, calculated: Mapping[str, str], because: str) -> None:
        """Finalise the record as it stands, naming its exact heads, and begin what it carries to.

        ``because`` is the worker's reason for finishing with questions unanswered. Errors:
        TelephoneFirst, for a Level 4 request about which nobody was rung; HubFirst, for an early
        help plan while such a request has no answer.
        """
        heads = self._heads(opened)
        if telephone_first(opened.definition, lambda path: heads.current(path).value):
            raise TelephoneFirst
        if hub_first(opened.definition, self.known.of_family(opened.family).known):
            raise HubFirst
        self._write_of_record(
            opened, heads, FINALISED, finalising_answer(heads, calculated, because)
        )
        self._carry_on(opened.family, opened.record)

    def amend(self, opened: OpenedRecord, reason: str) -> None:
        """Let a finished record be written on again, and say why in its history."""
        self._write_of_record(opened, self._heads(opened), AMENDED, Answer(reason))

    def _heads(self, opened: OpenedRecord) -> Heads:
        """The heads as they are now, as the version of the form that was opened words them."""
        return Heads(self.packs.upgrades.read(self.vault.changes(opened.record), opened.version))

    def _write_of_record(
        self, opened: OpenedRecord, heads: Heads, path: str, answer: Answer
    ) -> None:
        """Write and seal what is said of a record as a whole."""
        change = Change(
            self.clock.new_id(),
            opened.record,
            opened.family,
            opened.form,
            opened.version,
            opened.author,
            opened.device,
            0,
            self.clock.now(),
            self.clock.zone,
            {path: Written(answer, heads.base(path))},
        )
        self.seal([change])

    def remember_place(self, record: str, path: str) -> None:
        """Where the worker is in a record, so that the next sitting begins there."""
        self.vault.remember(f"place/{record}", path)

    def _place(self, record: str) -> str:
        place = self.vault.recall(f"place/{record}")
        return place if isinstance(place, str) else ""
