"""The page about this laptop, and the one on which the worker's passphrase and PIN are changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.services.own_keys import OwnKeys
from desktop.services.this_laptop import ThisLaptop
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.pages.own_keys import KeysAsked, OwnKeysPage
from desktop.ui.pages.this_laptop import ThisLaptopPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.window import Window
from desktop.ui.words import tr
from desktop.vault.passphrase import offered_passphrase


class ThisLaptopPresenter(QObject):
    """Opens both. ``pin_chosen`` is called once there is another PIN."""

    def __init__(
        self,
        window: Window,
        lane: AnyLane,
        laptop: ThisLaptop,
        own_keys: OwnKeys,
        moments: Moments,
        pin_chosen: Callable[[], None],
        say: Callable[[Exception], None],
    ) -> None:
        super().__init__(window)
        self._window, self._lane, self._laptop = window, lane, laptop
        self._own_keys, self._moments = own_keys, moments
        self._pin_chosen, self._say = pin_chosen, say

    def open(self) -> None:
        """Show what is on the laptop, and what the council may do with it."""
        page = ThisLaptopPage(self._moments)
        page.keys_asked.connect(lambda: self._change_keys(page))
        page.stale.connect(lambda: self._read(page))
        self._window.bar.visit_asked.connect(page.stale)
        self._read(page)
        self._window.open(page)

    # --- inside ------------------------------------------------------------------------------

    def _read(self, page: ThisLaptopPage) -> None:
        self._lane.submit(self._laptop.read, page.show_laptop, self._say)

    def _change_keys(self, laptop: ThisLaptopPage) -> None:
        page = OwnKeysPage(offered_passphrase)
        page.later.connect(self._window.back)
        self._window.bar.visit_asked.connect(page.conceal)
        page.change_asked.connect(lambda asked: self._change(page, asked, laptop))
        self._window.open(page)

    def _change(self, page: OwnKeysPage, asked: KeysAsked, laptop: ThisLaptopPage) -> None:
        def change() -> None:
            try:
                self._own_keys.change(asked.old, asked.new, asked.pin)
            finally:
                for secret in (asked.old, asked.new):
                    secret[:] = bytes(len(secret))

        def changed(_: None) -> None:
            if asked.pin:
                self._pin_chosen()
            if self._window.page is page:
                self._window.back()
                laptop.say_changed()
                self._window.tell(tr("It is changed"))

        self._lane.submit(change, changed, lambda error: page.refused(trouble_of(error)))
