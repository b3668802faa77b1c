"""Who holds which families on which laptop; a lock, and a wipe that two people want."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.words import listed, tr
from sync.contract.messages import AskedOrder, AskOrder, HeldDevice, OrderKind

_TOO_LONG = 7
"""Days without a word after which a laptop takes only safety notes (docs/ehm-api.md, lease)."""


@dataclass(frozen=True, slots=True)
class LaptopsBoard:
    """Those not heard of for longest come first."""

    moments: Moments

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("Laptops")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr(
            "A lock can be lifted again. A wipe takes everything off a laptop that is lost: one "
            "person asks, another confirms, and work that was not sent is sealed for the council."
        )

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """Every laptop, and what was asked for it."""
        mine = wire.me().worker.id
        orders = wire.asked_orders().orders
        return tuple(
            self._matter(one, [order for order in orders if order.device == one.device], mine)
            for one in wire.devices().devices
        )

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Ask, confirm or take back. ``deed`` is the kind, or the kind and an order's id."""
        what, _, asked = deed.partition(" ")
        if what == "confirm":
            wire.confirm_order(asked)
            return tr("Confirmed. The laptop is wiped when it next has a connection.")
        if what == "withdraw":
            wire.withdraw_order(asked)
            return tr("Taken back.")
        kind = OrderKind(what)
        order = AskOrder(id=str(uuid.uuid4()), device=matter, kind=kind, reason=said["why"])
        wire.ask_order(order)
        if kind is OrderKind.LOCK:
            return tr("The laptop locks when it next has a connection.")
        return tr("Asked. Somebody else must confirm it before anything is wiped.")

    def _silent_days(self, one: HeldDevice) -> int:
        since = one.last_contact or one.enrolled
        return (self.moments.today() - since.date()).days

    def _matter(self, one: HeldDevice, orders: list[AskedOrder], mine: str) -> Matter:
        lines = [
            tr("Holds {numbers}", numbers=listed(list(one.families)))
            if one.families
            else tr("Holds no family")
        ]
        silent = self._silent_days(one)
        if silent >= _TOO_LONG and one.revoked is None:
            said = {"n": silent, "name": one.worker.name}
            lines.append(tr("Nothing heard of it for {n} days. Ring {name}.", **said))
        deeds: list[Deed] = []
        for order in orders:
            if order.withdrawn is None and order.receipt is None:
                lines.append(_order_words(order))
                deeds.extend(_about_order(order, mine))
        if one.revoked is not None:
            lines.append(tr("Its registration has ended."))
        else:
            why = (Question("why", tr("Why")),)
            if not one.locked:
                deeds.append(Deed("lock", tr("Lock it"), why, tr("Lock it now")))
            if not any(_is_open_wipe(order) for order in orders):
                deeds.append(Deed("wipe", tr("Ask for a wipe"), why, tr("Ask for it now")))
        heard = (
            tr("Last heard of {when}", when=self.moments.when(one.last_contact))
            if one.last_contact is not None
            else tr("Never heard of since it was enrolled")
        )
        title = tr("{laptop} of {name}", laptop=one.name, name=one.worker.name)
        return Matter(one.device, title, tuple(lines), (heard,), tuple(deeds))


def _is_open_wipe(order: AskedOrder) -> bool:
    return order.kind is OrderKind.WIPE and order.withdrawn is None


def _order_words(order: AskedOrder) -> str:
    said = {"name": order.asked_by.name, "reason": order.reason}
    if order.kind is OrderKind.LOCK:
        return tr("Locked by {name}: {reason}", **said)
    if order.confirmed_by is None:
        return tr("{name} asks for a wipe: {reason}. Somebody else must confirm it.", **said)
    return tr("To be wiped. Asked for by {name}: {reason}", **said)


def _about_order(order: AskedOrder, mine: str) -> list[Deed]:
    if order.kind is OrderKind.LOCK:
        sure = tr("The laptop opens again with its passphrase. Do this once it is back in hand.")
        return [Deed(f"withdraw {order.id}", tr("Lift the lock"), (), tr("Lift it now"), sure)]
    if order.confirmed_by is not None:
        return []
    back = Deed(f"withdraw {order.id}", tr("Take the wipe back"))
    if order.asked_by.id == mine:
        return [back]
    sure = tr(
        "Everything on this laptop is destroyed when it next has a connection, and that cannot be "
        "undone. Work that was not sent is sealed for the council first. Be sure that it is lost."
    )
    return [Deed(f"confirm {order.id}", tr("Confirm the wipe"), (), tr("Wipe it"), sure), back]
