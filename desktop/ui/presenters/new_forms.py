"""Takes the council's new forms into use while no record is open, so that no page changes."""

from __future__ import annotations

from collections.abc import Callable

from desktop.services.new_forms import NewForms
from desktop.services.policy import Policy
from desktop.ui.lanes import AnyLane
from desktop.ui.window import Window
from desktop.ui.words import tr


class NewFormsPresenter:
    """``is_filling``: whether a record is open on some page. ``follow`` is told the policy."""

    def __init__(
        self,
        window: Window,
        lane: AnyLane,
        forms: NewForms,
        is_filling: Callable[[], bool],
        follow: Callable[[Policy], None],
    ) -> None:
        self._window, self._lane, self._forms = window, lane, forms
        self._is_filling, self._follow = is_filling, follow
        self._are_waiting = False

    def heed(self) -> None:
        """A sync was done: the policy that it brought counts at once."""
        self._lane.submit(self._forms.heed, self._follow)

    def came(self) -> None:
        """New forms have come with a sync."""
        self._are_waiting = True
        self.take_if_free()

    def take_if_free(self) -> None:
        """Use them now, unless a record is open: before the next one is."""
        if self._are_waiting and not self._is_filling():
            self._are_waiting = False
            self._lane.submit(self._forms.take, self._tell)

    def _tell(self, are_others: bool) -> None:
        if are_others:
            self._window.tell(tr("The council's new forms are in use now."))
