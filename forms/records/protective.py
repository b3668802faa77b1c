"""The cautious answer governs (design: laws for every part)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.records.answer import BLANK, Answer
from forms.records.change import Change, Written
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
    written = {c.id: c.answers[question.path] for c in changes if question.path in c.answers}
    worth: dict[str, Answer] = {}
    heads = Heads(changes).of(question.path)
    return safest(question, [_worth(question, h, written, acknowledged, worth) for h in heads])


def safest(question: Protective, answers: Iterable[Answer]) -> Answer:
    """The safest of the answers; blank if there is none."""
    return min(answers, key=question.danger, default=BLANK)


def _worth(
    question: Protective,
    change_id: str,
    written: Mapping[str, Written],
    acknowledged: Collection[str],
    worth: dict[str, Answer],
) -> Answer:
    """What a change is worth: its own answer, or what it replaced if it may not loosen that yet.

    Walks back without recursion: a history may be thousands of changes long. A base that has not
    arrived is worth nothing, so what stands on it is judged as if it were the first answer.
    """
    waiting = [change_id]
    while waiting:
        at = waiting[-1]
        bases = [b for b in written[at].base if b in written]
        unknown = [b for b in bases if b not in worth]
        if unknown:
            waiting.extend(unknown)
            continue
        waiting.pop()
        answer = written[at].answer
        before = [worth[b] for b in bases]
        loosens = any(question.danger(b) < question.danger(answer) for b in before)
        allowed = bool(answer.reason) and at in acknowledged
        worth[at] = safest(question, before) if loosens and not allowed else answer
    return worth[change_id]
