"""Answers that name somebody who must not see or know: to take a name out needs a reason.

Unlike a `Protective` question these have no answers from safest to loosest; each name is a
protection of its own. A name that somebody took out without a reason is still relied on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from forms.records.answer import Answer
from forms.records.change import Change
from forms.records.protective import Protective, governing

PEOPLE, NAMES, OWN_ROW = "people", "names", "own row"
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_SOMETHING = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Naming:
    """A question whose answer names somebody: people that were chosen, names in words, or the
    person whose own row it is in (``holds``).
    """

    form: str
    path: str
    holds: str

    def named(self, value: str) -> frozenset[str]:
        """What of an answer protects: each chosen person, each word, or that there is one."""
        if self.holds == OWN_ROW:
            return _SOMETHING if value.strip() else frozenset()
        if self.holds == PEOPLE:
            return frozenset(value.split())
        return frozenset(_WORD.findall(value.casefold()))

    def relied_on(self, path: str, changes: Sequence[Change]) -> frozenset[str]:
        """What was named at ``path`` and not taken out with a reason since."""
        said = [c.answers[path].answer.value for c in changes if path in c.answers]
        ids = {change.id for change in changes}
        every = frozenset().union(*map(self.named, said))
        return frozenset(name for name in every if self._stands(name, path, changes, ids))

    def joined(self, values: Sequence[str]) -> str:
        """One answer that names everybody whom these name."""
        if self.holds == PEOPLE:
            return " ".join(dict.fromkeys(one for value in values for one in value.split()))
        return ", ".join(dict.fromkeys(value for value in values if value.strip()))

    def _stands(self, name: str, path: str, changes: Sequence[Change], ids: set[str]) -> bool:
        question = _Keeps(self.form, path, (), self, name)
        return name in self.named(governing(question, changes, ids).value)


@dataclass(frozen=True, slots=True)
class _Keeps(Protective):
    """One name: an answer that still has it is the safest."""

    naming: Naming
    name: str

    def danger(self, answer: Answer) -> int:
        """0 where the name is in it."""
        return 0 if self.name in self.naming.named(answer.value) else 1
