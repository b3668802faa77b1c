"""The steps of the print page: for whom, to which printer, what became of it, saving a copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QFileInfo, QStandardPaths, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QVBoxLayout, QWidget

from desktop.services.views import Choice, CopyFate, PreparedPrint, PrintOffer
from desktop.ui.look.buttons import Button, primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import ChoiceBox, LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.options import RadioRow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.pages.page import button_row, put
from desktop.ui.pages.progress import Progress
from desktop.ui.words import counted, tr


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
    """Who the copy is for, and in which size; the recipient decides what is printed."""

    changed = Signal()

    def __init__(self, offer: PrintOffer, size: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_out = offer.left_out
        self.recipients = ChoiceList(tr("Who is this copy for?"), offer.recipients)
        self._sizes = offer.sizes
        self._size_box = ChoiceBox()
        self._size_box.addItems([_whole_words(choice) for choice in offer.sizes])
        self._size_box.setAccessibleName(tr("How large?"))
        keys = [choice.key for choice in offer.sizes]
        self._size_box.setCurrentIndex(keys.index(size) if size in keys else 0)
        self._says = Quiet()
        self._says.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.recipients)
        rows.addWidget(self._says)
        label = Heading(tr("How large?"), 3)
        label.setBuddy(self._size_box)
        rows.addWidget(label)
        rows.addWidget(self._size_box)
        self.recipients.chosen.connect(self._recipient_chosen)
        self._size_box.currentIndexChanged.connect(self._size_chosen)

    @property
    def size_key(self) -> str:
        """The key of the size that is chosen."""
        number = self._size_box.currentIndex()
        return self._sizes[number].key if number >= 0 else ""

    def _size_chosen(self, _: int) -> None:
        self.changed.emit()

    def _recipient_chosen(self, key: str) -> None:
        words = self._left_out.get(key, "")
        self._says.setText(words)
        self._says.setVisible(bool(words))
        self.changed.emit()


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
                "Connect one and choose Look again. If there is none in this home, tell the "
                "family when and how they will get their copy."
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


class FatePanel(Card):
    """Asks what became of the copy. Until the worker says so, nothing counts as given."""

    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        choices = (
            Choice(CopyFate.GIVEN.name, tr("I gave it to the person it is for")),
            Choice(CopyFate.DESTROYED.name, tr("I destroyed it")),
            Choice(CopyFate.LEFT_IN_PRINTER.name, tr("It was left in the printer")),
            Choice(CopyFate.NOTHING_CAME.name, tr("Nothing came out")),
        )
        self.question = ChoiceList(tr("What became of this copy?"), choices)
        self._button = primary(tr("Record this"))
        self._button.setEnabled(False)
        self._button.clicked.connect(self._tell)
        self.question.chosen.connect(lambda _key: self._button.setEnabled(True))
        self.body.addWidget(self.question)
        self.body.addLayout(button_row(self._button))

    def _tell(self) -> None:
        self.told.emit(CopyFate[self.question.key])


class SavePanel(Card):
    """Where a copy goes, with the warning that it leaves the vault."""

    save_asked = Signal(str)
    put_away = Signal()

    def __init__(self, prepared: PreparedPrint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = PurePath(QStandardPaths.writableLocation(place))
        warning = tr(
            "A saved copy is not locked. Anyone who can open this laptop can read it, and other "
            "programs may send it elsewhere. Delete it when you have used it."
        )
        self.field = LineField()
        self.field.setText(str(folder / prepared.file_name))
        self.field.setAccessibleName(tr("Where to save the copy"))
        label = Body(tr("Where to save the copy"), bold=True)
        label.setBuddy(self.field)
        self._save_button = primary(tr("Save this copy"))
        self._save_button.clicked.connect(self._save)
        self._there = Notice(
            Kind.CAUTION,
            tr("Write another name, or choose Replace it."),
            title=tr("A file with that name is there already"),
        )
        self._there.hide()
        self.field.textChanged.connect(self._name_changed)
        browse = secondary(tr("Choose a place"))
        browse.clicked.connect(self._browse)
        away = secondary(tr("Do not save"))
        away.clicked.connect(self.put_away)
        self.body.addWidget(Notice(Kind.CAUTION, warning, title=tr("This leaves the vault")))
        self.body.addWidget(label)
        self.body.addWidget(self.field)
        self.body.addWidget(self._there)
        self.body.addLayout(button_row(self._save_button, browse, away))

    def _save(self) -> None:
        path = self.field.text().strip()
        if not path:
            self.field.setFocus()
        elif QFileInfo.exists(path) and not self._there.isVisibleTo(self):
            self._there.show()
            self._save_button.say(tr("Replace it"))
        else:
            self.save_asked.emit(path)

    def _name_changed(self) -> None:
        self._there.hide()
        self._save_button.say(tr("Save this copy"))

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Save a copy"), self.field.text(), tr("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.field.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
