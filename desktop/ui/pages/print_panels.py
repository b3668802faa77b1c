"""The steps of the print page: for whom, what to check, to which printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.services.print_views import Choice, PrintOffer
from desktop.ui.look.buttons import Button, primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import ChoiceBox
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.options import CheckRow, RadioRow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.pages.page import button_row, put
from desktop.ui.pages.progress import Progress
from desktop.ui.words import breakable, counted, tr


class ChoiceList(QWidget):
    """A question with one of several answers. ``chosen`` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, question: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(question)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(TIGHT)
        rows.addWidget(Heading(question, 3))
        for number, choice in enumerate(self._choices):
            row = RadioRow(_whole_words(choice))
            row.setAccessibleDescription(question)
            self._group.addButton(row, number)
            rows.addWidget(row)
        self._group.idToggled.connect(self._toggled)

    @property
    def key(self) -> str:
        """The key that is chosen; empty while none is."""
        number = self._group.checkedId()
        return self._choices[number].key if number >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose by key; nothing happens if there is no such choice."""
        for number, choice in enumerate(self._choices):
            if choice.key == key:
                self._group.button(number).setChecked(True)

    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit(self._choices[number].key)


def _whole_words(choice: Choice) -> str:
    return f"{choice.words} · {choice.hint}" if choice.hint else choice.words


class RecipientPanel(QWidget):
    """Who the copy is for, in which size and manner; the recipient decides what is printed."""

    changed = Signal()

    def __init__(self, offer: PrintOffer, size: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._asked = offer, size
        self.recipients = ChoiceList(tr("Who is this copy for?"), offer.recipients)
        self._sizes = _Box(tr("How large?"), offer.sizes)
        self._sizes.choose(size)
        self._manners = _Box(tr("In which manner?"), offer.manners)
        self._says = Quiet()
        self._says.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.recipients)
        rows.addWidget(self._says)
        rows.addWidget(self._sizes)
        rows.addWidget(self._manners)
        self._manners.setVisible(len(offer.manners) > 1)
        self.recipients.chosen.connect(self._recipient_chosen)
        for box in (self._sizes, self._manners):
            box.changed.connect(self.changed)

    @property
    def size_key(self) -> str:
        """The key of the size that is chosen."""
        return self._sizes.key

    @property
    def manner_key(self) -> str:
        """The key of the manner that is chosen; blank where there is only one."""
        return self._manners.key

    @property
    def refusal(self) -> str:
        """Why nothing is printed for who is chosen; blank if it may be."""
        return self._offer.refused.get(self.recipients.key, "")

    @property
    def may_be_decided(self) -> bool:
        """Whether a worker and a manager may decide that who is chosen gets papers."""
        return self.recipients.key in self._offer.liftable

    @property
    def recipient_name(self) -> str:
        """Who is chosen, in words."""
        key = self.recipients.key
        return next((one.words for one in self._offer.recipients if one.key == key), "")

    def _recipient_chosen(self, key: str) -> None:
        words = self._offer.left_out.get(key, "")
        self._says.setText(words)
        self._says.setVisible(bool(words))
        if not self._asked:
            self._sizes.choose(self._offer.usual.get(key, self.size_key))
        self.changed.emit()


class _Box(QWidget):
    """A question with one of several answers in a box; ``changed`` once somebody chooses."""

    changed = Signal()

    def __init__(
        self, question: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = [choice.key for choice in choices]
        self._box = ChoiceBox()
        self._box.addItems([_whole_words(choice) for choice in choices])
        self._box.setAccessibleName(question)
        label = Heading(question, 3)
        label.setBuddy(self._box)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(label)
        rows.addWidget(self._box)
        self._box.currentIndexChanged.connect(self._chosen)

    @property
    def key(self) -> str:
        """The key that is chosen; blank where there is nothing to choose."""
        number = self._box.currentIndex()
        return self._keys[number] if number >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose by key, without saying so; nothing happens if there is no such choice."""
        if key in self._keys:
            self._box.blockSignals(True)
            self._box.setCurrentIndex(self._keys.index(key))
            self._box.blockSignals(False)

    def _chosen(self, _: int) -> None:
        self.changed.emit()


class CheckPanel(Card):
    """What to check before a copy leaves, and the buttons that are there once it is checked."""

    checked = Signal(bool)
    print_asked = Signal()
    save_asked = Signal()
    owe_asked = Signal()

    def __init__(
        self, sentences: Sequence[str], *, is_checked: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        print_button = primary(tr("Print…"))
        save_button = secondary(tr("Save a copy…"))
        print_button.clicked.connect(self.print_asked)
        save_button.clicked.connect(self.save_asked)
        if sentences:
            self.body.addWidget(Heading(tr("Before it leaves"), 3))
            for sentence in sentences:
                self.body.addWidget(Body(breakable(sentence)))
            tick = CheckRow(tr("I have checked this"))
            tick.setChecked(is_checked)
            for button in (print_button, save_button):
                button.setEnabled(is_checked)
                tick.toggled.connect(button.setEnabled)
            tick.toggled.connect(self.checked)
            self.body.addWidget(tick)
        buttons = [print_button, save_button]
        if sentences:  # a blank form is owed to nobody
            owe_button = secondary(tr("It cannot be printed here…"))
            owe_button.clicked.connect(self.owe_asked)
            buttons.append(owe_button)
        self.body.addLayout(button_row(*buttons))


class PrinterPanel(Card):
    """Which printer, and how far it is. Nothing is recorded as given here."""

    print_asked = Signal(str)
    look_again_asked = Signal()
    cancel_asked = Signal()
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)
        self._bar: Progress | None = None
        self._progress: Body | None = None
        self._pages = 0

    def show_looking(self) -> None:
        """The printers are being looked for."""
        self._show([Body(tr("Looking for printers."))], [])

    def show_printers(self, names: Sequence[str], pages: int) -> None:
        """Offer these printers; say what to do if there is none."""
        self._pages = pages
        again = secondary(tr("Look again"), about=tr("for printers"))
        again.clicked.connect(self.look_again_asked)
        away = secondary(tr("Not now"))
        away.clicked.connect(self.put_away)
        if not names:
            words = tr(
                "Connect one and choose Look again. If there is none in this home, choose Not now, "
                "then write down who is owed this copy."
            )
            none = Notice(Kind.INFO, words, title=tr("This laptop knows no printer"))
            self._show([none], [again, away])
            again.setFocus()
            return
        label, box = Heading(tr("Which printer?"), 3), ChoiceBox()
        box.addItems(list(names))
        box.setAccessibleName(tr("Printer"))
        label.setBuddy(box)
        go = primary(counted(pages, "Print {n} page", "Print {n} pages"))
        go.clicked.connect(lambda: self.print_asked.emit(box.currentText()))
        self._show([label, box], [go, again, away])
        box.setFocus()

    def show_printing(self) -> None:
        """A job has begun."""
        self._bar, self._progress = Progress(tr("How far the printing is")), Body()
        stop = secondary(tr("Stop"), about=tr("printing"))
        stop.clicked.connect(self.cancel_asked)
        self._show([self._progress, self._bar], [stop])
        self.show_done(0)
        stop.setFocus()

    def show_done(self, pages: int) -> None:
        """So many pages have gone to the printer."""
        if self._bar is None or self._progress is None:
            return
        self._bar.show_done(pages, self._pages)
        self._progress.setText(
            tr("{done} of {total} pages have gone to the printer", done=pages, total=self._pages)
        )

    def _show(self, rows: Sequence[QWidget], buttons: Sequence[Button]) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        for row in rows:
            column.addWidget(row)
        column.addLayout(button_row(*buttons))
        put(whole, self._place)
