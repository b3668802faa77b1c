"""Enrolling: what was typed goes to the council and into a new vault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.lanes import AnyLane
from desktop.ui.pages.enrol import EnrolAsked, EnrolPage
from desktop.ui.pages.trouble import trouble_of


class EnrolPresenter(QObject):
    """Enrols with what the page was given; the passphrase is wiped after use."""

    def __init__(
        self,
        page: EnrolPage,
        lane: AnyLane,
        enrol: Callable[[EnrolAsked], None],
        enrolled: Callable[[None], None],
    ) -> None:
        super().__init__(page)
        self._page, self._lane = page, lane
        self._enrol, self._enrolled = enrol, enrolled
        page.enrol_asked.connect(self._ask)

    def _ask(self, asked: EnrolAsked) -> None:
        def enrol() -> None:
            try:
                self._enrol(asked)
            finally:
                asked.passphrase[:] = bytes(len(asked.passphrase))

        self._lane.submit(enrol, self._enrolled, self._failed)

    def _failed(self, error: Exception) -> None:
        self._page.refused(trouble_of(error))
