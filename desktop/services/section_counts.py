"""How much of each page of a form is answered: reckoned a little at a time, and only what changed.

A form of ten thousand questions takes half a second to go through; a window may not wait for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.services import form_sections
from desktop.services.form_sections import IsAbsent
from forms.records.answer_path import schema_path
from forms.xforms import Node, Session

A_TURN = 25
"""How many questions are looked at between two chances to stop."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one page: what must be answered to finish it, and what is answered."""

    missing: int
    answered: int


class SectionCounts:
    """The counts of every page, each as new as the last reckoning that reached it."""

    def __init__(self, session: Session, is_absent: IsAbsent) -> None:
        self._session, self._is_absent = session, is_absent
        self._known: dict[str, Counts] = {}
        self._stale: set[str] = set()

    def changed(self, paths: Iterable[str]) -> None:
        """These answers are others: the pages that they are on must be reckoned again."""
        root = self._session.root.path
        for path in paths:
            page = "/".join(schema_path(path).split("/")[:3])
            self._stale.update((page, root))

    def known(self, section: str) -> Counts | None:
        """The counts of a page as far as they are known."""
        return self._known.get(section)

    def reckon(self) -> Iterator[None]:
        """Go through what is not known or has changed, stopping often."""
        for node in form_sections.section_nodes(self._session):
            if node.path in self._known and node.path not in self._stale:
                continue
            self._stale.discard(node.path)
            yield from self._count(node)

    def _count(self, section: Node) -> Iterator[None]:
        answered = missing = 0
        for number, node in enumerate(form_sections.asked_in(self._session, section)):
            if number % A_TURN == 0:
                yield
            answered += bool(node.value) or self._is_absent(node.path)
            missing += form_sections.what_is_missing(node, self._is_absent) is not None
        self._known[section.path] = Counts(missing, answered)
