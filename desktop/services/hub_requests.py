"""Requests for support on their way to the hub, and what became of them.

Nothing is queued: a request that this worker has finished, and that the hub is not known to have,
waits to be sent. So it survives whatever the records survive. It is sent once the centre has its
words, and sending it twice is sending it once. What the hub said last is kept to be shown offline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from desktop.services.case_views import AtHub, HubLine
from desktop.services.known_records import FamilyRecords, KnownRecords
from desktop.vault import Vault
from forms.casework.requests import LEVEL_4, REQUEST, Request, requests, why_withdrawn
from forms.records.finalising import finalising_change
from sync.client.errors import Declined
from sync.client.support_wire import SupportWire
from sync.contract.messages import SendRequest, SupportRequest

_KEPT = "support requests"

Ask = Callable[[Callable[[], Any]], Any]


@dataclass(frozen=True, slots=True, repr=False)
class HubNews:
    """What changed at the hub since it was asked last."""

    family: str
    line: HubLine


@dataclass(frozen=True, slots=True, repr=False)
class _Ready:
    """A request to be sent: ``of`` is the change that finished it."""

    message: SendRequest
    of: str


@dataclass(slots=True)
class HubRequests:
    """What this worker asked of the hub. In the vault lane, but ``exchange``."""

    vault: Vault
    known: KnownRecords

    def exchange(self, wire: SupportWire, ask: Ask) -> tuple[HubNews, ...]:
        """Send what waits, and hear what became of the rest. In the network lane; ``SyncError``.

        Where nothing waits and nothing is open, nobody is asked.
        """
        for ready in ask(self._ready):
            self._send(ready, wire, ask)
        if not ask(self._is_open):
            return ()
        heard = {one.record: one for one in wire.mine().requests}
        news: tuple[HubNews, ...] = ask(lambda: self._hear(heard))
        return news

    def begin_again(self) -> None:
        """The centre was put back from a backup: it may have none of them."""
        self.vault.remember(_KEPT, {})

    def of_family(self, written: FamilyRecords) -> Mapping[str, HubLine]:
        """How the family's requests stand, by record: those of this worker, and answered ones."""
        kept = self._kept()
        return {
            one.record: line
            for one in requests(written.known)
            for line in [self._line(one, written, kept.get(one.record, {}))]
            if line is not None
        }

    # --- inside ------------------------------------------------------------------------------

    def _send(self, ready: _Ready, wire: SupportWire, ask: Ask) -> None:
        try:
            taken = wire.send(ready.message)
        except Declined as no:
            if type(no) is not Declined:  # about the laptop, not about the request
                raise
            words = no.message
            ask(lambda: self._keep_refusal(ready, words))
        else:
            ask(lambda: self._keep(taken, ready.of))

    def _line(
        self, one: Request, written: FamilyRecords, kept: Mapping[str, str]
    ) -> HubLine | None:
        finished = finalising_change(written.changes[one.record])
        is_mine = finished is not None and finished.author == self.vault.worker.id
        if one.decision and not (is_mine and one.is_for_the_hub):
            return HubLine(
                one.record,
                AtHub.DECIDED,
                name=one.decided_by,
                decision=one.decision,
                words=one.why,
                family_knows=one.family_knows,
            )
        heard, urgent = _heard(kept), one.kind == LEVEL_4
        has_gone = not is_mine or (finished is not None and kept.get("of") == finished.id)
        if heard is not None and has_gone:
            return _as_heard(heard, why_withdrawn(one.record, written.known))
        if not is_mine or not self._is_to_be_sent(one, written):
            return None
        if refused := kept.get("refused", ""):
            return HubLine(one.record, AtHub.REFUSED, urgent, words=refused)
        return HubLine(one.record, AtHub.WAITS, urgent)

    def _is_to_be_sent(self, one: Request, written: FamilyRecords) -> bool:
        finished = finalising_change(written.changes[one.record])
        return (
            one.is_for_the_hub
            and finished is not None
            and finished.author == self.vault.worker.id
            and not why_withdrawn(one.record, written.known)
        )

    def _ready(self) -> list[_Ready]:
        kept = self._kept()
        return [found for row in self.vault.families() for found in self._ready_of(row.id, kept)]

    def _ready_of(self, family: str, kept: Mapping[str, Mapping[str, str]]) -> Iterator[_Ready]:
        if not _may_hold_requests(self.vault, family):
            return
        written = self.known.of_family(family, even_if_covered=True)
        for one in requests(written.known):
            finished = finalising_change(written.changes[one.record])
            if (
                finished is not None
                and self._is_to_be_sent(one, written)
                and not written.waiting(one.record)
                and kept.get(one.record, {}).get("of") != finished.id
            ):
                yield _Ready(
                    SendRequest(record=one.record, urgent=one.kind == LEVEL_4), finished.id
                )

    def _is_open(self) -> bool:
        return any(
            (heard := _heard(each)) is not None and heard.told is None
            for each in self._kept().values()
        )

    def _hear(self, heard: Mapping[str, SupportRequest]) -> tuple[HubNews, ...]:
        kept, news = dict(self._kept()), []
        for record, before in list(kept.items()):
            now, was = heard.get(record), _heard(before)
            if was is None:
                continue
            if now is None:
                del kept[record]  # the centre lost it: it is sent again
                continue
            kept[record] = {**before, "heard": now.model_dump_json()}
            if _is_news(was, now):
                news.append(HubNews(now.family, _as_heard(now, "")))
        self.vault.remember(_KEPT, kept)
        return tuple(news)

    def _keep(self, taken: SupportRequest, of: str) -> None:
        entry = {"of": of, "heard": taken.model_dump_json()}
        self.vault.remember(_KEPT, {**self._kept(), taken.record: entry})

    def _keep_refusal(self, ready: _Ready, words: str) -> None:
        self.vault.remember(_KEPT, {**self._kept(), ready.message.record: {"refused": words}})

    def _kept(self) -> dict[str, dict[str, str]]:
        kept = self.vault.recall(_KEPT)
        return kept if isinstance(kept, dict) else {}


def _heard(kept: Mapping[str, str]) -> SupportRequest | None:
    with suppress(ValidationError):  # of another version of the program: asked again
        return SupportRequest.model_validate_json(kept.get("heard", ""))
    return None


def _as_heard(heard: SupportRequest, withdrawn: str) -> HubLine:
    urgent = heard.urgent
    by = heard.accepted_by.name if heard.accepted_by is not None else ""
    if heard.decided is not None:
        decision = heard.outcome or ""
        return HubLine(
            heard.record, AtHub.DECIDED, urgent, heard.decided, by, decision, heard.words
        )
    if withdrawn:
        return HubLine(heard.record, AtHub.WITHDRAWN, urgent, name=by, withdrawn=withdrawn)
    if by:
        return HubLine(heard.record, AtHub.ACCEPTED, urgent, heard.accepted, by)
    return HubLine(heard.record, AtHub.SENT, urgent, heard.sent)


def _is_news(was: SupportRequest, now: SupportRequest) -> bool:
    is_answered = now.decided is not None and was.decided != now.decided
    return is_answered or (now.accepted_by is not None and was.accepted_by is None)


def _may_hold_requests(vault: Vault, family: str) -> bool:
    """Cheap: most families have none."""
    return any(row.form == REQUEST for row in vault.records(family))
