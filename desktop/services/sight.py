"""What of a form is on the screen while a family or a child looks on. The pack says which parts.

Whoever asks gets a plain yes or no for a path: what is kept back leaves no gap, count or name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from forms.manifest import KeptFrom
from forms.records.answer_path import beside, schema_path

ValuesAt = Callable[[str], Collection[str]]
"""Every different value that stands at a path: several if people answered differently."""


@dataclass(frozen=True, slots=True)
class Sight:
    """``kept`` are the parts that stay with the worker."""

    kept: tuple[KeptFrom, ...] = ()

    def sees(self, path: str, values: ValuesAt) -> bool:
        """True for what may be on the screen.

        Where two people answered differently nothing is shown: neither who, nor either answer. A
        condition counts if any answer that stands fulfils it: the cautious one governs.
        """
        return self.may_know(path, values) and len(values(path)) < 2

    def may_know(self, path: str, values: ValuesAt) -> bool:
        """True for what is not kept from them, whether people agree on it or not."""
        plain = schema_path(path)
        around = [one for one in self.kept if plain == one.path or plain.startswith(one.path + "/")]
        return not any(_holds(one, path, values) for one in around)


def _holds(kept: KeptFrom, path: str, values: ValuesAt) -> bool:
    if not kept.when:
        return True
    return any(value in kept.values for value in values(beside(path, kept.when)))
