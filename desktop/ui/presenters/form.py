"""Filling one record: the form, then its check page, saved through the vault lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from desktop.services.filling import Filling
from desktop.services.records import Records
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.field import Surroundings, Work, at_once
from desktop.ui.saving import Saving
from forms.records.attachment import attachment_name
from forms.records.change import Change


class Attachments:
    """Drawings and signatures of one sitting: named at once, kept with the change that names them.

    ``keep_waiting`` runs in the vault lane before each write, so no answer names what is not there.
    """

    def __init__(self, records: Records, lane: AnyLane) -> None:
        self._records, self._lane = records, lane
        self._waiting: dict[str, tuple[bytes, str]] = {}

    def keep(self, content: bytes, extension: str) -> str:
        """The name of these bytes, which are written with the next save."""
        name = attachment_name(content, extension)
        self._waiting[name] = (content, extension)
        return name

    def fetch(self, name: str, receive: Callable[[bytes | None], None]) -> None:
        """Give the bytes to ``receive``; None if they are not on this device."""
        waiting = self._waiting.get(name)
        if waiting is not None:
            receive(waiting[0])
        else:
            self._lane.submit(lambda: self._records.attachment(name), receive)

    def keep_waiting(self) -> None:
        """Make durable what waits. In the vault lane."""
        for name, (content, extension) in list(self._waiting.items()):
            self._records.keep(content, extension)
            del self._waiting[name]


class Sitting(QObject):
    """One sitting with one record: what is said, how it is saved, what surrounds a question.

    It may outlive its page: until the vault has everything that was said there.
    """

    def __init__(
        self,
        filling: Filling,
        records: Records,
        lane: AnyLane,
        work: Work = at_once,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.filling, self._records, self._lane = filling, records, lane
        attachments = Attachments(records, lane)
        clock = records.clock
        self._not_sealed: Exception | None = None

        def write(change: Change) -> datetime:
            attachments.keep_waiting()
            return records.write(change)

        def keep_and_seal(changes: Sequence[Change]) -> datetime:
            attachments.keep_waiting()
            return records.seal(changes)

        def seal(changes: Sequence[Change]) -> datetime:
            try:
                at = records.with_all_room(lambda: keep_and_seal(changes))
            except Exception as error:
                self._not_sealed = error
                raise
            self._not_sealed = None
            return at

        def now() -> datetime:
            return clock.now().astimezone(ZoneInfo(clock.zone))

        self.saving = Saving(filling, lane, write, seal, self)
        self.around = Surroundings(attachments.keep, attachments.fetch, now, work)

    def remember_place(self, path: str) -> None:
        """Begin at this page the next time."""
        record = self.filling.opened.record
        self._lane.submit(lambda: self._records.remember_place(record, path))

    def finish(
        self,
        because: str,
        then: Callable[[None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Seal, then finalise with the worker's reason for what is missing.

        Nothing is finalised without the last words: ``failed`` is told what kept them out.
        """
        self.saving.seal_now()
        opened, calculated = self.filling.opened, self.filling.calculated()

        self._once_sealed(lambda: self._records.finish(opened, calculated, because), then, failed)

    def go_on(
        self, version: str, then: Callable[[None], None], failed: Callable[[Exception], None]
    ) -> None:
        """Seal, then go on in another version of the form; ``failed`` as in ``finish``."""
        self.saving.seal_now()
        opened = self.filling.opened
        self._once_sealed(lambda: self._records.go_on(opened, version), then, failed)

    def _once_sealed(
        self,
        job: Callable[[], None],
        then: Callable[[None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        def after_the_last_words() -> None:
            if self._not_sealed is not None:
                raise self._not_sealed
            job()

        self._lane.submit(after_the_last_words, then, failed)


def present_form(page: FormPage, sitting: Sitting, check: Callable[[], None]) -> None:
    """Bring the page together with its sitting."""
    page.place_changed.connect(sitting.remember_place)
    page.check_asked.connect(check)
