"""The directory of services, without a network: by need, age, neighbourhood and words."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import DirectoryView
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import ChoiceBox, LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL
from desktop.ui.look.type_scale import Size
from desktop.ui.moments import Moments
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.chronology import labelled
from desktop.ui.pages.page import ColumnPage, button_row, put
from desktop.ui.words import breakable, counted, tr
from forms.casework.directory import Service, Wanted

_PAUSE_MS = 200


class DirectoryPage(ColumnPage):
    """``wanted`` carries what is looked for; ``service_chosen`` a service, for its card."""

    wanted = Signal(object)
    service_chosen = Signal(object)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Services near you"), parent=parent)
        self._moments = moments
        self._announcer = Announcer(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.wanted.emit(self.looked_for))
        self.need, self.area = ChoiceBox(), ChoiceBox()
        self.age, self.words = LineField(), LineField()
        fields = (
            (tr("What for"), self.need),
            (tr("Age in years"), self.age),
            (tr("Neighbourhood"), self.area),
            (tr("Words"), self.words),
        )
        self.content.addLayout(button_row(*(labelled(words, field) for words, field in fields)))
        for box in (self.need, self.area):
            box.addItem(tr("Any"), "")
            box.currentIndexChanged.connect(self._pause.start)
        for field in (self.age, self.words):
            field.textChanged.connect(self._pause.start)
        self._found = Quiet()
        self.content.addWidget(self._found)
        self._rows = QVBoxLayout()
        self.content.addLayout(self._rows)

    @property
    def looked_for(self) -> Wanted:
        """What is looked for now."""
        age = self.age.text().strip()
        return Wanted(
            self.need.currentData() or "",
            int(age) if age.isdigit() and len(age) < 4 else None,
            self.area.currentData() or "",
            self.words.text(),
        )

    def show_services(self, view: DirectoryView) -> None:
        """Show what was found."""
        if self.need.count() == 1:
            self._offer(view)
        said = counted(len(view.found), "{n} service", "{n} services")
        self._found.setText(said)
        self._announcer.say(said)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        if not view.found:
            rows.addWidget(Body(tr("Nothing fits. Look for less, or ring the family hub.")))
        for service in view.found:
            rows.addWidget(self._row(service, view))
        put(whole, self._rows)

    def _offer(self, view: DirectoryView) -> None:
        for box, choices in (
            (self.need, view.outcomes),
            (self.area, tuple((area, area) for area in view.areas)),
        ):
            box.blockSignals(True)
            for value, words in choices:
                box.addItem(words, value)
            box.blockSignals(False)

    def _row(self, service: Service, view: DirectoryView) -> ChoiceRow:
        lines = [Line(breakable(service.what))]
        lines.append(Line(service.area or tr("Everywhere in the borough")))
        if service.is_stale(view.today):
            lines.append(Line(tr("Not checked lately: ring before you send anybody"), "caution"))
        row = ChoiceRow(breakable(service.name), tuple(lines))
        row.setObjectName(f"service-{service.key}")
        row.clicked.connect(lambda: self.service_chosen.emit(service))
        return row


class ServiceCardPage(ColumnPage):
    """One service in large words, to be shown to a family; ``print_asked`` for a card of it."""

    print_asked = Signal()

    def __init__(
        self, service: Service, moments: Moments, is_stale: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("A service"), breakable(service.name), parent)
        card = Card()
        card.body.setSpacing(NORMAL)
        card.body.addWidget(Body(breakable(service.what), size=Size.LEAD))
        if service.number:
            number = Body(service.number, size=Size.SECOND, bold=True)
            number.setWordWrap(False)
            card.body.addWidget(Heading(tr("Telephone"), 2))
            card.body.addWidget(number)
        where = service.area or tr("Everywhere in the borough")
        card.body.addWidget(Heading(tr("Where"), 2))
        card.body.addWidget(Body(where, size=Size.LEAD))
        if service.offered_until is not None:
            day = moments.day(service.offered_until)
            card.body.addWidget(Body(tr("Until {day}", day=day)))
        self.content.addWidget(card)
        if service.checked is not None:
            day = moments.day(service.checked)
            self.content.addWidget(Quiet(tr("Last checked {day}.", day=day)))
        if is_stale:
            self.content.addWidget(
                Notice(
                    Kind.CAUTION,
                    tr("Ring before you go: it may have changed."),
                    title=tr("Nobody has checked this lately"),
                )
            )
        go = secondary(tr("Print a card…"), about=breakable(service.name))
        go.setObjectName("print-card")
        go.clicked.connect(self.print_asked)
        self.content.addLayout(button_row(go))
