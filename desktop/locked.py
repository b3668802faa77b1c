"""What is there before the vault is open: unlocking, the first start, a laptop that was wiped.

Only what the unlock page needs is imported at first; the rest comes in the vault lane while the
worker types.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from desktop.options import Options
from desktop.services.clock import Clock
from desktop.services.first_start import is_enrolled, was_wiped
from desktop.services.trouble import Trouble
from desktop.services.visiting import Visiting
from desktop.ui.cycles import keep_what_is_imported
from desktop.ui.network import system_proxies
from desktop.ui.pages.unlock import UnlockPage
from desktop.ui.presenters.unlocking import UnlockPresenter
from desktop.ui.words import tr

if TYPE_CHECKING:
    from desktop.services.orders import LaptopOrders, Standing
    from desktop.services.unlocking import Services
    from desktop.ui.pages.enrol import EnrolAsked
    from desktop.unlocked import Around

AFTER_THE_FIRST_PAINT_MS = 150
"""When the rest is imported: before that, the unlock page would wait for it."""


class Locked:
    """The pages before unlocking; ``opened`` is given the services once the vault is open."""

    def __init__(
        self,
        around: Around,
        options: Options,
        clock: Clock,
        opened: Callable[[Services], None],
    ) -> None:
        self._around, self._options, self._clock = around, options, clock
        self._opened = opened
        self._ended = False

    def show(self) -> None:
        """Show the unlock page, or that of the first start; then fetch what comes after it."""
        if was_wiped(self._options.folder):
            self._show_wiped(self._orders().known())
        elif is_enrolled(self._options.folder):
            self._show_unlock(self._why_again())
        else:
            self._show_enrol()

    def end(self) -> None:
        """The program ends: nothing more is fetched."""
        self._ended = True

    def _show_unlock(self, trouble: Trouble | None) -> None:
        on_visit = Visiting(self._options.folder, self._clock).ends() is not None
        page = UnlockPage("", self._options.demo_passphrase, on_visit=on_visit)
        UnlockPresenter(
            page, self._around.vault_lane, self._unlock, self._opened, self._seconds_to_wait
        )
        self._around.window.start(page)
        QTimer.singleShot(AFTER_THE_FIRST_PAINT_MS, page, lambda: self._fetch_the_rest(page))
        if trouble is not None:
            page.tell(trouble)

    def _fetch_the_rest(self, page: UnlockPage) -> None:
        if not self._ended:
            self._around.vault_lane.submit(_import_the_rest, lambda _: self._ask_for_orders(page))

    def _ask_for_orders(self, page: UnlockPage) -> None:
        """Once all is imported: two lanes that import the same at once get half of it."""
        if isValid(page) and not self._ended:
            from desktop.ui.presenters.orders import OrdersPresenter

            OrdersPresenter(page, self._around.network_lane, self._orders, self._show_wiped)
        if not self._ended:
            from desktop.ui.look.options import RadioRow

            RadioRow("")  # PySide makes 68 enumerations for the first: now, while nobody waits
            keep_what_is_imported()

    def _orders(self) -> LaptopOrders:
        from desktop.services.orders import LaptopOrders

        return LaptopOrders(self._options.folder, self._clock, system_proxies)

    def _show_wiped(self, standing: Standing) -> None:
        from desktop.ui.pages.wiped import WipedPage
        from desktop.ui.presenters.orders import OrdersPresenter

        page = WipedPage(standing.left)
        presenter = OrdersPresenter(
            page, self._around.network_lane, self._orders, self._show_wiped, standing
        )
        page.try_again_asked.connect(presenter.ask)
        page.enrol_asked.connect(self._show_enrol)
        self._around.window.start(page)

    def _show_enrol(self) -> None:
        import webbrowser

        from desktop.services.hiding import PinTooEasy, is_too_easy
        from desktop.ui.pages.enrol import EnrolPage
        from desktop.ui.presenters.enrolling import EnrolPresenter
        from desktop.vault.passphrase import PassphraseTooEasy, offered_passphrase, strength

        def weak(passphrase: str) -> str:
            return "" if strength(passphrase).is_enough else tr(PassphraseTooEasy.message)

        def weak_pin(pin: str) -> str:
            return tr(PinTooEasy.message) if is_too_easy(pin) else ""

        private_key = os.urandom(32)  # one for every try: a lost reply must not use up the code

        def enrol(asked: EnrolAsked) -> None:
            from desktop.services.enrolling import enrol

            enrol(
                self._options.folder,
                asked.passphrase,
                asked.server,
                asked.code,
                self._clock,
                pin=asked.pin,
                private_key=private_key,
                open_browser=webbrowser.open,
                proxies=system_proxies,
            )

        def enrolled(_: None) -> None:
            self._show_unlock(
                Trouble(
                    tr("This laptop is enrolled"),
                    tr("Unlock it with the passphrase that you have chosen."),
                )
            )

        self._around.vault_lane.submit(_import_the_rest)
        page = EnrolPage(self._options.server, offered_passphrase, weak, weak_pin)
        EnrolPresenter(page, self._around.vault_lane, enrol, enrolled)
        self._around.window.start(page)

    def _why_again(self) -> Trouble | None:
        if not self._options.after_crash:
            return None
        return Trouble(
            tr("The program stopped unexpectedly"),
            tr("Everything that was shown as saved is here. Unlock to go on."),
        )

    def _unlock(self, passphrase: bytearray) -> Services:
        """In the vault lane."""
        _import_the_rest()
        from desktop.services.unlocking import open_services
        from desktop.ui.script_setting import QtScriptSetter

        lock = self._orders().known().lock
        if lock is not None:
            raise lock
        return open_services(
            self._options.folder, passphrase, self._clock, QtScriptSetter, system_proxies
        )

    def _seconds_to_wait(self) -> float:
        from desktop.vault import seconds_to_wait

        return seconds_to_wait(self._options.folder)


def _import_the_rest() -> None:
    """In a lane, while the worker types: the pages, and what PySide makes when it is first used."""
    import_module("desktop.unlocked")
    _ = import_module("PySide6.QtGui").QAccessibleAnnouncementEvent
