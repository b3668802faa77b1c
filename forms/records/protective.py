"""The cautious answer governs (design: laws for every part)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.records.answer import BLANK, Answer
from forms.records.change import Change
from forms.records.heads import Heads


@dataclass(frozen=True, slots=True)
class Protective:
    """A question whose answers protect somebody; ``safest_first`` orders its values.

    A value that is not in the list, an absence and a blank count as the safest.
    """

    form: str
    path: str
    safest_first: tuple[str, ...]

    def danger(self, answer: Answer) -> int:
        """0 for the safest; more for looser."""
        value = answer.value
        return self.safest_first.index(value) if value in self.safest_first else 0


def governing(
    question: Protective, changes: Sequence[Change], acknowledged: Collection[str]
) -> Answer:
    """The answer that governs screen, print and share, from all changes of one record.

    The safest head counts. A head that loosens what it replaced counts only with a reason and once
    the EHM has it (its id is in ``acknowledged``); until then what it replaced stands.
    """
    written: Mapping[str, Change] = {c.id: c for c in changes if question.path in c.answers}
    heads = Heads(written.values()).of(question.path)
    return safest(question, (_in_force(question, head, written, acknowledged) for head in heads))


def safest(question: Protective, answers: Iterable[Answer]) -> Answer:
    """The safest of the answers; blank if there is none."""
    return min(answers, key=question.danger, default=BLANK)


def _in_force(
    question: Protective,
    change_id: str,
    written: Mapping[str, Change],
    acknowledged: Collection[str],
) -> Answer:
    """What a head is worth: itself, or what it replaced if it may not loosen it yet."""
    waiting, worth = [change_id], []
    seen: set[str] = set()
    while waiting:
        at = waiting.pop()
        if at in seen or at not in written:
            continue
        seen.add(at)
        here = written[at].answers[question.path]
        before = [written[b].answers[question.path].answer for b in here.base if b in written]
        loosens = any(question.danger(b) < question.danger(here.answer) for b in before)
        allowed = bool(here.answer.reason) and at in acknowledged
        if loosens and not allowed:
            waiting.extend(here.base)
        else:
            worth.append(here.answer)
    return safest(question, worth)
