"""What is printed of a family, for whom, and what became of each copy. Runs in the vault lane.

Whether paper is safe is asked again at each step: what was safe when the page opened may not be
any more. A copy has its number before its pages are made, and its record before its job starts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop.printing import plan as sheet
from desktop.printing.document import Foot
from desktop.printing.render import PagePicture, Pages
from desktop.printing.scripts import ScriptSetter
from desktop.printing.story import Strokes
from desktop.printing.typesetting import PrintSize
from desktop.services.clock import Clock
from desktop.services.families import Families
from desktop.services.known_records import FamilyRecords, KnownRecords
from desktop.services.packs import Packs
from desktop.services.views import Choice, CopyFate, PreparedPrint, PrintOffer, SafetyNotice
from desktop.vault import Event, Vault
from desktop.vault.errors import VaultError
from forms.casework.people import family_name, household
from forms.casework.plan import FamilyPlan, family_plan
from forms.records.change import Change
from forms.records.finalising import finalised_state
from forms.records.identifiers import provisional_reference

_COPIES = "copies made"
_SIZES = {
    "standard": (PrintSize.STANDARD, "Standard", "14 point; most people"),
    "large": (PrintSize.LARGE_18, "Large print", "18 point"),
    "large-16": (PrintSize.LARGE_16, "Large print, smaller", "16 point"),
    "large-20": (PrintSize.LARGE_20, "Large print, larger", "20 point"),
    "large-24": (PrintSize.LARGE_24, "Very large print", "24 point"),
    "large-28": (PrintSize.LARGE_28, "Largest print", "28 point"),
}


class NotSafe(Exception):
    """Paper may not be left in this home; nothing was prepared."""

    title = "Nothing is printed here"

    def __init__(self, message: str) -> None:
        super().__init__(self.title)
        self.message = message


class NoPlan(Exception):
    """There is no plan to print yet."""

    title = "There is no plan yet"
    message = "Make the plan with the family first, then print it."


class CopyNotSaved(Exception):
    """The chosen place did not take the file."""

    title = "The copy was not saved"
    message = "The place that you chose cannot be written to, or is full. Choose another one."


@dataclass(slots=True)
class Paper:
    """The printing of one worker's families."""

    vault: Vault
    packs: Packs
    known: KnownRecords
    families: Families
    clock: Clock
    setter: ScriptSetter | None = None

    def plan_desk(self, family: str) -> PlanDesk:
        """The desk where this family's plan is printed."""
        return PlanDesk(self, family)


@dataclass(slots=True)
class PlanDesk:
    """Our family plan, of one family: `desktop.services.views.PrintDesk`."""

    paper: Paper
    family: str
    _prepared: dict[int, tuple[str, bytes]] = field(default_factory=dict)

    def offer(self) -> PrintOffer:
        """For whom and in which sizes, and whether paper is safe at this moment."""
        written = self.paper.known.of_family(self.family)
        people = [p for p in household(written.known) if not p.is_unborn]
        readers = [
            Choice(p.id, p.name, "lives somewhere else" if p.lives == "elsewhere" else "")
            for p in people
        ]
        whole = Choice("household", "The whole family", "one copy for the home")
        sizes = tuple(Choice(key, words, hint) for key, (_, words, hint) in _SIZES.items())
        safe = self._safe(written)
        return PrintOffer("plan", "Our family plan", (whole, *readers), sizes, safe)

    def prepare(self, recipient: str, size: str) -> PreparedPrint:
        """The pages for this recipient. Errors: NotSafe, NoPlan."""
        written = self.paper.known.of_family(self.family)
        safe = self._safe(written)
        if not safe.safe:
            raise NotSafe(f"{safe.words} {safe.what_to_do}".strip())
        plan = family_plan(written.known)
        if plan is None:
            raise NoPlan
        number = self._next_number()
        version = self._version(plan, written)
        name = family_name(written.known) or "Your family"
        foot = Foot(name, number, version, self.paper.clock.now())
        draft = not plan.finalised
        printed = sheet.plan_pages(
            self._sheet(plan, written),
            _SIZES[size][0],
            foot,
            draft=draft,
            setter=self.paper.setter,
        )
        prepared = PreparedPrint(
            recipient,
            size,
            printed.texts,
            partial(_picture, printed.pdf),
            file_name=f"plan-{number}.pdf",
            draft=draft,
        )
        self._prepared[id(prepared)] = (number, printed.pdf)
        return prepared

    def requested(self, prepared: PreparedPrint, printer: str) -> str:  # noqa: ARG002
        """Record that a copy is about to be printed; its number. Errors: NotSafe.

        The printer's name is not recorded: it may name a person.
        """
        self._check_safe()
        number, _ = self._prepared[id(prepared)]
        self._note("print requested", number, prepared)
        return number

    def became(self, copy: str, fate: CopyFate) -> None:
        """Record what the worker says became of a copy."""
        self.paper.vault.note(Event(f"copy {fate.value}", family=self.family, detail=copy))

    def save_copy(self, prepared: PreparedPrint, path: str) -> None:
        """Record that a copy leaves the vault, then write it. Errors: NotSafe, CopyNotSaved."""
        self._check_safe()
        number, pdf = self._prepared[id(prepared)]
        self._note("copy saved as a file", number, prepared)
        try:
            _write_whole(Path(path), pdf)
        except OSError as error:
            raise CopyNotSaved from error

    # --- inside ------------------------------------------------------------------------------

    def _note(self, kind: str, number: str, prepared: PreparedPrint) -> None:
        detail = json.dumps({"copy": number, "size": prepared.size, "for": prepared.recipient})
        self.paper.vault.note(Event(kind, family=self.family, detail=detail))

    def _safe(self, written: FamilyRecords) -> SafetyNotice:
        notice = self.paper.families.safety("paper", written)
        if notice is not None:
            return notice
        words = written.permission("paper", self.paper.packs).words
        return SafetyNotice(False, words, "Open the safety check and ask.")

    def _check_safe(self) -> None:
        safe = self._safe(self.paper.known.of_family(self.family))
        if not safe.safe:
            raise NotSafe(f"{safe.words} {safe.what_to_do}".strip())

    def _next_number(self) -> str:
        made = self.paper.vault.recall(_COPIES)
        number = made + 1 if isinstance(made, int) else 1
        self.paper.vault.remember(_COPIES, number)
        return f"{provisional_reference(self.paper.vault.device)[3:7]}-{number:04}"

    def _version(self, plan: FamilyPlan, written: FamilyRecords) -> str:
        record = next(record for record in written.known if record.id == plan.record)
        state = finalised_state(record.heads)
        return state.version_hash if state and plan.finalised else "draft"

    def _sheet(self, plan: FamilyPlan, written: FamilyRecords) -> sheet.PlanSheet:
        today = self.paper.clock.now().astimezone(ZoneInfo(self.paper.clock.zone)).date()
        meeting = None
        if plan.next_review is not None:
            meeting = sheet.Meeting(plan.next_review, "", plan.review_where)
        return sheet.PlanSheet(
            family=family_name(written.known) or "Our family",
            made_on=today,
            people=tuple(p.name for p in household(written.known) if p.included != "no"),
            going_well=tuple(line for line in plan.strengths.splitlines() if line.strip()),
            goals=(*_child_goals(plan), *_goals(plan)),
            actions=tuple(_actions(plan)),
            what_if=plan.if_worried,
            contacts=self._contacts(plan),
            next_review=meeting,
            signed=tuple(self._signed(plan, written)),
        )

    def _contacts(self, plan: FamilyPlan) -> tuple[sheet.ContactLine, ...]:
        lead = sheet.ContactLine(plan.lead, plan.lead_number)
        council = tuple(
            sheet.ContactLine(c.name, c.number, c.when, c.urgent)
            for c in self.paper.packs.newest.contacts
        )
        return (lead, *council) if plan.lead else council

    def _signed(self, plan: FamilyPlan, written: FamilyRecords) -> list[sheet.Signed]:
        signed = []
        for one in plan.signed:
            strokes = None
            if one.attachment:
                with suppress(VaultError, ValueError, KeyError):  # not here yet: a line to sign on
                    strokes = _strokes(self.paper.vault.attachment(one.attachment))
            on = self._written_on(one.attachment, written.changes[plan.record])
            by_word = _in_words(one.attachment)
            day = on if strokes or by_word else None
            signed.append(sheet.Signed(one.name, by_word, day, strokes))
        return signed

    def _written_on(self, value: str, changes: Sequence[Change]) -> date | None:
        """The day on which somebody first gave this answer, where the worker is."""
        zone = ZoneInfo(self.paper.clock.zone)
        said = [
            change.at
            for change in changes
            if any(written.answer.value == value for written in change.answers.values())
        ]
        return min(said).astimezone(zone).date() if said else None


def _in_words(signature: str) -> str:
    """What stands for a drawn signature (docs/architecture.md, forms.records); blank if nothing."""
    how, _, words = signature.partition(": ")
    if how == "typed" and words:
        return f"who typed “{words}” to sign"
    if how == "witnessed" and words:
        return f"who agreed by word ({words})"
    return ""


def _child_goals(plan: FamilyPlan) -> tuple[sheet.Goal, ...]:
    return tuple(
        sheet.Goal(goal.words, goal.name, unsettled=goal.unsettled)
        for goal in plan.child_goals
        if goal.may_print and goal.words
    )


def _goals(plan: FamilyPlan) -> tuple[sheet.Goal, ...]:
    return tuple(
        sheet.Goal(goal.outcome, ", ".join(goal.people), goal.measure, goal.unsettled)
        for goal in plan.goals
        if goal.outcome
    )


def _actions(plan: FamilyPlan) -> list[sheet.PlannedAction]:
    return [
        sheet.PlannedAction(a.what, a.who, a.by_when, a.how_often, a.done, a.unsettled)
        for a in plan.actions
    ]


def _strokes(content: bytes) -> Strokes:
    whole: Mapping[str, object] = json.loads(content)
    lines = tuple(
        tuple((float(x), float(y)) for x, y, *_ in stroke["points"])
        for stroke in whole["strokes"]  # type: ignore[attr-defined]
    )
    return Strokes(float(str(whole["width"])), float(str(whole["height"])), lines)


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: a full disk leaves no half of a plan behind."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _picture(pdf: bytes, page: int, width: int) -> PagePicture:
    with Pages(pdf) as pages:
        return pages.at_width(page, width)
