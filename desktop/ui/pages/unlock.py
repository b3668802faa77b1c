"""The unlock page: one passphrase, shown or hidden, typed or pasted.

Nobody who reads it learns which of two things was wrong: a wrong passphrase and a damaged key file
have the same words, because they come with the error and the vault gives both the same.
"""

from __future__ import annotations

from datetime import timedelta
from unicodedata import normalize

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.services.trouble import Trouble
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import CLOSE, TIGHT
from desktop.ui.moments import wait_in_words
from desktop.ui.pages.page import ColumnPage, button_row
from desktop.ui.pages.trouble import trouble_notice
from desktop.ui.words import tr

_SECOND_MS = 1000


class UnlockPage(ColumnPage):
    """Asks for the passphrase and says what happens with it.

    ``unlock_asked`` carries a bytearray (UTF-8) that the receiver wipes after use. The receiver
    calls `refused` when it did not open; when it did, it shows another page. ``help_desk`` is whom
    to ring for a recovery, ``demo_passphrase`` is shown only if there is one. ``on_visit``: people
    look on, so the passphrase cannot be shown.
    """

    unlock_asked = Signal(object)

    def __init__(
        self,
        help_desk: str = "",
        demo_passphrase: str = "",
        parent: QWidget | None = None,
        *,
        on_visit: bool = False,
    ) -> None:
        super().__init__(tr("Unlock"), tr("Unlock Your Family"), parent, characters=60)
        self._announcer = Announcer(self)
        self._wait = timedelta()
        self._locked_out: Trouble | None = None
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self._count_down)
        self._notices = QVBoxLayout()
        self.content.addLayout(self._notices)
        if demo_passphrase:
            self.content.addWidget(_demo_notice(demo_passphrase))
        self.content.addWidget(self._passphrase_card(on_visit))
        self.content.addSpacing(CLOSE)
        self._add_recovery(help_desk)

    def landing(self) -> QWidget:
        """The field: there is nothing else to do here."""
        return self.field

    def refused(self, trouble: Trouble, wait: timedelta | None = None) -> None:
        """Say why it did not open; with ``wait``, how long until the next try."""
        self.rename(tr("Error: Unlock"))
        self._say_only(trouble_notice(trouble))
        self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
        self.field.setText("")  # not clear(): that can be undone
        self._wait = wait or timedelta()
        self._show_working(False)
        if self._wait > timedelta():
            self._button.setEnabled(False)
            self._second.start()
            self._say_wait()
        self.field.setFocus()

    def tell(self, trouble: Trouble) -> None:
        """Say something that is no error of the worker's, such as why the program began again."""
        self._say_only(Notice(Kind.INFO, trouble.message, title=trouble.title))
        self._announcer.say(f"{trouble.title}. {trouble.message}")

    def lock_out(self, trouble: Trouble | None) -> None:
        """The council lets nobody in: say so. None: it does."""
        if (trouble is None) == (self._locked_out is None):
            return
        self._locked_out = trouble
        self._say_only(trouble_notice(trouble) if trouble else None)
        self._show_working(False)
        if trouble:
            self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
        else:
            self.field.setFocus()

    # Inside ------------------------------------------------------------------------------

    def _passphrase_card(self, on_visit: bool) -> Card:
        card = Card()
        label = Body(tr("Passphrase"), bold=True)
        self.field = LineField()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.field.setAccessibleName(tr("Passphrase"))
        self.field.returnPressed.connect(self._ask)
        label.setBuddy(self.field)
        self._show_button = secondary(tr("Show"), about=tr("the passphrase"))
        self._show_button.clicked.connect(self._show_or_hide)
        across = QHBoxLayout()
        across.setSpacing(TIGHT)
        across.addWidget(self.field, 1)
        across.addWidget(self._show_button)
        if on_visit:
            self._show_button.hide()
        self._button = primary(tr("Unlock"))
        self._button.clicked.connect(self._ask)
        self._status = Quiet()
        for row in (label, Quiet(tr("You may paste it from a password manager."))):
            card.body.addWidget(row)
        card.body.addLayout(across)
        card.body.addWidget(self._status)
        card.body.addLayout(button_row(self._button))
        self._status.hide()
        return card

    def _add_recovery(self, help_desk: str) -> None:
        self.content.addWidget(Heading(tr("If you have forgotten it"), 3))
        ring = help_desk or tr("your council's IT help desk")
        words = tr(
            "Ring {ring}. They can open this laptop with the council's recovery key. "
            "Nothing is deleted, however many times you try.",
            ring=ring,
        )
        self.content.addWidget(Body(words))

    def _show_or_hide(self) -> None:
        hidden = self.field.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        self._show_button.say(tr("Hide") if hidden else tr("Show"), tr("the passphrase"))

    def _ask(self) -> None:
        if not self._button.isEnabled():
            return
        if not self.field.text():
            self.refused(Trouble(tr("There is a problem"), tr("Type your passphrase.")))
            return
        passphrase = bytearray(normalize("NFC", self.field.text()).encode())
        self.field.setText("")  # not clear(): that can be undone
        self.rename(tr("Unlock"))
        self._say_only(None)
        self._show_working(True)
        self.unlock_asked.emit(passphrase)

    def _show_working(self, working: bool) -> None:
        may_type = not working and self._locked_out is None
        for part in (self.field, self._show_button, self._button):
            part.setEnabled(may_type)
        self._status.setVisible(working)
        if working:
            self.field.setEchoMode(QLineEdit.EchoMode.Password)
            self._show_button.say(tr("Show"), tr("the passphrase"))
            self._status.setText(tr("Unlocking. This takes a second or two."))
            self._announcer.say(self._status.text())

    def _count_down(self) -> None:
        self._wait -= timedelta(milliseconds=_SECOND_MS)
        if self._wait > timedelta():
            self._say_wait()
            return
        self._second.stop()
        self._button.setEnabled(True)
        self._status.setText(tr("You can try again now."))
        self._announcer.say(self._status.text())

    def _say_wait(self) -> None:
        self._status.setText(tr("Try again in {wait}.", wait=wait_in_words(self._wait)))
        self._status.show()

    def _say_only(self, notice: Notice | None) -> None:
        while (item := self._notices.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if notice is not None:
            self._notices.addWidget(notice)


def _demo_notice(passphrase: str) -> Notice:
    words = tr("Only invented families are here. The passphrase is: {words}", words=passphrase)
    return Notice(Kind.INFO, words, title=tr("This is a demonstration"))
