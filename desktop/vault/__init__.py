"""The vault: the encrypted store of one worker on one device. The only room with sqlcipher3."""

from desktop.vault.access import (
    RecoverySlot,
    change_passphrase,
    confirm_passphrase,
    recover,
    recovery_slot,
    rekey,
)
from desktop.vault.attachments import STROKES
from desktop.vault.audit import AuditEntry, Event
from desktop.vault.families import FamilyRow, RecordRow
from desktop.vault.opening import create_vault, seconds_to_wait, unlock
from desktop.vault.vault import Vault
from desktop.vault.worker import Worker

__all__ = [
    "STROKES",
    "AuditEntry",
    "Event",
    "FamilyRow",
    "RecordRow",
    "RecoverySlot",
    "Vault",
    "Worker",
    "change_passphrase",
    "confirm_passphrase",
    "create_vault",
    "recover",
    "recovery_slot",
    "rekey",
    "seconds_to_wait",
    "unlock",
]
