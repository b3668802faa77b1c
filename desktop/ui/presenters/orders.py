"""While the laptop is locked: what the council orders, asked for in the network lane and obeyed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.ui.lanes import AnyLane, LaneClosed
from desktop.ui.pages.page import Page
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.pages.unlock import UnlockPage

if TYPE_CHECKING:
    from desktop.services.orders import LaptopOrders, Standing

AGAIN_MS = 120_000


class OrdersPresenter(QObject):
    """Asks at once and every two minutes for as long as its page lives.

    ``told`` is what the page says already.
    """

    def __init__(
        self,
        page: Page,
        lane: AnyLane,
        orders: Callable[[], LaptopOrders],
        wiped: Callable[[Standing], None],
        told: Standing | None = None,
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._orders, self._wiped = page, lane, orders, wiped
        self._told = told
        if told is None:
            lane.submit(lambda: orders().known(), self._answered, self._unreachable)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.ask)
        self._again.start()
        QTimer.singleShot(0, self, self.ask)

    def ask(self) -> None:
        """Ask now; not once the program is ending and its lane is closed."""
        with suppress(LaneClosed):
            self._lane.submit(lambda: self._orders().ask(), self._answered, self._unreachable)

    def _answered(self, standing: Standing) -> None:
        if standing.wiped and standing != self._told:
            self._wiped(standing)
        self._told = standing
        self._say(standing)

    def _unreachable(self, error: Exception) -> None:
        if not hasattr(error, "title"):
            raise error

    def _say(self, standing: Standing) -> None:
        if isinstance(self._page, UnlockPage):
            self._page.lock_out(trouble_of(standing.lock) if standing.lock else None)
