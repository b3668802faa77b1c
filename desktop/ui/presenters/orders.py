"""While the laptop is locked: what the council orders, asked for in the network lane and obeyed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.services.orders import LaptopOrders, Standing
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.page import Page
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.pages.unlock import UnlockPage

AGAIN_MS = 120_000


class OrdersPresenter(QObject):
    """Asks at once and every two minutes for as long as its page lives; without a network, not."""

    def __init__(
        self,
        page: Page,
        lane: AnyLane,
        orders: LaptopOrders,
        wiped: Callable[[Standing], None],
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._orders, self._wiped = page, lane, orders, wiped
        self._told = orders.known()
        self._say(self._told)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.ask)
        self._again.start()
        QTimer.singleShot(0, self, self.ask)

    def ask(self) -> None:
        """Ask now."""
        self._lane.submit(self._orders.ask, self._answered, self._unreachable)

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
