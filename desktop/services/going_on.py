"""Going on with a change that was sealed while somebody was writing it.

A sync seals everything that is open, in the middle of a sentence too. What is written on then is a
change of its own, on top of the one that went, so that nothing is lost and nobody disagrees with
themselves. The sitting need not know: it goes on under the id that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from desktop.vault import Vault
from desktop.vault.errors import AlreadySealed
from forms.records.change import Change, Written


@dataclass(slots=True)
class GoingOn:
    """Writes the open changes of this process. In the vault lane."""

    vault: Vault
    new_id: Callable[[], str]
    _chains: dict[str, list[str]] = field(default_factory=dict)
    """By the id that a sitting writes under: every change that its words went into."""

    def write(self, change: Change) -> None:
        """Make the change durable, in a change of its own if the vault has sealed it already."""
        if change.id not in self._chains and not self._is_based_on_a_chain(change):
            try:
                self.vault.write(change)
            except AlreadySealed:
                self._chains[change.id] = [change.id]
            else:
                return
        sealed = {c.id: c for c in self.vault.changes(change.record) if c.number}
        chain = self._chains.get(change.id, [change.id])
        if chain[-1] in sealed:
            chain.append(self.new_id())
        answers = {
            path: Written(written.answer, self._base(path, written, chain, sealed))
            for path, written in change.answers.items()
        }
        self.vault.write(replace(change, id=chain[-1], answers=answers))

    def _is_based_on_a_chain(self, change: Change) -> bool:
        bases = (base for written in change.answers.values() for base in written.base)
        return any(base in self._chains for base in bases)

    def _base(
        self, path: str, written: Written, chain: list[str], sealed: Mapping[str, Change]
    ) -> tuple[str, ...]:
        """What the words stand on now: what went of this change, or what its base has become."""
        own = _last_that_wrote(path, chain, sealed)
        if own:
            return (own,)
        return tuple(
            _last_that_wrote(path, self._chains.get(base, []), sealed) or base
            for base in written.base
        )


def _last_that_wrote(path: str, chain: list[str], sealed: Mapping[str, Change]) -> str:
    wrote = [id_ for id_ in chain if id_ in sealed and path in sealed[id_].answers]
    return wrote[-1] if wrote else ""
