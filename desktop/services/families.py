"""The families on this device: listing, beginning, and all that one family's page says.

Runs in the vault lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.services.case_views import ApprovalLine
from desktop.services.clock import Clock
from desktop.services.hub_requests import HubRequests
from desktop.services.known_records import FamilyRecords, KnownRecords, late_writers
from desktop.services.packs import Packs
from desktop.services.private_notes import PRIVATE_NOTE
from desktop.services.views import (
    ActionLine,
    ConflictLine,
    FamilyOverview,
    FamilySummary,
    GoalLine,
    NextStep,
    PersonLine,
    PlanLine,
    RecordLine,
    RecordState,
    SafetyNotice,
)
from desktop.vault import Event, FamilyRow, RecordRow, Vault
from desktop.vault.errors import DiskFailed, DiskFull
from desktop.vault.summaries import SummaryRow
from forms.casework.approvals import APPROVED, approvals
from forms.casework.entities import entities
from forms.casework.episodes import episodes, has_ended
from forms.casework.known_record import KnownRecord
from forms.casework.next_steps import next_steps
from forms.casework.people import Person, family_name, household
from forms.casework.plan import FamilyPlan, family_plan
from forms.records.answer_path import schema_path
from forms.records.change import Change


class FamilyGone(Exception):
    """The family is not on this device any more."""

    title = "This family is not on this laptop any more"
    message = "It is with somebody else now. What you had written was sent to the council first."


KEPT_AT_ONCE = 100
"""How many new summaries one transaction keeps: each waits for the disk once."""


@dataclass(slots=True)
class Families:
    """The families of one worker."""

    vault: Vault
    packs: Packs
    known: KnownRecords
    clock: Clock
    names: Callable[[], Mapping[str, str]]
    missing: Callable[[str], int | None]
    covered_before: Callable[[], datetime | None] = lambda: None
    hub: HubRequests | None = None

    def list(self, search: str = "") -> list[FamilySummary]:
        """The families where every word is found, the one written in last first."""
        wanted = search.casefold().split()
        said = set(self.vault.search(search)) if wanted else set()
        lines = []
        for row, summary in self._summarised():
            line = self._line(row, summary)
            named = " ".join((line.name, *_references(row))).casefold()
            if not said.isdisjoint(row.ids) or all(word in named for word in wanted):
                lines.append((line.last_written or row.begun, line))
        if wanted:  # how many were found, never the words
            self.vault.note(Event("searched", count=len(lines)))
        return [line for _, line in sorted(lines, key=lambda found: found[0], reverse=True)]

    def is_closed(self, family: str) -> bool:
        """Whether the work with a family has ended, by a closure that a manager has agreed to."""
        found = episodes(self.known.of_family(family, even_if_covered=True).known)
        return bool(found) and all(episode.end is not None for episode in found)

    def begin(self) -> str:
        """A new family, which the centre need not know; its id."""
        family = self.clock.new_id()
        self.vault.begin_family(family, self.clock.now())
        return family

    def overview(self, family: str) -> FamilyOverview:
        """Everything that the family's page says. Errors: FamilyGone."""
        row = next((row for row in self.vault.families() if family in row.ids), None)
        if row is None:
            raise FamilyGone
        family = row.id
        written = self.known.of_family(family)
        people = household(written.known)
        plan = family_plan(written.known)
        missing = {r.id: self.missing(r.id) for r in written.known if not r.finalised}
        asked = self.hub.of_family(written) if self.hub else {}
        begun_as = {each.id: _reference(each) for each in (row, *row.parts)} if row.parts else {}
        summary = self._line(row, _summary_of(written))
        self.vault.note(Event("opened", family=family))
        return FamilyOverview(
            family=family,
            reference=summary.reference,
            name=summary.name,
            people=tuple(self._person(person) for person in people),
            steps=tuple(self._steps(written, missing)),
            begins=tuple(self._begins(people)),
            records=tuple(
                replace(
                    self._record(each, written, missing, begun_as.get(each.family, "")),
                    at_hub=asked.get(each.id),
                )
                for each in written.rows
                if each.form != PRIVATE_NOTE
            ),
            notes=tuple(
                self._record(each, written, missing, begun_as.get(each.family, ""))
                for each in written.rows
                if each.form == PRIVATE_NOTE
            ),
            plan=self._plan(plan, written) if plan else None,
            talk=self.safety("talk", written),
            paper=self.safety("paper", written),
            conflicts=tuple(self._conflicts(written)),
            waiting=summary.waiting,
            merged=summary.merged,
            notice=summary.notice,
            approvals=tuple(
                ApprovalLine(one.record, one.kind, one.standing, one.by, one.on, one.words)
                for one in approvals(written.known, written.changes, self.packs.newest.protective)
                if one.standing != APPROVED
            ),
            has_ended=has_ended(written.known),
        )

    def safety(self, what: str, written: FamilyRecords) -> SafetyNotice | None:
        """Whether ``what`` is safe, in words; None before any safety check."""
        permitted = written.permission(what, self.packs)
        if permitted.record is None:
            return None
        words, _, to_do = permitted.words.partition("\n")
        checked = self.vault.recall("last_checked")
        return SafetyNotice(
            permitted.allowed,
            words,
            to_do,
            permitted.record,
            datetime.fromisoformat(checked) if isinstance(checked, str) else None,
        )

    def talk(self, family: str) -> SafetyNotice | None:
        """Whether it is safe to talk in this family's home; None if nobody has asked yet."""
        return self.safety("talk", self.known.of_family(family))

    # --- inside ------------------------------------------------------------------------------

    @property
    def _read_by(self) -> str:
        """What a summary depends on besides the records: how the forms are read."""
        return self.packs.newest.version

    def _summarised(self) -> Iterator[tuple[FamilyRow, SummaryRow]]:
        """Each family with its summary: kept, or made now and kept until something is written.

        A merged family's is worked out each time: what is kept is each family's alone, and true
        again the moment that a merge is undone.
        """
        before, kept = self.covered_before(), self.vault.summaries.kept(self._read_by)
        made: dict[str, SummaryRow] = {}
        for row in self.vault.families():
            if before is not None and row.begun < before:
                continue
            if not row.parts and row.id in kept:
                yield row, kept[row.id]
                continue
            summary = _summary_of(self.known.as_told(row.id))
            if not row.parts:
                made[row.id] = summary
            if len(made) == KEPT_AT_ONCE:
                self._keep(made)
                made = {}
            yield row, summary
        self._keep(made)

    def _keep(self, made: Mapping[str, SummaryRow]) -> None:
        if made:
            with suppress(DiskFull, DiskFailed):  # they are only kept for speed
                self.vault.summaries.keep(self._read_by, made)

    def _line(self, row: FamilyRow, summary: SummaryRow) -> FamilySummary:
        return FamilySummary(
            family=row.id,
            reference=_reference(row),
            name=summary.name,
            merged=tuple(_reference(part) for part in row.parts),
            notice=row.notice,
            last_written=summary.last_written,
            waiting=summary.waiting,
            conflicts=summary.conflicts,
        )

    def _today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo(self.clock.zone)).date()

    def _person(self, person: Person) -> PersonLine:
        words = self.packs.newest.words
        parts = [words.get(f"role.{person.role}", person.role.replace("_", " "))]
        age = person.age(self._today())
        if age is not None:
            parts.append(str(age))
        if person.due is not None:
            parts.append(f"due {person.due.day} {person.due:%B %Y}")
        if person.lives in {"elsewhere", "both"}:
            parts.append(words.get(f"lives.{person.lives}", _LIVES[person.lives]))
        return PersonLine(person.id, person.name, ", ".join(part for part in parts if part))

    def _steps(
        self, written: FamilyRecords, missing: Mapping[str, int | None]
    ) -> Iterator[NextStep]:
        """What a family has once and keeps is done when nothing in it is missing."""
        for step in next_steps(written.known, self.packs.newest):
            form, child = step.form, step.person
            if form.once_per_family and step.record and missing.get(step.record) == 0:
                continue
            person, about = (child.id, child.name) if child else (None, "")
            yield NextStep(form.id, form.title, form.why, step.record, person, about)

    def _begins(self, people: Sequence[Person]) -> Iterator[NextStep]:
        for form in self.packs.newest.forms:
            if (
                form.id != PRIVATE_NOTE
                and not form.once_per_family
                and (people or not form.about_child)
            ):
                yield NextStep(form.id, form.title, form.why)

    def _record(
        self,
        row: RecordRow,
        written: FamilyRecords,
        missing: Mapping[str, int | None],
        begun_as: str,
    ) -> RecordLine:
        changes = written.changes[row.id]
        known = next((record for record in written.known if record.id == row.id), None)
        people = {person.id: person.name for person in household(written.known)}
        last = max(changes, key=lambda change: (change.at, change.id), default=None)
        return RecordLine(
            record=row.id,
            form=row.form,
            title=self.packs.title(row.form),
            state=RecordState.FINISHED if known and known.finalised else RecordState.DRAFT,
            arrived_from=self._late(known, changes),
            about=people.get(_about(known), "") if known else "",
            missing=missing.get(row.id),
            waiting=written.waiting(row.id),
            last_written=last.at if last else None,
            writer=self._writer(last) if last else "",
            begun_as=begun_as,
        )

    def _late(self, record: KnownRecord | None, changes: Sequence[Change]) -> tuple[str, ...]:
        if record is None or not record.finalised:
            return ()
        return late_writers(record.heads, changes, self.names())

    def _writer(self, change: Change) -> str:
        if change.author == self.vault.worker.id:
            return ""
        return self.names().get(change.author, "a colleague")

    def _plan(self, plan: FamilyPlan, written: FamilyRecords) -> PlanLine:
        words = self.packs.newest.words
        record = next(record for record in written.known if record.id == plan.record)
        return PlanLine(
            record=plan.record,
            title=self.packs.title("plan"),
            goals=tuple(
                GoalLine(
                    goal.outcome,
                    tuple(
                        ActionLine(
                            action.what,
                            action.who,
                            action.by_when,
                            words.get(
                                f"progress.{action.progress}", action.progress.replace("_", " ")
                            ),
                        )
                        for action in goal.actions
                    ),
                )
                for goal in plan.goals
            ),
            finished=plan.finalised,
            arrived_from=self._late(record, written.changes[plan.record]),
            agreed=record.finalised_on,
            review=plan.next_review,
            unsettled=plan.unsettled,
        )

    def _conflicts(self, written: FamilyRecords) -> Iterator[ConflictLine]:
        for record in written.known:
            definition = self.packs.definition(record.form, record.version, begun=record.begun_on)
            labels = {question.path: question.label() for question in definition.questions}
            for path in record.heads.conflicts():
                question = labels.get(schema_path(path), "A part of the form")
                yield ConflictLine(record.id, path, self.packs.title(record.form), question)


def _summary_of(written: FamilyRecords) -> SummaryRow:
    everything = [change for changes in written.changes.values() for change in changes]
    return SummaryRow(
        name=family_name(written.known),
        last_written=max((change.at for change in everything), default=None),
        waiting=sum(written.waiting(row.id) for row in written.rows),
        conflicts=sum(len(record.heads.conflicts()) for record in written.known),
    )


def _reference(row: FamilyRow) -> str:
    return row.number or row.reference


def _references(row: FamilyRow) -> tuple[str, ...]:
    """Every reference that may stand on a paper of the family."""
    return tuple(known for each in (row, *row.parts) for known in (each.reference, each.number))


_LIVES = {"elsewhere": "lives elsewhere", "both": "lives here part of the week"}


def _about(record: KnownRecord | None) -> str:
    """The id of the child that a record is about; blank for any other record."""
    voices = entities([record], "voice") if record else ()
    return next((voice.said("child") for voice in voices), "")
