"""What the council orders of a laptop, asked for and obeyed while it is locked.

In the network lane, without a passphrase. Only what the council signed for this laptop counts, a
wipe only if two people gave it. The keys go at once: sending what was sealed could be made to wait.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.services.clock import Clock
from desktop.services.doorplate import DOORPLATE, Doorplate, read_doorplate
from desktop.services.proxies import Proxies, no_proxies
from desktop.services.receipt_key import RECEIPT_KEY, read_receipt_key
from desktop.vault.departure import forget_wipe, read_counts, wipe
from desktop.vault.durable_file import replace_file
from desktop.vault.folder import FolderLock, VaultFolder
from sync.client import orders
from sync.client.errors import SyncError
from sync.client.wire import HttpWire
from sync.contract.messages import Order, OrderKind, Orders, Receipt
from sync.contract.signatures import Proof

_ANSWER = "orders.json"


class LockedByCouncil(Exception):
    """The council has locked this laptop; only the council opens it again."""

    title = "Your council has locked this laptop"

    def __init__(self, words: str) -> None:
        super().__init__(self.title)
        self.message = (
            f"{words} Nothing has been deleted. Ring your council's IT help desk; once they have "
            "lifted it, connect this laptop to a network and it opens again."
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What is ordered. ``wiped``: it was obeyed; ``left`` changes still wait to be sent, sealed."""

    lock: LockedByCouncil | None = None
    wiped: bool = False
    left: int = 0


@dataclass(frozen=True, slots=True)
class LaptopOrders:
    """The orders of one folder's laptop."""

    folder: Path
    clock: Clock
    proxies: Proxies = no_proxies

    def known(self) -> Standing:
        """What was known last, without the network."""
        here = VaultFolder(self.folder)
        if here.wiping.exists():
            return Standing(wiped=True, left=read_counts(here).sealed)
        doorplate = read_doorplate(self.folder)
        answer = self._kept_answer(doorplate) if doorplate else None
        if doorplate is None or answer is None:
            return Standing()
        return self._lock_in(orders.standing(answer, doorplate.device, doorplate.signing_key))

    def ask(self) -> Standing:
        """Ask, and obey. Raises SyncError if the council cannot be reached."""
        doorplate = read_doorplate(self.folder)
        if doorplate is None:
            return Standing()
        wire = HttpWire(doorplate.server, self.clock.now, proxies=self.proxies(doorplate.server))
        try:
            return self._ask(wire, doorplate)
        finally:
            wire.close()

    def is_lifted(self, order: Order, member: Doorplate) -> bool:
        """True if the council has answered since, and its answer no longer lists this order.

        ``member`` is the doorplate as the vault has it: who has the laptop can change the other.
        """
        answer = self._kept_answer(member)
        if answer is None or answer.at <= order.at:
            return False
        return all(listed.id != order.id for listed in answer.orders)

    # --- inside ------------------------------------------------------------------------------

    def _ask(self, wire: HttpWire, doorplate: Doorplate) -> Standing:
        here = VaultFolder(self.folder)
        ordered = self._wipe_begun(doorplate)
        if ordered is None:
            answer = orders.fresh_answer(wire, doorplate.device, doorplate.signing_key)
            standing = orders.standing(answer, doorplate.device, doorplate.signing_key)
            ordered = next((each for each in standing if each.kind is OrderKind.WIPE), None)
            if ordered is None:
                replace_file(self.folder / _ANSWER, answer.model_dump_json().encode())
                return self._lock_in(standing)
        with FolderLock(here):
            wipe(here, ordered)
        return self._answer_for(wire, ordered)

    def _answer_for(self, wire: HttpWire, ordered: Order) -> Standing:
        """Send what was sealed and the receipt; until that has worked, both stay."""
        here = VaultFolder(self.folder)
        counts = read_counts(here)
        receipt = Receipt(
            device=ordered.device,
            done=True,
            sealed=counts.sealed,
            removed_changes=counts.changes,
            removed_files=counts.attachments,
        )
        key = read_receipt_key(self.folder)
        prove = _unproved if key is None else key.prove
        if key is not None:
            receipt = key.signed(ordered.id, receipt)
        try:
            if here.unsent.exists():
                orders.hand_over(wire, ordered, here.unsent.read_bytes(), prove)
            orders.confirm(wire, ordered, receipt)
        except SyncError:
            return Standing(wiped=True, left=counts.sealed)
        forget_wipe(here)
        for name in (RECEIPT_KEY, DOORPLATE):
            (self.folder / name).unlink(missing_ok=True)
        return Standing(wiped=True)

    def _wipe_begun(self, doorplate: Doorplate) -> Order | None:
        """The order of a wipe that was begun and not answered for."""
        with suppress(OSError, ValueError):
            order = Order.model_validate_json(VaultFolder(self.folder).wiping.read_bytes())
            if orders.is_for_us(order, doorplate.device, doorplate.signing_key):
                return order
        return None

    def _kept_answer(self, doorplate: Doorplate) -> Orders | None:
        with suppress(OSError, ValueError):
            answer = Orders.model_validate_json((self.folder / _ANSWER).read_bytes())
            if orders.is_of_council(answer, doorplate.device, doorplate.signing_key):
                return answer
        return None

    def _lock_in(self, standing: tuple[Order, ...]) -> Standing:
        words = next((each.words for each in standing if each.kind is OrderKind.LOCK), None)
        return Standing(None if words is None else LockedByCouncil(words))


def _unproved(_text: bytes) -> Proof:
    """Of a laptop whose key for this is lost: the EHM refuses it, and what was sealed stays."""
    return Proof()
