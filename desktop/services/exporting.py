"""Taking one family out of a laptop in an encrypted file: by policy, with the passphrase again."""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.services.policy import Policy
from desktop.vault import Event, Vault, confirm_passphrase
from desktop.vault.errors import AttachmentMissing
from desktop.vault.sealed_export import seal_export
from forms.records.attachment import is_attachment_name
from sync.contract.changes import to_wire
from sync.contract.escrow import UnsentWork


class MayNotExport(Exception):
    """The council does not let families be taken out of laptops."""

    title = "Your council does not allow this"
    message = "Nothing may be taken out of this laptop but by syncing and on paper."


class WhyExport(Exception):
    """An export is a disclosure, and a disclosure has a reason."""

    title = "Say why"
    message = "Write for whom this family is taken out, and why. It is kept with the date."


@dataclass(frozen=True, slots=True)
class Exporting:
    """The exports of one open vault. Runs in the vault lane."""

    vault: Vault
    folder: Path
    policy: Policy

    def family(self, family: str, passphrase: bytearray, own: bytearray, reason: str) -> bytes:
        """Everything of a family, sealed with the file's ``own`` passphrase; noted in the audit.

        ``passphrase`` is the worker's, typed again. The caller erases both. Raises MayNotExport,
        WhyExport, WrongPassphrase, TooManyTries.
        """
        if not self.policy.may_export:
            raise MayNotExport
        if not reason.strip():
            raise WhyExport
        confirm_passphrase(self.folder, passphrase)
        changes = [c for listed in self.vault.changes_of_family(family).values() for c in listed]
        work = UnsentWork(
            device=self.vault.device,
            changes=tuple(to_wire(change) for change in changes),
            attachments=self._attachments(
                {said.answer.value for change in changes for said in change.answers.values()}
            ),
        )
        self.vault.note(
            Event("exported", family=family, reason=reason.strip(), count=len(changes))
        )  # first: what leaves is known to have left
        return seal_export(work.model_dump_json(exclude_defaults=True).encode(), own)

    def _attachments(self, values: set[str]) -> dict[str, str]:
        found = {}
        for name in filter(is_attachment_name, values):
            with suppress(AttachmentMissing):
                found[name] = base64.b64encode(self.vault.attachment(name)).decode()
        return found
