"""A family: who they are, what is next, what has been written, and the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import AtHub, Standing
from desktop.services.views import (
    FamilyOverview,
    NextStep,
    PersonLine,
    RecordLine,
    SafetyNotice,
)
from desktop.ui.look.buttons import Button, primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import HAIR, NORMAL, TIGHT
from desktop.ui.moments import Moments
from desktop.ui.pages.approval_words import approval_words
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.for_worker import ForWorker
from desktop.ui.pages.hub_words import answer_words
from desktop.ui.pages.page import ColumnPage, button_row, put_by_turns
from desktop.ui.pages.record_words import (
    arrived_words,
    plan_words,
    record_lines,
    step_button_words,
    step_lines,
    titled,
)
from desktop.ui.pages.standing_card import for_worker_parts, standing_card
from desktop.ui.pages.sync_words import waiting_in_words
from desktop.ui.pages.two_columns import TwoColumns
from desktop.ui.turns import Turns
from desktop.ui.words import breakable, counted, listed, tr

_AT_ONCE = 8
"""How many records are put on the page before the window is let answer."""

_CLOSING_WAITS = ("closure", "waiting")
_ENDED = (
    "Help for this family has ended. If they ask for help again, begin with their agreement, "
    "below. What was written before stays."
)
STANDARD, LARGE_PRINT = "standard", "large"


class FamilyPage(ColumnPage):
    """Everything about one family, and the way to every form of it.

    ``step_chosen`` carries a `NextStep` to begin or to go on with; ``record_chosen`` a record's id;
    ``answer_chosen`` a record's id and an answer's path, to settle; ``print_asked`` a size;
    ``papers_asked`` leads to every paper of the family.
    """

    step_chosen = Signal(object)
    record_chosen = Signal(str)
    answer_chosen = Signal(str, str)
    plan_asked = Signal()
    print_asked = Signal(str)
    papers_asked = Signal()
    way_asked = Signal(str)
    """A page about this family's course: one of the ways of `standing_card`."""

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Family"), tr("Family"), parent, characters=120)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        self._now_shown: FamilyOverview | None = None
        self._standing: Standing | None = None
        self._showing = Turns(self)
        self._for_worker: ForWorker | None = None

    def show_family(self, overview: FamilyOverview, standing: Standing | None = None) -> None:
        """Show the family as it stands now; focus stays on what it was on."""
        if (overview, standing) == (self._now_shown, self._standing):
            return  # what is under somebody's pointer stays where it is
        self._now_shown, self._standing = overview, standing
        self._showing.begin(self._show_by_turns(overview))

    def leave(self) -> None:
        """Whoever looks at the page next reads nothing over a shoulder."""
        if self._for_worker is not None:
            self._for_worker.close_up()

    # Inside ------------------------------------------------------------------------------

    def _show_by_turns(self, overview: FamilyOverview) -> Iterator[None]:
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        for_worker = ForWorker(self._parts_for_worker(overview))
        yield from put_by_turns(self, self._place, whole, self._fill(rows, overview, for_worker))
        self.heading.setText(breakable(overview.name) or tr("A new family"))
        if self._for_worker is not None and self._for_worker.is_open:
            for_worker.toggle.click()
        self._for_worker = for_worker

    def _fill(
        self, rows: QVBoxLayout, overview: FamilyOverview, for_worker: ForWorker
    ) -> Iterator[None]:
        self._fill_top(rows, overview)
        rows.addWidget(for_worker)
        rows.addSpacing(TIGHT)
        columns = TwoColumns()
        rows.addWidget(columns)
        yield
        yield from self._fill_main(columns.main, overview)
        yield
        self._fill_beside(columns.beside, overview)
        yield

    def _fill_top(self, top: QVBoxLayout, overview: FamilyOverview) -> None:
        words = [tr("Reference {reference}", reference=overview.reference)]
        if overview.waiting:
            words.append(waiting_in_words(overview.waiting))
        top.addWidget(Quiet(" · ".join(words)))
        if overview.merged:
            top.addWidget(_merged(overview))

    def _parts_for_worker(self, overview: FamilyOverview) -> list[QWidget]:
        """What nobody else in the room should read: what is not safe, clashes, private notes."""
        parts: list[QWidget] = []
        if overview.notice:
            parts.append(Notice(Kind.INFO, breakable(overview.notice)))
        unsafe = [n for n in (overview.talk, overview.paper) if n is not None and not n.safe]
        if unsafe:
            parts.append(self._safety(unsafe))
        parts += [self._answer(record) for record in overview.records if _is_answered(record)]
        if overview.approvals:
            parts.append(self._approvals(overview))
        if overview.conflicts:
            parts.append(self._conflicts(overview))
        if overview.notes:
            parts.append(self._notes(overview))
        if self._standing is not None:
            parts += for_worker_parts(self._standing)
        return parts

    def _answer(self, record: RecordLine) -> Notice:
        """What the hub said to a request, with the way to it."""
        button = secondary(tr("Open the request"), about=record.title)
        button.setObjectName(f"answered-{record.record}")
        button.clicked.connect(lambda: self.record_chosen.emit(record.record))
        words = "\n".join(answer_words(record.at_hub)) if record.at_hub is not None else ""
        title = tr("The hub has answered your request")
        return Notice(Kind.INFO, words, title=title, actions=(button,))

    def _approvals(self, overview: FamilyOverview) -> Card:
        """What waits for a manager, and what one said, each with the way to the record."""
        card = Card()
        card.body.addWidget(Heading(tr("For a manager to agree to"), 3))
        for line in overview.approvals:
            row = LinkRow(approval_words(line, self._moments))
            row.setObjectName(f"approval-{line.kind}-{line.record}")
            row.clicked.connect(lambda _=False, r=line.record: self.record_chosen.emit(r))
            card.body.addWidget(row)
        return card

    def _notes(self, overview: FamilyOverview) -> Card:
        card = Card()
        card.body.addWidget(Heading(tr("Private notes"), 3))
        for note in overview.notes:
            lines = " ".join(line.words for line in record_lines(note, self._moments))
            row = LinkRow(tr("{title}: {lines}", title=note.title, lines=lines))
            row.setObjectName(f"record-{note.record}")
            row.clicked.connect(lambda _=False, r=note.record: self.record_chosen.emit(r))
            card.body.addWidget(row)
        return card

    def _safety(self, unsafe: list[SafetyNotice]) -> Notice:
        """One notice for everything that is not safe, with one way to the check behind it."""
        first = unsafe[0]
        said = [first.what_to_do]
        for other in unsafe[1:]:
            said += [other.words, other.what_to_do]
        if first.checked is not None:
            when = self._moments.when(first.checked)
            said.append(tr("Last checked with the council {when}.", when=when))
        actions: tuple[Button, ...] = ()
        record = next((notice.record for notice in unsafe if notice.record), None)
        if record is not None:
            button = secondary(tr("Open the safety check"))
            button.setObjectName("safety-check")
            button.clicked.connect(lambda: self.record_chosen.emit(record))
            actions = (button,)
        words = "\n".join(part for part in said if part)
        return Notice(Kind.CAUTION, words, title=first.words, actions=actions)

    def _conflicts(self, overview: FamilyOverview) -> Card:
        number = len(overview.conflicts)
        card = Card()
        card.body.addWidget(
            Heading(
                counted(number, "{n} answer needs settling", "{n} answers need settling"),
                3,
            )
        )
        card.body.addWidget(
            Body(tr("Two people answered differently. Both answers are kept until you choose."))
        )
        for conflict in overview.conflicts:
            line = LinkRow(
                tr(
                    "{form}: {question}",
                    form=conflict.form_title,
                    question=breakable(conflict.question),
                )
            )
            line.setObjectName(f"conflict-{conflict.record}-{conflict.path}")
            line.clicked.connect(
                lambda _=False, c=conflict: self.answer_chosen.emit(c.record, c.path)
            )
            card.body.addWidget(line)
        return card

    def _fill_main(self, column: QVBoxLayout, overview: FamilyOverview) -> Iterator[None]:
        if overview.steps or overview.has_ended:
            column.addWidget(Heading(tr("What is next"), 2))
        if overview.has_ended:
            column.addWidget(Body(tr(_ENDED)))
        if overview.steps:
            column.addWidget(self._first_step(overview.steps[0]))
            for step in overview.steps[1:]:
                column.addWidget(self._later_step(step))
        yield
        if overview.records:
            column.addWidget(Heading(tr("What has been written"), 2))
            for number, record in enumerate(overview.records, 1):
                if number % _AT_ONCE == 0:
                    yield
                waits = any(
                    one.record == record.record and (one.kind, one.standing) == _CLOSING_WAITS
                    for one in overview.approvals
                )
                closing = (Line(tr("A manager has not agreed yet.")),) if waits else ()
                lines = (*record_lines(record, self._moments), *closing)
                row = ChoiceRow(titled(record.title, record.about), lines)
                row.setObjectName(f"record-{record.record}")
                row.clicked.connect(lambda _=False, r=record.record: self.record_chosen.emit(r))
                column.addWidget(row)
        yield
        offered = {step.form for step in overview.steps}
        others = [begin for begin in overview.begins if begin.form not in offered]
        if others:
            column.addWidget(Heading(tr("Begin something else"), 2))
            column.addWidget(self._others(others))
        column.addStretch(1)

    def _first_step(self, step: NextStep) -> Card:
        card = Card()
        card.body.addWidget(Heading(titled(step.title, step.about), 3))
        if step.why:
            card.body.addWidget(Body(step.why))
        button = primary(step_button_words(step), about=titled(step.title, step.about))
        button.setObjectName(_step_name(step))
        button.clicked.connect(self._chooses(step))
        card.body.addLayout(button_row(button))
        return card

    def _later_step(self, step: NextStep) -> ChoiceRow:
        row = ChoiceRow(titled(step.title, step.about), step_lines(step))
        row.setObjectName(_step_name(step))
        row.clicked.connect(self._chooses(step))
        return row

    def _others(self, begins: list[NextStep]) -> Card:
        card = Card()
        card.body.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        card.body.setSpacing(HAIR)
        for step in begins:
            line = LinkRow(titled(step.title, step.about))
            line.setObjectName(_step_name(step))
            line.clicked.connect(self._chooses(step))
            card.body.addWidget(line)
        return card

    def _chooses(self, step: NextStep) -> Callable[[], None]:
        return lambda: self.step_chosen.emit(step)

    def _fill_beside(self, column: QVBoxLayout, overview: FamilyOverview) -> None:
        if self._standing is not None:
            column.addWidget(Heading(tr("How it stands"), 2))
            column.addWidget(standing_card(self._standing, self._moments, self.way_asked.emit))
        column.addWidget(Heading(tr("Who"), 2))
        people = Card()
        for person in overview.people:
            people.body.addLayout(_person(person))
        if not overview.people:
            people.body.addWidget(Body(tr("Nobody is written down yet.")))
        column.addWidget(people)
        column.addWidget(Heading(tr("The plan"), 2))
        column.addWidget(self._plan_card(overview))
        papers = secondary(tr("All papers and copies"), icon_name="print")
        papers.setObjectName("papers")
        papers.clicked.connect(self.papers_asked)
        column.addLayout(button_row(papers))
        column.addStretch(1)

    def _plan_card(self, overview: FamilyOverview) -> Card:
        card, plan = Card(), overview.plan
        if plan is None:
            card.body.addWidget(Body(tr("There is no plan yet.")))
            return card
        card.body.addWidget(Body(plan_words(plan, self._moments)))
        if not plan.finished:
            card.body.addWidget(Quiet(tr("A draft: copies of it say so.")))
        elif plan.arrived_from:
            card.body.addWidget(Quiet(f"{arrived_words(plan.arrived_from)}."))
        see = secondary(tr("See the plan"))
        see.setObjectName("see-plan")
        see.clicked.connect(self.plan_asked)
        card.body.addLayout(button_row(see, *self._print_buttons()))
        return card

    def _print_buttons(self) -> tuple[Button, Button]:
        standard = secondary(tr("Print"), icon_name="print", about=tr("the plan"))
        large = secondary(tr("Large print"), icon_name="print", about=tr("of the plan"))
        for button, size in ((standard, STANDARD), (large, LARGE_PRINT)):
            button.setObjectName(f"print-{size}")
            button.clicked.connect(lambda _=False, size=size: self.print_asked.emit(size))
        return standard, large


def _merged(overview: FamilyOverview) -> Notice:
    references = listed([overview.reference, *overview.merged])
    words = tr(
        "It has the references {references}. Everything that was written under each of them is "
        "here and is kept, every assessment too. If this turns out to be wrong, the council can "
        "part them again, each with its own.",
        references=references,
    )
    return Notice(Kind.INFO, words, title=tr("This family was begun more than once"))


def _is_answered(record: RecordLine) -> bool:
    """True while there is something to do about the hub's answer."""
    line = record.at_hub
    return (
        line is not None
        and line.standing is AtHub.DECIDED
        and (not line.family_knows or line.decision == "more")
    )


def _step_name(step: NextStep) -> str:
    return f"step-{step.form}-{step.person or ''}-{step.record or ''}"


def _person(person: PersonLine) -> QVBoxLayout:
    rows = QVBoxLayout()
    rows.setSpacing(HAIR)
    rows.addWidget(Body(breakable(person.name) or tr("No name yet"), bold=True))
    if person.about:
        rows.addWidget(Quiet(breakable(person.about)))
    return rows
