"""The sync page: what goes, what comes, how much is left, and what it brought to each family."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.views import FamilyNews, SyncOutcome, SyncProgress, SyncState, SyncStep
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.moments import Moments
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page import ColumnPage, button_row, emptied
from desktop.ui.pages.progress import Progress
from desktop.ui.pages.sync_words import (
    checked,
    outcome_in_words,
    progress_in_words,
    waiting_in_words,
)
from desktop.ui.words import breakable, tr


class SyncPage(ColumnPage):
    """Starts a sync, shows how far it is, lets it be stopped, and says what it did.

    The receiver of ``sync_asked`` calls `started`, `show_progress` as often as it likes, and
    `finished`. ``sign_in_asked``: in the browser. ``cancel_asked`` stops after the message that is
    on its way; nothing is lost.
    """

    sync_asked = Signal()
    cancel_asked = Signal()
    sign_in_asked = Signal()
    family_chosen = Signal(str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sync"), tr("Sync with the council"), parent)
        self._moments = moments
        self._announcer = Announcer(self)
        self._step: SyncStep | None = None
        self._waiting, self._when = Body(), Quiet()
        self._progress_words = Body()
        self._bar = Progress(tr("How far the sync is"))
        card = Card()
        for row in (self._waiting, self._when, self._progress_words, self._bar):
            card.body.addWidget(row)
        self.sync_button = primary(tr("Sync now"))
        self.sync_button.clicked.connect(self.sync_asked)
        self.cancel_button = secondary(tr("Stop"), about=tr("the sync"))
        self.cancel_button.clicked.connect(self._cancel)
        self.sign_in_button = primary(tr("Sign in"))
        self.sign_in_button.setToolTip(tr("Opens your web browser"))
        self.sign_in_button.clicked.connect(self.sign_in_asked)
        self.sign_in_button.hide()
        buttons = (self.sign_in_button, self.sync_button, self.cancel_button)
        card.body.addLayout(button_row(*buttons))
        self.content.addWidget(card)
        self._aside = QVBoxLayout()
        self.content.addLayout(self._aside)
        self._told = QVBoxLayout()
        self.content.addLayout(self._told)
        self._show_running(False)

    def show_state(self, state: SyncState) -> None:
        """Say what waits and when the council was last asked."""
        self._waiting.setText(waiting_in_words(state.waiting, state.attachments))
        self._when.setText(checked(state, self._moments))
        emptied(self._aside)
        if state.set_aside:
            self._aside.addWidget(Heading(tr("Not in the council's records yet"), 2))
        for news in state.set_aside:
            self._aside.addWidget(self._news(news) if news.family else _not_theirs(news))

    def started(self) -> None:
        """A sync has begun."""
        emptied(self._told)
        self._step = None
        self._show_running(True)
        self.show_progress(SyncProgress(SyncStep.CONNECTING))
        self.cancel_button.setFocus()

    def show_progress(self, progress: SyncProgress) -> None:
        """Say what is being done now. Each step is announced once, not each number."""
        words = progress_in_words(progress)
        self._progress_words.setText(words)
        self._bar.show_done(progress.done, progress.total)
        if progress.step is not self._step:
            self._step = progress.step
            self._announcer.say(words)

    def finished(self, outcome: SyncOutcome) -> None:
        """Say how it ended, and what it brought to which family."""
        had_focus = self.cancel_button.hasFocus()
        self._show_running(False)
        self.sign_in_button.setVisible(outcome.sign_in_due)
        self.sync_button.setVisible(not outcome.sign_in_due)
        self.show_state(outcome.state)
        emptied(self._told)
        notice = self._ending(outcome)
        self._told.addWidget(notice)
        if outcome.forms_trouble is not None:
            forms = outcome.forms_trouble
            self._told.addWidget(Notice(Kind.CAUTION, forms.message, title=forms.title))
        elif outcome.new_forms:
            words = tr(
                "They are in use as soon as no record is open, or from the day that the council "
                "has set. Records that are begun keep their questions, and say what has changed."
            )
            title = tr("The council has sent new forms")
            self._told.addWidget(Notice(Kind.INFO, words, title=title))
        for told in outcome.recovered:
            self._told.addWidget(Notice(Kind.PROBLEM, breakable(told.message), title=told.title))
        if outcome.news:
            self._told.addWidget(Heading(tr("What changed"), 2))
            for news in outcome.news:
                self._told.addWidget(self._news(news))
        self._announcer.say(notice.accessibleName(), urgent=outcome.trouble is not None)
        if had_focus:
            (self.sign_in_button if outcome.sign_in_due else self.sync_button).setFocus()

    # Inside ------------------------------------------------------------------------------

    def _ending(self, outcome: SyncOutcome) -> Notice:
        did = outcome_in_words(outcome)
        rest = waiting_in_words(outcome.state.waiting, outcome.state.attachments)
        if outcome.trouble is not None:
            message = outcome.trouble.message
            if outcome.sent or outcome.received:
                message = f"{message} {did}"
            kind = Kind.INFO if outcome.offline else Kind.CAUTION
            return Notice(kind, message, title=outcome.trouble.title)
        if outcome.cancelled:
            return Notice(Kind.INFO, f"{did} {rest}", title=tr("Stopped when you asked"))
        when = self._moments.when(outcome.finished)
        return Notice(Kind.DONE, did, title=tr("Checked with the council at {when}", when=when))

    def _news(self, news: FamilyNews) -> ChoiceRow:
        lines = tuple(Line(breakable(line)) for line in news.lines)
        row = ChoiceRow(breakable(news.name) or tr("No name yet"), lines)
        row.setObjectName(f"news-{news.family}")
        row.clicked.connect(lambda: self.family_chosen.emit(news.family))
        return row

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self._progress_words.setText(tr("Stopping after what is on its way."))
        self.cancel_asked.emit()

    def _show_running(self, running: bool) -> None:
        self._bar.setVisible(running)
        self._progress_words.setVisible(running)
        self.cancel_button.setVisible(running)
        self.cancel_button.setEnabled(running)
        self.sync_button.setVisible(not running)
        self.sign_in_button.setVisible(False)


def _not_theirs(news: FamilyNews) -> Notice:
    """Of a family that is not to be seen any more: nothing to open."""
    return Notice(Kind.CAUTION, breakable(" ".join(news.lines)), title=news.name)
