"""The council's newest forms, taken into use: at unlocking, or later while no record is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from desktop.services.packs import Packs
from desktop.services.policy import Policy, PolicyInForce, policy_of
from desktop.vault import Vault
from forms.pack import Pack
from forms.pack_file import PackError
from forms.records.upgrading import version_order


class NoForms(Exception):
    """The laptop was enrolled, but the council's forms have not come yet."""

    title = "The council's forms are not on this laptop yet"
    message = "Connect to the council's network and enrol again. Nothing has been deleted."


def read_packs(
    vault: Vault, today: Callable[[], date] = lambda: date.max
) -> tuple[Packs, PackError | None]:
    """The packs of a vault; and why the one that should be in force is not.

    A pack that this program cannot read is passed over: the newest that it can read is in force,
    and records that need the other wait whole. Raises NoForms, or PackError if none can be read.
    """
    if vault.pack() is None:
        raise NoForms
    newest, problem = vault.pack_in_use, None
    try:
        published = _read(vault, newest)
    except PackError as error:
        usable = [version for version in vault.packs() if unusable(vault, version) is None]
        if not usable:
            raise
        newest, problem = max(usable, key=version_order), error
        published = _read(vault, newest)
    others = [version for version in vault.packs() if version != newest]
    return Packs(published, lambda: _readable(vault, others), today), problem


@dataclass(frozen=True, slots=True)
class NewForms:
    """Brings packs that came since unlocking into use. Runs in the vault lane."""

    vault: Vault
    packs: Packs
    policy: PolicyInForce = field(default_factory=PolicyInForce)

    def heed(self) -> Policy:
        """Let the policy that came with a sync count now, whatever forms an open record keeps."""
        lease = self.vault.replica.lease()
        self.policy.now = policy_of(self._newest(), lease.policy if lease else None)
        return self.policy.now

    def take(self) -> bool:
        """Use what came, if this program can read it; true if other forms are in force now."""
        before = self.packs.newest.version
        self.vault.use_newest_pack()
        packs, _ = read_packs(self.vault)
        self.packs.take(packs)
        return self.packs.newest.version != before

    def _newest(self) -> Pack:
        """The newest pack that this program can read, in use or not."""
        for version in sorted(self.vault.packs(), key=version_order, reverse=True):
            if version == self.packs.newest.version:
                break
            if unusable(self.vault, version) is None:
                return _read(self.vault, version)
        return self.packs.newest


def unusable(vault: Vault, version: str) -> PackError | None:
    """Why a pack that has come cannot be used; None if it can."""
    try:
        _read(vault, version)
    except PackError as error:
        return error
    return None


def _read(vault: Vault, version: str) -> Pack:
    return Pack.read(vault.pack(version) or b"")


def _readable(vault: Vault, versions: Sequence[str]) -> Iterator[Pack]:
    """Those of these packs that this program can read."""
    for version in versions:
        with suppress(PackError):
            yield _read(vault, version)
