"""The council's texts that a record was finished with: what was told, and what was agreed to.

A text that the council words anew afterwards is not what those people signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from forms.records.answer_path import schema_path
from forms.records.finalising import finalised_state, is_final
from forms.records.heads import Heads
from forms.xforms import Definition, NoSuchPath, Session


def finished_texts(definition: Definition, heads: Heads) -> dict[str, str]:
    """The texts by path, of a record that stands as it was finished; else none."""
    state = finalised_state(heads) if is_final(heads) else None
    kept = state.calculated if state is not None else {}
    texts = definition.texts if kept else ()
    return {path: words for path, words in kept.items() if schema_path(path) in texts}


def worded_since(session: Session, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of ``texts`` that the form would say otherwise now: answers for another `Session`.

    What the form says nothing of now stays unsaid: the answer that it follows from may be one that
    a reader must not have.
    """
    found: dict[str, str] = {}
    for path, words in texts.items():
        with suppress(NoSuchPath):
            if session.node(path).value not in ("", words):
                found[path] = words
    return found
