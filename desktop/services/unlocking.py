"""Unlocking: from a passphrase to all that the pages need. Runs in the vault lane."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.printing.scripts import ScriptSetter
from desktop.services.casework import Casework
from desktop.services.clock import Clock
from desktop.services.coming_back import ComingBack
from desktop.services.enrolling import Membership, read_membership
from desktop.services.families import Families
from desktop.services.figure_files import FigureFiles
from desktop.services.figures import Figures
from desktop.services.hiding import Hiding
from desktop.services.hub_requests import HubRequests
from desktop.services.known_records import KnownRecords
from desktop.services.lease import LeaseWatch
from desktop.services.meeting import TeamMeetings
from desktop.services.new_forms import NewForms, read_packs
from desktop.services.news import News
from desktop.services.orders import LaptopOrders, LockedByCouncil
from desktop.services.own_keys import OwnKeys
from desktop.services.packs import Packs
from desktop.services.policy import PolicyInForce, policy_of
from desktop.services.private_notes import PrivateNotes
from desktop.services.proxies import Proxies, no_proxies
from desktop.services.records import Records
from desktop.services.recovering import Recovering, WasRecovered
from desktop.services.syncing import Syncing
from desktop.services.team import TeamDesk
from desktop.services.this_laptop import ThisLaptop
from desktop.services.visiting import Visiting
from desktop.services.worries import Worries
from desktop.vault import Event, Vault, unlock
from forms.casework.audience import AudienceRules
from forms.pack_file import PackError

if TYPE_CHECKING:
    from desktop.services.paper import Paper


class SavesAreMissing(Exception):
    """The store is older than what was last saved in it: cut off, or an old copy put back."""

    title = "Something that was saved is not here any more"
    message = (
        "The store on this laptop is older than what was last saved in it. Sync now: what the "
        "council has comes back by itself. Look at what you wrote since the last sync, and ring "
        "your council's IT help desk."
    )


@dataclass(frozen=True)
class Services:
    """What a person can do, once the vault is open."""

    vault: Vault
    packs: Packs
    families: Families
    records: Records
    make_paper: Callable[[], Paper]
    syncing: Syncing
    hiding: Hiding
    own_keys: OwnKeys
    visiting: Visiting
    policy: PolicyInForce
    clock: Clock
    worries: Worries
    notes: PrivateNotes
    news: News
    casework: Casework
    meetings: TeamMeetings
    figures: Figures
    figure_files: FigureFiles
    team: TeamDesk
    laptop: ThisLaptop
    new_forms: NewForms
    coming_back: ComingBack
    warnings: tuple[SavesAreMissing | WasRecovered | PackError, ...] = ()

    @cached_property
    def paper(self) -> Paper:
        """All that prints. First asked for in the vault lane: it takes a moment and 13 MB."""
        return self.make_paper()


def open_services(
    folder: Path,
    passphrase: bytearray,
    clock: Clock,
    make_setter: Callable[[], ScriptSetter] | None = None,
    proxies: Proxies = no_proxies,
) -> Services:
    """Unlock the vault in ``folder``. What a crash left unsealed is sealed first.

    Raises VaultError, LockedByCouncil, NoForms, PackError. If it raises, the vault is closed.
    """
    vault = unlock(folder, passphrase, clock.now)
    try:
        return _services(vault, folder, clock, make_setter, proxies)
    except BaseException:
        vault.close()
        raise


def _services(
    vault: Vault,
    folder: Path,
    clock: Clock,
    make_setter: Callable[[], ScriptSetter] | None,
    proxies: Proxies,
) -> Services:
    member = _member(vault, folder, clock)
    packs, unread = read_packs(vault, clock.today)
    given = vault.replica.lease()
    policy = PolicyInForce(policy_of(packs.newest, given.policy if given else None))
    lease = LeaseWatch(vault, clock, policy)
    known = KnownRecords(vault, packs, clock, lease.check)

    hub = HubRequests(vault, known)
    records = Records(vault, packs, known, clock, vault.workers, lease.is_read_only)
    news = News(vault)
    families = Families(
        vault, packs, known, clock, vault.workers, records.missing, lease.covered_before, hub
    )
    lease.purge(families.is_closed)
    team = TeamDesk(member, vault.worker.role, clock, proxies)
    syncing = Syncing(
        vault,
        clock,
        member,
        known.name_of,
        lambda: AudienceRules.of_pack(packs.newest).deciding_forms,
        lease,
        hub,
        proxies,
    )

    hiding, visiting = Hiding(vault, folder), Visiting(folder, clock, policy.longest_visit)
    return Services(
        vault,
        packs,
        families,
        records,
        lambda: _paper(vault, packs, known, families, records, clock, make_setter),
        syncing,
        hiding,
        OwnKeys(vault, folder, hiding),
        visiting,
        policy,
        clock,
        Worries(vault, packs, records),
        PrivateNotes(vault, records),
        news,
        Casework(vault, packs, known, clock),
        TeamMeetings(records, known),
        Figures(vault, packs, known, clock, team),
        FigureFiles(vault),
        team,
        ThisLaptop(vault, member, policy, syncing, visiting),
        NewForms(vault, packs, policy),
        ComingBack(vault, clock, lease.check),
        (*([unread] if unread else ()), *_warnings(vault, folder, clock, member)),
    )


def _paper(
    vault: Vault,
    packs: Packs,
    known: KnownRecords,
    families: Families,
    records: Records,
    clock: Clock,
    make_setter: Callable[[], ScriptSetter] | None,
) -> Paper:
    from desktop.services.paper import Paper  # 13 MB that a visit without paper does not take

    setter = make_setter() if make_setter else None
    return Paper(vault, packs, known, families, records, clock, setter)


def _member(vault: Vault, folder: Path, clock: Clock) -> Membership | None:
    """Whose laptop it is; written beside the vault, for the unlock page. Raises LockedByCouncil."""
    _stay_locked_if_ordered(vault, folder, clock)
    vault.seal_all()
    vault.note(Event("unlocked"))
    member = read_membership(vault)
    if member is not None:
        member.post(folder)
    return member


def _stay_locked_if_ordered(vault: Vault, folder: Path, clock: Clock) -> None:
    ordered = vault.replica.ordered_to_lock()
    if ordered is None:
        return
    member = read_membership(vault)
    if member is None or not LaptopOrders(folder, clock).is_lifted(ordered, member.doorplate):
        raise LockedByCouncil(ordered.words)
    vault.replica.lock_was_lifted()


def _warnings(
    vault: Vault, folder: Path, clock: Clock, member: Membership | None
) -> Iterator[SavesAreMissing | WasRecovered]:
    if vault.missing_saves:
        yield SavesAreMissing()
    if member is not None:
        yield from Recovering(folder, clock).tell(vault, member.signing_key)
