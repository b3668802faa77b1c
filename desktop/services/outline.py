"""The pages of a form that is being filled, and what each of them still wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.services import form_sections
from desktop.services.form_sections import IsAbsent, Missing, Section
from desktop.services.section_counts import SectionCounts
from forms.xforms import Node, Session


class Outline:
    """Reads a session, and counts it a little at a time. ``title`` is that of loose questions."""

    def __init__(self, session: Session, title: str, is_absent: IsAbsent) -> None:
        self._session, self._title, self._is_absent = session, title, is_absent
        self._counts = SectionCounts(session, is_absent)

    def changed(self, paths: Iterable[str]) -> None:
        """These answers are others now."""
        self._counts.changed(paths)

    def reckon(self) -> Iterator[None]:
        """Count what is answered and missing, a few questions at a time; see ``section_counts``."""
        return self._counts.reckon()

    def sections(self) -> list[Section]:
        """The pages of the form that are asked at present, in order, each counted."""
        for _ in self.reckon():
            pass
        return self.sections_so_far()

    def sections_so_far(self) -> list[Section]:
        """As ``sections``, with the counts as far as ``reckon`` has come."""
        return [self._section(node) for node in form_sections.section_nodes(self._session)]

    def paths(self) -> list[str]:
        """The paths of the pages that are asked at present, in order."""
        return [node.path for node in form_sections.section_nodes(self._session)]

    def questions(self, path: str) -> tuple[Node, ...]:
        """The nodes of a page, to be shown in order."""
        return form_sections.section_questions(self._session, path)

    def section_of(self, path: str) -> str:
        """The path of the page that shows a question."""
        return form_sections.section_of(self._session, path)

    def missing(self) -> list[Missing]:
        """What must be answered, or put right, before the record can be finished."""
        return list(form_sections.missing(self._session, self._is_absent))

    def next_missing(self, after: str) -> Missing | None:
        """The first of what is missing, from the page ``after`` onwards and round again."""
        nodes = form_sections.section_nodes(self._session)
        at = next((n for n, node in enumerate(nodes) if node.path == after), 0)
        onwards = [*nodes[at:], *nodes[:at]]
        waiting = [node for node in onwards if self._may_miss(node.path)]
        return next(form_sections.missing(self._session, self._is_absent, waiting), None)

    def _section(self, node: Node) -> Section:
        counts = self._counts.known(node.path)
        title = self._title if node.path == self._session.root.path else node.label
        if counts is None:
            return Section(node.path, title, 0, 0, is_known=False)
        return Section(node.path, title, counts.missing, counts.answered)

    def _may_miss(self, section: str) -> bool:
        counts = self._counts.known(section)
        return counts is None or counts.missing > 0
