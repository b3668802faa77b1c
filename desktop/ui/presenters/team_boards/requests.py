"""The inbox of requests for support: accepted by name, then decided, with words for the sender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.words import tr
from sync.contract.messages import DecideRequest, Outcome, SupportRequest

_OUTCOMES = {
    "accepted": "We will help this family",
    "early_help": "Help below Level 4 instead",
    "information": "Information and advice",
    "more": "We need to know more first",
    "declined": "Not accepted",
}


@dataclass(frozen=True, slots=True)
class RequestsBoard:
    """Whoever sent a request stays responsible until a named person has accepted it."""

    moments: Moments

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("Requests for support")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr(
            "Accept a request to have the family on your laptop and read what was asked. "
            "Whoever sent it stays responsible until then. Your decision and your words go back "
            "to them."
        )

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """What is not decided yet, urgent ones first."""
        mine = wire.me().worker.id
        return tuple(self._matter(one, mine) for one in wire.requests().requests)

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Accept or decide."""
        if deed == "accept":
            wire.accept(matter)
            return tr("It is yours now. Sync to read it on the family's page, then decide here.")
        outcome = cast(Outcome, said["outcome"])
        wire.decide_request(matter, DecideRequest(outcome=outcome, words=said["words"]))
        return tr("Decided. Whoever asked is told when their laptop next asks.")

    def _matter(self, one: SupportRequest, mine: str) -> Matter:
        lines = [tr("Sent by {name}", name=one.sent_by.name)]
        if one.urgent:
            lines.insert(0, tr("Urgent. If it is not done yet: telephone first."))
        deeds: tuple[Deed, ...] = ()
        if one.withdrawn is not None:
            lines.append(tr("It is not asked any more. Ring whoever sent it."))
        if one.accepted_by is None:
            deeds = (Deed("accept", tr("Accept")),)
        elif one.accepted_by.id == mine:
            lines.append(tr("You have accepted it."))
            deeds = (_decide(),)
        else:
            lines.append(tr("Accepted by {name}", name=one.accepted_by.name))
        lines.append(tr("Responsible now: {name}", name=one.responsible.name))
        sent = tr("Sent {when}", when=self.moments.when(one.sent))
        return Matter(one.record, one.number or tr("New family"), tuple(lines), (sent,), deeds)


def _decide() -> Deed:
    choices = tuple((key, tr(words)) for key, words in _OUTCOMES.items())
    return Deed(
        "decide",
        tr("Decide"),
        (
            Question("outcome", tr("What is decided"), choices),
            Question("words", tr("What whoever asked is told"), long=True),
        ),
        tr("Send this decision"),
    )
