"""What a second person looks at, and what they said, in words for whoever asked."""

from __future__ import annotations

from desktop.services.case_views import ApprovalLine
from desktop.ui.moments import Moments
from desktop.ui.words import breakable, tr

_WAITS = {
    "closure": "The closing waits for a manager to agree.",
    "level_4": "No manager has looked at the step up to Level 4 yet. It has not waited for that.",
    "override": "Sharing without agreement waits for a manager to agree.",
    "loosened": "A safety answer was made less careful. A manager has not looked at it yet.",
}
_SENT_BACK = {
    "closure": "{name} sent the closing back, and it is open again",
    "level_4": "{name} does not agree to the step up",
    "override": "{name} does not agree to sharing",
    "loosened": "{name} wants the more careful answer",
}


def approval_words(line: ApprovalLine, moments: Moments) -> str:
    """How it stands, and in whose words."""
    if line.standing == "waiting":
        return tr(_WAITS[line.kind])
    name, words = breakable(line.by), breakable(line.words)
    when = moments.day(line.on) if line.on is not None else ""
    if line.standing == "approved":
        return tr("{name} agreed on {day}: “{words}”", name=name, day=when, words=words)
    said = tr(_SENT_BACK[line.kind], name=name)
    return tr("{said}: “{words}”", said=said, words=words)
