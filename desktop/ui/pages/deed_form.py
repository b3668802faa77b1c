"""What has to be said before something is done about a matter, and the button that does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.fields import ChoiceBox, LineField, TextArea
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import TIGHT
from desktop.ui.pages.chronology import labelled
from desktop.ui.pages.page import button_row
from desktop.ui.words import tr

AnyField = LineField | TextArea | ChoiceBox


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be said to do something: words, or one of ``choices`` (key and words).

    ``file``: where a file is to be written; this name is offered.
    """

    key: str
    words: str
    choices: tuple[tuple[str, str], ...] | None = None
    long: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done about a matter. ``now``: the button that does it.

    ``sure`` says what will happen, for what cannot simply be taken back: it is asked first.
    """

    key: str
    words: str
    questions: tuple[Question, ...] = ()
    now: str = ""
    sure: str = ""

    @property
    def asks_first(self) -> bool:
        """True if one click is not enough."""
        return bool(self.questions or self.sure)


class DeedForm(QWidget):
    """``asked`` carries what was said, by question. Every question wants an answer."""

    asked = Signal(object)

    def __init__(self, matter: str, deed: Deed, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = (matter, deed.key)
        self._fields = {question.key: _field(question) for question in deed.questions}
        self._now = secondary(deed.now or deed.words, about=about)
        self._now.setObjectName(f"{deed.key}-now-{matter}")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(TIGHT)
        if deed.sure:
            rows.addWidget(Body(deed.sure))
        for key, field in self._fields.items():
            typed = field.writing if isinstance(field, TextArea) else field
            typed.setObjectName(f"{deed.key}-{key}-{matter}")
            if not isinstance(typed, ChoiceBox):
                typed.textChanged.connect(self._check)
        for question in deed.questions:
            field = self._fields[question.key]
            if isinstance(field, TextArea):
                field.writing.setAccessibleName(question.words)
        short = [q for q in deed.questions if not q.long]
        rows.addLayout(button_row(*(labelled(q.words, self._fields[q.key]) for q in short)))
        for question in deed.questions:
            if question.long:
                rows.addWidget(labelled(question.words, self._fields[question.key]))
        rows.addLayout(button_row(*self._browsing(deed), self._now))
        self._now.clicked.connect(lambda: self.asked.emit(self.said()))
        self._check()

    def said(self) -> dict[str, str]:
        """What was said so far, by question."""
        return {key: _said(field) for key, field in self._fields.items()}

    def take_up(self, said: Mapping[str, str]) -> None:
        """Put back what was said before the page was drawn anew, as far as it can be said still."""
        for key, field in self._fields.items():
            if isinstance(field, LineField):
                field.setText(said.get(key, ""))
            elif isinstance(field, TextArea):
                field.writing.setPlainText(said.get(key, ""))
            elif (place := field.findData(said.get(key, ""))) >= 0:
                field.setCurrentIndex(place)

    def _browsing(self, deed: Deed) -> Iterator[QWidget]:
        """A button for each file, that asks where it is to be."""
        for question in deed.questions:
            if question.file:
                button = secondary(tr("Choose where"), about=question.words)
                button.clicked.connect(lambda _=False, asked=question: self._browse(asked))
                yield button

    def _browse(self, question: Question) -> None:
        dialog = QFileDialog(self, question.words, self.said()[question.key] or question.file)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(question.file.rpartition(".")[2])
        dialog.fileSelected.connect(lambda path: self.take_up({**self.said(), question.key: path}))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _check(self) -> None:
        self._now.setEnabled(all(words.strip() for words in self.said().values()))


def _field(question: Question) -> AnyField:
    if question.choices is None:
        return TextArea() if question.long else LineField()
    box = ChoiceBox()
    for key, words in question.choices:
        box.addItem(words, key)
    return box


def _said(field: AnyField) -> str:
    if isinstance(field, LineField):
        return field.text()
    if isinstance(field, TextArea):
        return field.writing.toPlainText()
    return str(field.currentData() or "")
