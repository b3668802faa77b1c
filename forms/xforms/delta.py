"""What one step changed."""

from __future__ import annotations

from dataclasses import dataclass

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Delta:
    """The paths that a step changed in any way that shows, and the rows that came and went.

    ``added`` and ``removed`` name the outermost rows; what is inside them came and went with them.
    A path in ``changed`` may have another value, relevance, choices, label, or any other property.
    """

    changed: frozenset[str] = _NONE
    added: frozenset[str] = _NONE
    removed: frozenset[str] = _NONE
