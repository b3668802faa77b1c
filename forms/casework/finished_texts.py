"""The council's texts that a record was finished with: what was told, and what was agreed to.

A text that the council words anew afterwards is not what those people signed.
"""

from __future__ import annotations

from forms.records.finalising import finalised_state, is_final
from forms.records.heads import Heads
from forms.xforms import Definition


def finished_texts(definition: Definition, heads: Heads) -> dict[str, str]:
    """The texts by path, for `Session`, of a record that stands as it was finished; else none."""
    state = finalised_state(heads) if is_final(heads) else None
    kept = state.calculated if state is not None else {}
    return {path: kept[path] for path in definition.texts if path in kept}
