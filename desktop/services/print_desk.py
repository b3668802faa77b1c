"""The desk where one paper of a family is printed: gathered, laid out, recorded, told of.

Whether paper is safe is asked again at each step: what was safe when the page opened may not be
any more. A copy has its number before its pages are made, and its record before its job starts.
Gathering is quick and in the vault lane; laying out takes as long as it takes in the paper lane.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from desktop.printing.document import Watch, first_page, print_story
from desktop.services.gathered_copy import GatheredCopy, version_of
from desktop.services.pages_made import picture, write_whole
from desktop.services.paper_decision import begun_decision
from desktop.services.paper_parts import NoSuchPaper, PaperParts
from desktop.services.paper_readers import (
    reader_choice,
    reader_name,
    reader_of,
    readers_of,
    what_is_left_out,
)
from desktop.services.paper_safety import check_paper, paper_notice
from desktop.services.paper_sizes import OF_PERSON, SIZES, size_choices
from desktop.services.papers.manners import PLAIN
from desktop.services.papers.named_people import checks_before_printing
from desktop.services.papers.products import Product
from desktop.services.print_views import (
    Choice,
    CopyFate,
    CopyTold,
    GatheredPrint,
    PagePicture,
    PreparedPrint,
    PrintOffer,
)
from desktop.vault import Event
from desktop.vault.errors import VaultError
from forms.casework.known_record import KnownRecord
from forms.casework.people import household, people_csv
from forms.casework.reader import Reader, Told
from forms.casework.readers import readers
from forms.casework.redaction import redacted
from forms.records.attachment import is_attachment_name
from forms.records.identifiers import provisional_reference
from forms.xforms import Definition

_COPIES = "copies made"
_FATES = {
    CopyFate.GIVEN: "given",
    CopyFate.DESTROYED: "destroyed",
    CopyFate.LEFT_IN_PRINTER: "left",
    CopyFate.NOTHING_CAME: "nothing",
}


@dataclass(frozen=True, slots=True, repr=False)
class _Made:
    """Pages that wait to be printed, and what they are recorded as."""

    pdf: bytes
    number: str
    answers: Mapping[str, str]


@dataclass(slots=True)
class PaperDesk:
    """One paper of one family: `desktop.services.print_views.PrintDesk`."""

    paper: PaperParts
    family: str
    product: str
    _made: dict[int, _Made] = field(default_factory=dict)
    _rows: dict[str, tuple[str, _Made]] = field(default_factory=dict)

    def offer(self) -> PrintOffer:
        """For whom and in which sizes, and whether paper is safe at this moment."""
        written = self.paper.known.of_family(self.family)
        product = self.paper.product(written, self.product)
        told = self.paper.told(written)
        offered = readers_of(told, product)
        sizes = {person.id: person.print_size for person in household(told.records)}
        return PrintOffer(
            product.key,
            product.full_title,
            tuple(reader_choice(reader) for reader in offered),
            size_choices(),
            paper_notice(written, self.paper.packs, self.paper.families),
            left_out={reader.key: what_is_left_out(reader, told) for reader in offered},
            refused={reader.key: reader.refused for reader in offered if reader.refused},
            liftable=frozenset(reader.key for reader in offered if reader.lifted_by),
            manners=tuple(Choice(key, words) for key, words in product.manners.items()),
            usual={key: OF_PERSON[size] for key, size in sizes.items() if size in OF_PERSON},
        )

    def decide(self, recipient: str) -> str:
        """The record of a decision on what blocks papers for this recipient; begun if need be.

        Error: NoSuchPaper, where nothing blocks that a decision could lift.
        """
        written = self.paper.known.of_family(self.family)
        for reader in readers(self.paper.told(written)):
            if reader.key == recipient and reader.lifted_by:
                return begun_decision(self.paper.records, self.family, reader, written.known)
        raise NoSuchPaper

    def gather(self, recipient: str, size: str, manner: str = PLAIN) -> GatheredCopy:
        """What this recipient's pages are made of. Errors: NotSafe, NoSuchPaper, ReaderRefused."""
        written = self.paper.known.of_family(self.family)
        check_paper(written, self.paper.packs, self.paper.families)
        product = self.paper.product(written, self.product)
        told = self.paper.told(written)
        reader = reader_of(told, product, recipient)
        left = redacted(told, reader, lambda _record, _heads: frozenset())
        return GatheredCopy(
            recipient,
            size,
            manner or PLAIN,
            product,
            reader,
            told,
            {record.id: self._definition(record, told) for record in told.records},
            self._attachments(left.records),
            self.paper.clock.now(),
            self.paper.clock.zone,
            self._next_number(),
        )

    def first_page(self, gathered: GatheredPrint, width: int) -> PagePicture:
        """The first page, before the others are laid out. In the paper lane."""
        copy = _copy(gathered)
        story = copy.story()
        made = first_page(
            story,
            SIZES[copy.size][0],
            copy.foot(story),
            draft=copy.product.is_draft,
            setter=self.paper.setter,
        )
        return picture(made.pdf, 0, width)

    def typeset(
        self,
        gathered: GatheredPrint,
        moved: Callable[[int], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> PreparedPrint:
        """The pages. In the paper lane. Errors: NothingForReader, Stopped."""
        copy = _copy(gathered)
        story = copy.story()
        printed = print_story(
            story,
            SIZES[copy.size][0],
            copy.foot(story),
            draft=copy.product.is_draft,
            setter=self.paper.setter,
            watch=Watch(moved, stopped),
        )
        prepared = PreparedPrint(
            copy.recipient,
            copy.size,
            printed.texts,
            partial(picture, printed.pdf),
            file_name=f"paper-{copy.number}.pdf",
            draft=copy.product.is_draft,
            manner=copy.manner,
            check=checks_before_printing(copy.told, copy.reader, printed.texts),
            boxes=printed.boxes,
        )
        self._made[id(prepared)] = _Made(
            printed.pdf, copy.number, _recorded(copy, version_of(story))
        )
        return prepared

    def prepare(self, recipient: str, size: str, manner: str = PLAIN) -> PreparedPrint:
        """Gathered and laid out in one go: where nobody waits for the vault."""
        return self.typeset(self.gather(recipient, size, manner))

    def requested(self, prepared: PreparedPrint, printer: str) -> str:  # noqa: ARG002
        """Record that a copy is about to be printed; its number. Errors: NotSafe.

        The printer's name is not recorded: it may name a person.
        """
        self._check_safe()
        made = self._made[id(prepared)]
        self._note("print requested", made.number, prepared)
        self._add_row(made, "requested")
        return made.number

    def became(self, copy: str, fate: CopyFate, told: CopyTold | None = None) -> None:
        """Record what the worker says became of a copy; given, it is owed no more."""
        self.paper.vault.note(Event(f"copy {fate.value}", family=self.family, detail=copy))
        row, made = self._rows[copy]
        answers = {"became": _FATES[fate], "became_on": self.paper.today().isoformat()}
        if fate is CopyFate.GIVEN:
            told = told or CopyTold()
            answers |= {
                "given_to": told.whom or made.answers["reader"],
                "given_how": told.how,
                "given_why": told.why,
            }
        self.paper.copies.change(self.family, row, answers)
        if fate is CopyFate.GIVEN:
            self._pay(made)

    def owe(self, recipient: str, size: str, manner: str, reaches: str, due: date) -> None:
        """Record that a recipient is owed this copy. Errors: NoSuchPaper, ReaderRefused."""
        written = self.paper.known.of_family(self.family)
        product = self.paper.product(written, self.product)
        reader = reader_of(self.paper.told(written), product, recipient)
        self.paper.copies.add(
            self.family,
            {
                **_named(product, reader, size, manner),
                "became": "owed",
                "reaches": reaches,
                "due": due.isoformat(),
            },
        )

    def save_copy(self, prepared: PreparedPrint, path: str) -> None:
        """Record that a copy leaves the vault, then write it. Errors: NotSafe, CopyNotSaved."""
        self._check_safe()
        made = self._made[id(prepared)]
        self._note("copy saved as a file", made.number, prepared)
        self._add_row(made, "saved")
        write_whole(Path(path), made.pdf)

    # --- inside ------------------------------------------------------------------------------

    def _note(self, kind: str, number: str, prepared: PreparedPrint) -> None:
        detail = {
            "copy": number,
            "paper": self.product,
            "size": prepared.size,
            "manner": prepared.manner,
            "for": prepared.recipient,
        }
        self.paper.vault.note(Event(kind, family=self.family, detail=json.dumps(detail)))

    def _add_row(self, made: _Made, became: str) -> None:
        today = self.paper.today().isoformat()
        answers = {**made.answers, "became": became, "became_on": today}
        self._rows[made.number] = self.paper.copies.add(self.family, answers), made

    def _pay(self, made: _Made) -> None:
        """What was owed of the same paper to the same person has been given."""
        for owed in list(self.paper.copies.owed(self.family)):
            same = ("paper_key", "reader_key")
            if all(owed.said(name) == made.answers[name] for name in same):
                answers = {"became": "given", "given_to": made.answers["reader"]}
                self.paper.copies.change(self.family, owed.id, answers)

    def _check_safe(self) -> None:
        written = self.paper.known.of_family(self.family)
        check_paper(written, self.paper.packs, self.paper.families)

    def _definition(self, record: KnownRecord, told: Told) -> Definition:
        people = people_csv(household(told.records))
        return self.paper.packs.definition(record.form, record.version, people, record.begun_on)

    def _attachments(self, records: Iterable[KnownRecord]) -> dict[str, bytes]:
        """What is on this device of the attachments that are left for the reader."""
        found = {}
        for record in records:
            for answer in record.heads.answers().values():
                if is_attachment_name(answer.value):
                    with suppress(VaultError):  # not here yet: the page says so
                        found[answer.value] = self.paper.vault.attachment(answer.value)
        return found

    def _next_number(self) -> str:
        made = self.paper.vault.recall(_COPIES)
        number = made + 1 if isinstance(made, int) else 1
        self.paper.vault.remember(_COPIES, number)
        return f"{provisional_reference(self.paper.vault.device)[3:7]}-{number:04}"


def _copy(gathered: GatheredPrint) -> GatheredCopy:
    if not isinstance(gathered, GatheredCopy):
        raise TypeError("pages of another desk")
    return gathered


def _named(product: Product, reader: Reader, size: str, manner: str) -> dict[str, str]:
    words = " · ".join(part for part in (SIZES[size][1], product.manners.get(manner, "")) if part)
    return {
        "paper": product.full_title,
        "paper_key": product.key,
        "reader": reader_name(reader),
        "reader_key": reader.key,
        "manner": words,
    }


def _recorded(copy: GatheredCopy, version: str) -> dict[str, str]:
    return {
        "number": copy.number,
        **_named(copy.product, copy.reader, copy.size, copy.manner),
        "version": version,
    }
