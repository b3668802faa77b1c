"""With what a locked laptop signs for its wipe: a key that its own key vouched for, while open.

Its own key is in the vault: out of reach while it is locked, and the first thing that a wipe
destroys. This one lies beside the vault and is good alone for receipts and for what was sealed for
the council. It proves that they come from this laptop's disk, not from somebody who has learnt the
ids of an order and a laptop.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.services.doorplate import read_doorplate
from desktop.vault.durable_file import replace_file
from sync.client.enrolment import new_private_key
from sync.contract import signatures
from sync.contract.messages import Receipt
from sync.contract.signatures import Proof

RECEIPT_KEY = "receipt-key.json"
_LONGEST_FILE = 4_096


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptKey:
    """``private_key`` is base64; ``vouched`` the signature of its public half."""

    private_key: str
    vouched: str

    def prove(self, text: bytes) -> Proof:
        """Signs a text, as the EHM takes it of this laptop."""
        private = base64.b64decode(self.private_key)
        return Proof(signatures.sign(private, text), signatures.public_key(private), self.vouched)

    def signed(self, order: str, receipt: Receipt) -> Receipt:
        """The receipt, as the EHM takes it of this laptop."""
        return receipt.model_copy(
            update=asdict(self.prove(signatures.receipt_text(order, receipt)))
        )


def read_receipt_key(folder: Path) -> ReceiptKey | None:
    """The key of this folder's laptop; None if there is none that can be read."""
    with suppress(OSError, ValueError, TypeError), (folder / RECEIPT_KEY).open("rb") as file:
        return ReceiptKey(**json.loads(file.read(_LONGEST_FILE)))
    return None


def keep_receipt_key(folder: Path, device_key: bytes) -> None:
    """Lay one beside the vault, if there is none that ``device_key`` (32 bytes) vouched for."""
    doorplate = read_doorplate(folder)
    if doorplate is None:
        return
    kept, device = read_receipt_key(folder), doorplate.device
    if kept is not None and _is_vouched(kept, device, signatures.public_key(device_key)):
        return
    private = new_private_key()
    text = signatures.receipt_key_text(device, signatures.public_key(private))
    key = ReceiptKey(
        base64.b64encode(private).decode(),
        signatures.sign(device_key, text),
    )
    with suppress(OSError):  # a full disk must keep nobody out; the next unlock tries again
        replace_file(folder / RECEIPT_KEY, json.dumps(asdict(key)).encode())


def _is_vouched(kept: ReceiptKey, device: str, device_key: str) -> bool:
    try:
        public = signatures.public_key(base64.b64decode(kept.private_key))
    except ValueError:
        return False
    return signatures.is_signed(
        device_key, signatures.receipt_key_text(device, public), kept.vouched
    )
