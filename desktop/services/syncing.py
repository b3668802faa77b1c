"""Syncing with the council, in words. The exchange runs in the network lane."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

from desktop.services.case_views import AtHub, HubLine
from desktop.services.clock import Clock
from desktop.services.hub_requests import HubNews, HubRequests
from desktop.services.lease import LeaseWatch
from desktop.services.metered import MeteredBudget
from desktop.services.new_forms import unusable
from desktop.services.proxies import Proxies, no_proxies
from desktop.services.recovering import WasRecovered, untold_recoveries
from desktop.services.signing_in import InVault, OpenBrowser, sign_in_again, sign_in_by_browser
from desktop.services.trouble import Trouble
from desktop.services.views import (
    FamilyNews,
    SyncOutcome,
    SyncProgress,
    SyncState,
    SyncStep,
)
from desktop.vault import Vault
from desktop.vault.outbox import SetAside
from sync.client.errors import NotReachable, SignInNeeded, SyncError
from sync.client.exchange import Exchange
from sync.client.outcome import FamilyOutcome, Outcome, Progress, Step
from sync.client.replica import Replica
from sync.client.support_wire import SupportWire
from sync.client.wire import HttpWire

Ask = Callable[[Callable[[], Any]], Any]
"""Runs a job in the vault lane and waits for it."""


_LAST_CHECKED = "last_checked"
_NOT_YOURS = "A family that is not yours any more"
_OVERDUE_AFTER = timedelta(days=5)
_STEPS = {
    Step.CONNECTING: SyncStep.CONNECTING,
    Step.SENDING: SyncStep.SENDING,
    Step.FETCHING: SyncStep.FETCHING,
    Step.SHOWING: SyncStep.TIDYING,
    Step.CHECKING: SyncStep.TIDYING,
    Step.SENDING_FILES: SyncStep.SENDING_FILES,
    Step.FETCHING_FORMS: SyncStep.FETCHING,
    Step.FETCHING_FILES: SyncStep.FETCHING_FILES,
}


class Member(Protocol):
    """What an exchange needs of being enrolled."""

    @property
    def signing_key(self) -> str:
        """The council's public key, in base64."""

    def wire(self, clock: Clock, proxies: Proxies = no_proxies) -> HttpWire:
        """A connection as this device."""


class NotEnrolled(Exception):
    """This vault has no council to sync with."""

    title = "This laptop is not enrolled"
    message = "Ask your council's IT for an enrolment code. Nothing that you wrote is lost."


@dataclass(slots=True)
class Syncing:
    """Brings one vault level with the EHM.

    ``name_of`` gives a family's name for the news; changes of the forms that ``first`` names
    are sent first.
    """

    vault: Vault
    clock: Clock
    membership: Member | None = None
    name_of: Callable[[str], str] = field(default=lambda _family: "")
    first: Callable[[], Collection[str]] = tuple
    lease: LeaseWatch | None = None
    hub: HubRequests | None = None
    proxies: Proxies = no_proxies

    def state(self) -> SyncState:
        """How this device stands with the council. In the vault lane."""
        waiting = self.vault.replica.waiting()
        kept = self.vault.recall(_LAST_CHECKED)
        checked = datetime.fromisoformat(kept) if isinstance(kept, str) else None
        since = checked or waiting.oldest
        overdue = since is not None and self.clock.now() - since > _OVERDUE_AFTER
        return SyncState(
            waiting.changes,
            waiting.attachments,
            waiting.oldest,
            checked,
            overdue,
            self.lease.in_words() if self.lease else None,
            self._set_aside(),
        )

    def _set_aside(self) -> tuple[FamilyNews, ...]:
        lines: dict[str, list[str]] = {}
        for each in self.vault.replica.set_aside():
            lines.setdefault(each.family, []).append(_aside_line(each))
        return tuple(
            FamilyNews(family, self.name_of(family) if family else _NOT_YOURS, tuple(said))
            for family, said in lines.items()
        )

    def run(
        self,
        ask: Ask,
        progress: Callable[[SyncProgress], None],
        cancelled: Callable[[], bool],
        largest_file: int | None = None,
    ) -> SyncOutcome:
        """One sync, from beginning to end. In the network lane; ``ask`` reaches the vault lane.

        ``largest_file``: the line costs money; leave files of more bytes for another time, and all
        of them once the day's budget is spent.
        """
        if self.membership is None:
            raise NotEnrolled
        if largest_file is not None:
            wanted, budget = largest_file, MeteredBudget(self.vault, self.clock)
            largest_file = ask(lambda: budget.largest_file(wanted))
        outcome, answered = self._exchange(
            ask,
            self.membership,
            lambda p: progress(SyncProgress(_STEPS[p.step], p.done, p.total)),
            cancelled,
            largest_file,
        )
        if self.vault.is_gone or ask(self.vault.replica.ordered_to_lock) is not None:
            return SyncOutcome(outcome.ended, outcome.sent, 0, must_lock=True)
        ask(self.vault.keep_sealed)
        return cast(SyncOutcome, ask(lambda: self._in_words(outcome, answered)))

    def exchange(
        self,
        ask: Ask,
        member: Member,
        progress: Callable[[Progress], None] = lambda _progress: None,
        cancelled: Callable[[], bool] = lambda: False,
        largest_file: int | None = None,
    ) -> Outcome:
        """The exchange itself; when it was last checked is kept."""
        return self._exchange(ask, member, progress, cancelled, largest_file)[0]

    def _exchange(
        self,
        ask: Ask,
        member: Member,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        largest_file: int | None,
    ) -> tuple[Outcome, tuple[HubNews, ...]]:
        """With what the hub has answered since."""
        answered: tuple[HubNews, ...] = ()
        with closing(member.wire(self.clock, self.proxies)) as wire:
            exchange = Exchange(
                cast(Replica, _ThroughLane(self.vault.replica, ask)),
                wire,
                self.clock.now,
                device=self.vault.device,
                signing_key=member.signing_key,
                timer=time.monotonic,
                first=self.first(),
            )
            outcome = exchange.run(progress, cancelled, largest_file)
            if _wants_sign_in(outcome) and self._sign_in_again(wire, ask):
                outcome = exchange.run(progress, cancelled, largest_file)
            if outcome.checked and not outcome.cancelled and self.hub is not None:
                outcome, answered = self._with_hub(self.hub, wire, ask, outcome)
        if largest_file is not None and not self.vault.is_gone:
            ask(lambda: MeteredBudget(self.vault, self.clock).spent(wire.moved))
        if outcome.checked:
            ask(lambda: self.vault.remember(_LAST_CHECKED, outcome.ended.isoformat()))
            if self.lease is not None:
                ask(self.lease.was_proved)
        return outcome, answered

    def _with_hub(
        self, hub: HubRequests, wire: HttpWire, ask: Ask, outcome: Outcome
    ) -> tuple[Outcome, tuple[HubNews, ...]]:
        """Requests go once everything else is level, and trouble with them is trouble."""
        if outcome.rescued:
            ask(hub.begin_again)
        try:
            return outcome, hub.exchange(SupportWire(wire), ask)
        except SyncError as trouble:
            return replace(outcome, trouble=outcome.trouble or trouble), ()

    def sign_in(self, ask: Ask, open_browser: OpenBrowser, cancelled: Callable[[], bool]) -> None:
        """Signs the worker in with the council's provider. In the network lane; ``SyncError``."""
        if self.membership is None:
            raise NotEnrolled
        with closing(self.membership.wire(self.clock, self.proxies)) as wire:
            kept = InVault(self.vault, ask)
            sign_in_by_browser(wire, kept, open_browser, cancelled, proxies=self.proxies)

    def _sign_in_again(self, wire: HttpWire, ask: Ask) -> bool:
        try:
            return sign_in_again(wire, InVault(self.vault, ask), proxies=self.proxies)
        except SyncError:
            return False  # the exchange's own trouble says what to do

    def _in_words(self, outcome: Outcome, answered: Sequence[HubNews]) -> SyncOutcome:
        trouble = outcome.trouble
        return SyncOutcome(
            finished=outcome.ended,
            sent=outcome.sent,
            received=outcome.received,
            news=(*self._hub_news(answered), *self._news(outcome.families)),
            state=self.state(),
            trouble=Trouble(trouble.title, trouble.message) if trouble else None,
            cancelled=outcome.cancelled,
            offline=isinstance(trouble, NotReachable),
            sign_in_due=_wants_sign_in(outcome),
            retry=trouble is None or trouble.retry,
            retry_after=trouble.retry_after if trouble else None,
            recovered=tuple(
                Trouble(told.title, told.message)
                for told in map(WasRecovered, untold_recoveries(self.vault))
            ),
            new_forms=outcome.new_pack,
            forms_trouble=self._forms_trouble(outcome.new_pack),
        )

    def _forms_trouble(self, version: str) -> Trouble | None:
        problem = unusable(self.vault, version) if version else None
        return Trouble(problem.title, problem.message) if problem else None

    def _hub_news(self, answered: Sequence[HubNews]) -> Iterator[FamilyNews]:
        here = {each for row in self.vault.families() for each in row.ids}
        for news in answered:
            name = self.name_of(news.family) if news.family in here else ""
            yield FamilyNews(news.family, name, (_hub_line(news.line),))

    def _news(self, families: Mapping[str, FamilyOutcome]) -> list[FamilyNews]:
        news = []
        names = self.vault.workers()
        for family in families.values():
            lines = tuple(_lines(family, names))
            if lines:
                name = "" if family.left else self.name_of(family.family)
                news.append(FamilyNews(family.family, name, lines))
        return news


def _hub_line(line: HubLine) -> str:
    if line.standing is AtHub.DECIDED:
        return f"{line.name or 'The hub'} has decided your request. Open the family to read it."
    return f"{line.name} has accepted your request, and is responsible from now on."


def _aside_line(aside: SetAside) -> str:
    changes = f"{aside.changes} change{'s' if aside.changes > 1 else ''}"
    if aside.is_kept:
        return f"{changes} handed in, and not shown to others yet. {aside.words}"
    if aside.family:
        return f"{changes} not taken by the council's system. {aside.words}"
    return (
        f"{changes} not taken by the council's system, and kept sealed on this laptop. "
        "Ring your council's IT help desk before this laptop is given back."
    )


def _wants_sign_in(outcome: Outcome) -> bool:
    trouble = outcome.trouble
    return isinstance(trouble, SignInNeeded) and trouble.code == "sign_in_due"


def _lines(family: FamilyOutcome, names: Mapping[str, str]) -> list[str]:
    if family.left:
        return ["This family is with somebody else now. What you had written was sent first."]
    lines = ["This family is new on this laptop."] if family.is_new else []
    if family.changes:
        authors = sorted(names.get(author, "a colleague") for author in family.authors)
        by = f" by {', '.join(authors)}" if authors else ""
        lines.append(f"{family.changes} change{'s' if family.changes > 1 else ''}{by}.")
    if family.conflicts:
        many = family.conflicts > 1
        lines.append(
            f"{family.conflicts} answer{'s' if many else ''} now "
            f"differ{'' if many else 's'} and need{'' if many else 's'} settling. Both are kept."
        )
    return lines


class _ThroughLane:
    """The vault's replica, each call run in the vault lane and waited for."""

    def __init__(self, replica: object, ask: Ask) -> None:
        self._replica, self._ask = replica, ask

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._replica, name)
        return lambda *given, **named: self._ask(lambda: method(*given, **named))
