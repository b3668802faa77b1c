"""How far a request for support has come, and what the hub said, in words."""

from __future__ import annotations

from desktop.services.case_views import AtHub, HubLine
from desktop.ui.moments import Moments
from desktop.ui.words import breakable, tr


def hub_words(line: HubLine, moments: Moments) -> str:
    """Where it is, and who is responsible: nothing of what it says."""
    if line.standing is AtHub.WAITS:
        waits = tr("Waits to be sent: it has told nobody yet. You are responsible.")
        return tr("Telephone first. {waits}", waits=waits) if line.urgent else waits
    if line.standing is AtHub.REFUSED:
        return tr("The hub could not take it: {words}", words=line.words)
    if line.standing is AtHub.WITHDRAWN:
        return tr("Not before the hub any more: {why}", why=tr(_WITHDRAWN[line.withdrawn]))
    if line.standing is AtHub.DECIDED:
        return tr("Decided: {decision}", decision=decision_words(line.decision))
    when = moments.when(line.at) if line.at is not None else ""
    if line.standing is AtHub.ACCEPTED:
        return tr(
            "Accepted by {name} {when}, who is responsible now.",
            name=breakable(line.name),
            when=when,
        )
    return tr("Sent {when}. You are responsible until somebody has accepted it.", when=when)


def answer_words(line: HubLine) -> tuple[str, ...]:
    """What the hub said, for the worker; and what is left to do."""
    said = [tr("{decision}.", decision=decision_words(line.decision))]
    if line.name:
        said.append(tr("Decided by {name}.", name=breakable(line.name)))
    if line.words:
        said.append(tr("“{words}”", words=breakable(line.words)))
    if line.decision == "more":
        said.append(tr("You are responsible. Write more in the request, and finish it again."))
    elif line.decision != "accepted":
        said.append(tr("You are responsible. If you do not agree, begin a disagreement."))
    if not line.family_knows:
        said.append(tr("Tell the family, and write in the request that they know."))
    return tuple(said)


def decision_words(decision: str) -> str:
    """What the hub decided."""
    return tr(_DECISIONS.get(decision, decision.replace("_", " ")))


_DECISIONS = {
    "accepted": "Accepted",
    "early_help": "Help below Level 4 instead",
    "information": "Information and advice",
    "more": "More information is needed",
    "declined": "Not accepted",
}
_WITHDRAWN = {
    "taken_out": "its words were taken out.",
    "amended": "it is being written on. Finish it to send it again.",
    "agreement": "those who agreed to this help do not agree any more.",
    "person": "somebody it is about has withdrawn.",
}
