"""Records that are open to be filled: the form, what leads on from it, the sitting behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.services.coming_back import LeftAt
from desktop.services.filling import Filling
from desktop.services.new_people import NewPeople
from desktop.services.opened_record import OpenedRecord
from desktop.services.unlocking import Services
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.presenters.form import Sitting
from desktop.ui.presenters.new_person import NewPersonPresenter
from desktop.ui.turns import Turns
from desktop.ui.window import Window


@dataclass(frozen=True, slots=True)
class RecordWays:
    """What opening records needs from around it.

    ``begun``: one is about to be read; ``saved``: what was said got into the vault, or did not;
    ``beside``: hand the laptop over, to the child if true. ``paper_lane`` does a field's slow work.
    """

    paper_lane: AnyLane
    begun: Callable[[], None]
    saved: Callable[[], None]
    beside: Callable[[Sitting, bool], object]
    say: Callable[[Exception], None]
    say_unsaved: Callable[[Exception, Callable[[], None]], None]


class RecordsPresenter(QObject):
    """Opens records on the window, and keeps each sitting until the vault has all of it."""

    def __init__(
        self, window: Window, lane: AnyLane, services: Services, moments: Moments, ways: RecordWays
    ) -> None:
        super().__init__(window)
        self._window, self._lane, self._services = window, lane, services
        self._moments, self._ways = moments, ways
        self._sittings: dict[Sitting, Page] = {}
        self._opening = Turns(self)
        self._asked_last = object()

    def open(self, record: str, path: str) -> None:
        """Show a record to be filled, at the question of ``path`` if one is named.

        One that is open on a page below is gone back to: two pages of one record would each not
        know what the other wrote, and who fills it would disagree with themselves. Of several that
        are asked for, the last: one read before might lack what was said on a page since then.
        """
        if self._goes_back_to(record, path):
            return
        self._ways.begun()
        asked = self._asked_last = object()

        def show(filling: Filling) -> None:
            if asked is self._asked_last:
                self._opening.begin(self._show_form(filling, path))

        self._lane.submit(
            lambda: Filling(self._read(record), self._services.clock), show, self._ways.say
        )

    def save_all(self) -> None:
        """Seal everything that was said, for good: the program is about to end."""
        for sitting in self._sittings:
            sitting.saving.seal_now()

    def unsaved(self) -> Exception | None:
        """What keeps words out of the vault; None if it has everything."""
        return next((s.saving.unsaved for s in self._sittings if s.saving.unsaved), None)

    def left_at(self) -> LeftAt | None:
        """The record that is on the screen, or nearest below it."""
        for page in reversed(self._window.pages):
            if isinstance(page, FormPage):
                opened = page.filling.opened
                return LeftAt(opened.family, opened.record, page.question)
        return None

    def sitting(self, filling: Filling) -> Sitting:
        """A sitting; those before it whose page has gone are seen to first."""
        for earlier in list(self._sittings):
            self._see_to(earlier)
        work = self._ways.paper_lane.submit
        return Sitting(filling, self._services.records, self._lane, work, self)

    def keep(self, sitting: Sitting, page: Page) -> None:
        """Keep a sitting until its page has gone and all is saved."""
        self._sittings[sitting] = page
        sitting.saving.changed.connect(lambda: self._see_to(sitting))
        sitting.saving.changed.connect(self._ways.saved)

    # --- inside ------------------------------------------------------------------------------

    def _read(self, record: str) -> OpenedRecord:
        """In the vault lane: the record, with what its page says besides its answers."""
        services = self._services
        return services.news.with_news(services.notes.with_notes(services.records.open(record)))

    def _show_form(self, filling: Filling, path: str) -> Iterator[None]:
        """Make the page, and put it on the window in the next turn: each takes its time."""
        if self._goes_back_to(filling.opened.record, path):
            return  # chosen twice
        sitting = self.sitting(filling)
        page = self._made_form(sitting)
        try:
            yield
        except GeneratorExit:  # something else is opened instead
            if isValid(page):
                page.deleteLater()
                sitting.deleteLater()
            raise
        self.keep(sitting, page)
        self._window.open(page)
        if path:
            page.jump_to(path)

    def _made_form(self, sitting: Sitting) -> FormPage:
        filling, opened = sitting.filling, sitting.filling.opened
        page = FormPage(filling, sitting.saving, sitting.around, self._moments)
        self._window.destroyed.connect(page.deleteLater)  # until it is put there
        page.place_changed.connect(sitting.remember_place)
        page.check_asked.connect(lambda: self._show_check(page, sitting))
        page.beside_asked.connect(lambda child: self._ways.beside(sitting, child))
        page.news.seen.connect(
            lambda: self._lane.submit(lambda: self._services.news.seen(opened.record))
        )
        people = NewPeople(self._services.records)
        NewPersonPresenter(page, self._lane, people, self._ways.say)
        page.note_asked.connect(lambda path, words: self._open_note(opened.record, path, words))
        page.finished.amend_asked.connect(lambda reason: self._amend(page, reason))
        page.changed.version_asked.connect(lambda version: self._go_on(page, sitting, version))
        return page

    def _goes_back_to(self, record: str, path: str) -> bool:
        for page in self._window.pages:
            if isinstance(page, FormPage) and page.filling.opened.record == record:
                self._window.return_to(page)
                if path:
                    page.jump_to(path)
                return True
        return False

    def _see_to(self, sitting: Sitting) -> None:
        """Let a sitting go once its page has gone and all is saved; say so if that fails."""
        page, saving = self._sittings.get(sitting), sitting.saving
        if page is None or self._window.holds(page):
            return
        if saving.unsaved is None:
            del self._sittings[sitting]
            sitting.deleteLater()
        elif saving.error is not None and not isinstance(self._window.page, ProblemPage):
            self._ways.say_unsaved(saving.error, saving.try_again)

    def _open_note(self, record: str, path: str, question: str) -> None:
        notes = self._services.notes
        self._lane.submit(
            lambda: notes.open(record, path, question),
            lambda note: self.open(note, ""),
            self._ways.say,
        )

    def _amend(self, page: FormPage, reason: str) -> None:
        records, opened = self._services.records, page.filling.opened
        page.setEnabled(False)  # what is written from here on would be the record's of before
        self._lane.submit(
            lambda: records.amend(opened, reason),
            lambda _: self._open_again(page),
            partial(self._not_done, (page,)),
        )

    def _go_on(self, page: FormPage, sitting: Sitting, version: str) -> None:
        page.leave()
        page.setEnabled(False)
        sitting.go_on(version, lambda _: self._open_again(page), partial(self._not_done, (page,)))

    def _not_done(self, pages: Sequence[Page], error: Exception) -> None:
        for page in pages:
            if isValid(page):
                page.setEnabled(True)
        self._ways.say(error)

    def _open_again(self, page: FormPage) -> None:
        if self._put_away(page):
            self.open(page.filling.opened.record, "")

    def _put_away(self, page: FormPage) -> bool:
        """Leave a form, and what was opened over it; False if it was left already."""
        was_there = self._window.holds(page)
        self._window.return_to(page)
        if self._window.page is page:
            self._window.back()
        return was_there and not self._window.holds(page)

    def _show_check(self, form: FormPage, sitting: Sitting) -> None:
        page = CheckAnswersPage(sitting.filling, sitting.around.fetch)

        def change(path: str) -> None:
            self._window.back()
            form.jump_to(path, missing=True)

        def finish(because: str) -> None:
            page.setEnabled(False)
            form.setEnabled(False)
            sitting.finish(because, finished, partial(self._not_done, (form, page)))

        def finished(_: None) -> None:
            self._put_away(form)

        page.change_asked.connect(change)
        page.later.clicked.connect(self._window.back)
        page.finish_asked.connect(finish)
        self._window.open(page)
