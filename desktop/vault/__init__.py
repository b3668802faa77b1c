"""The vault: the encrypted store of one worker on one device. The only room with sqlcipher3."""

from desktop.vault.access import change_passphrase, confirm_passphrase, recover, rekey
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
    "Vault",
    "Worker",
    "change_passphrase",
    "confirm_passphrase",
    "create_vault",
    "recover",
    "rekey",
    "seconds_to_wait",
    "unlock",
]
