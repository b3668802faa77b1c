"""What becomes of a copy: given, destroyed, left in the printer, saved as a file, or still owed."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from PySide6.QtCore import QFileInfo, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services.print_views import Choice, CopyFate, CopyTold, PreparedPrint
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.pages.page import button_row
from desktop.ui.pages.print_panels import ChoiceList
from desktop.ui.words import tr


class FatePanel(Card):
    """Asks what became of the copy, and to whom, how and why it was given.

    Until the worker says so, nothing counts as given. ``told`` carries a `CopyFate` and a
    `CopyTold`.
    """

    told = Signal(object, object)

    def __init__(self, recipient: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        choices = (
            Choice(CopyFate.GIVEN.name, tr("I gave it to the person it is for")),
            Choice(CopyFate.DESTROYED.name, tr("I destroyed it")),
            Choice(CopyFate.LEFT_IN_PRINTER.name, tr("It was left in the printer")),
            Choice(CopyFate.NOTHING_CAME.name, tr("Nothing came out")),
        )
        self.question = ChoiceList(tr("What became of this copy?"), choices)
        self._whom = _field(tr("Given to whom?"), recipient)
        self._how = _field(tr("How?"), tr("Handed over"))
        self._why = _field(tr("Why?"), "")
        self._button = primary(tr("Record this"))
        self._button.setEnabled(False)
        self._button.clicked.connect(self._tell)
        self.question.chosen.connect(self._chosen)
        self.body.addWidget(self.question)
        self._rows = [*self._whom, *self._how, *self._why]
        for widget in self._rows:
            widget.hide()
            self.body.addWidget(widget)
        self.body.addLayout(button_row(self._button))

    def _chosen(self, key: str) -> None:
        self._button.setEnabled(True)
        for widget in self._rows:
            widget.setVisible(key == CopyFate.GIVEN.name)

    def _tell(self) -> None:
        whom, how, why = (field.text().strip() for _, field in (self._whom, self._how, self._why))
        self.told.emit(CopyFate[self.question.key], CopyTold(whom, how, why))


class OwePanel(Card):
    """Who still waits for this copy: how it reaches them safely, and by when.

    ``owed`` carries how, in words, and the day.
    """

    owed = Signal(str, object)
    put_away = Signal()

    def __init__(self, recipient: str, due: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.addWidget(Heading(tr("A copy is owed"), 3))
        self.body.addWidget(Body(tr("Write down how it will reach {who} safely.", who=recipient)))
        self._how = _field(tr("How does it reach them safely?"), "")
        self._when = _field(tr("By when?"), due.isoformat())
        self._hint = Quiet(tr("Write the day as year-month-day, such as 2026-03-04."))
        for widget in (*self._how, *self._when, self._hint):
            self.body.addWidget(widget)
        keep = primary(tr("Write this down"))
        away = secondary(tr("Not now"))
        keep.clicked.connect(self._keep)
        away.clicked.connect(self.put_away)
        self.body.addLayout(button_row(keep, away))

    @property
    def first(self) -> LineField:
        """Where one begins to write."""
        return self._how[1]

    def _keep(self) -> None:
        how, when = self._how[1], self._when[1]
        if not how.text().strip():
            how.setFocus()
            return
        try:
            day = date.fromisoformat(when.text().strip())
        except ValueError:
            when.setFocus()
            return
        self.owed.emit(how.text().strip(), day)


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


def _field(question: str, words: str) -> tuple[Body, LineField]:
    label, field = Body(question, bold=True), LineField()
    field.setText(words)
    field.setAccessibleName(question)
    label.setBuddy(field)
    return label, field
