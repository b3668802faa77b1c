"""The way back from the blank page: what was typed is checked in the vault lane."""

from __future__ import annotations

from unicodedata import normalize

from PySide6.QtCore import QObject

from desktop.services.hiding import Hiding, PinChecked
from desktop.ui.cover import WayBack
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.pin import PinPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.window import Window
from desktop.ui.words import counted, tr


class HidingPresenter(QObject):
    """Guards the window's blank page. Without a PIN the passphrase leads back, and one is asked."""

    def __init__(self, window: Window, lane: AnyLane, hiding: Hiding) -> None:
        super().__init__(window)
        self._window, self._lane, self._hiding = window, lane, hiding
        window.cover.way_back = WayBack.PASSPHRASE
        window.cover.given.connect(self._given)
        lane.submit(lambda: hiding.has_pin, self._know)

    def pin_chosen(self) -> None:
        """From now on the PIN leads back."""
        self._window.cover.way_back = WayBack.PIN

    def choose(self) -> None:
        """Open the page on which a PIN is chosen."""
        page = PinPage()
        page.later.connect(self._window.back)
        page.chosen.connect(lambda pin: self._choose(page, pin))
        self._window.open(page)

    # --- inside ------------------------------------------------------------------------------

    def _know(self, has_pin: bool) -> None:
        self._window.cover.way_back = WayBack.PIN if has_pin else WayBack.PASSPHRASE

    def _choose(self, page: PinPage, pin: str) -> None:
        def kept(_: None) -> None:
            self.pin_chosen()
            if self._window.page is page:
                self._window.back()

        self._lane.submit(
            lambda: self._hiding.choose_pin(pin),
            kept,
            lambda error: page.refused(trouble_of(error)),
        )

    def _given(self, typed: str) -> None:
        if self._window.cover.way_back is WayBack.PIN:
            self._lane.submit(lambda: self._hiding.check_pin(typed), self._checked, self._failed)
            return
        passphrase = bytearray(normalize("NFC", typed).encode())

        def check() -> None:
            try:
                self._hiding.check_passphrase(passphrase)
            finally:
                passphrase[:] = bytes(len(passphrase))

        self._lane.submit(check, lambda _: self._back_without_pin(), self._failed)

    def _checked(self, checked: PinChecked) -> None:
        if checked.right:
            self._window.show_again()
        elif checked.must_lock:
            self._window.lock()
        else:
            left = counted(checked.tries_left, "{n} try is left.", "{n} tries are left.")
            self._window.cover.refused(tr("That is not the PIN. {left}", left=left))

    def _back_without_pin(self) -> None:
        self._window.show_again()
        self.choose()

    def _failed(self, error: Exception) -> None:
        trouble = trouble_of(error)
        self._window.cover.refused(f"{trouble.title}. {trouble.message}")
