"""The pages of a form, and what is still missing on each: read off a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from desktop.services.answer_types import what_does_not_fit
from forms.xforms import Node, NodeKind, Session

IsAbsent = Callable[[str], bool]
"""Whether somebody has said why there is no answer at a path."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form. ``missing`` counts what must be answered to finish it.

    Not ``is_known``: nobody has counted yet.
    """

    path: str
    title: str
    missing: int
    answered: int
    is_known: bool = True

    @property
    def is_finished(self) -> bool:
        """True if nothing is missing and something was said."""
        return not self.missing and self.answered > 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that stands between a draft and finishing, and why.

    ``is_wrong``: it is answered, and the answer does not fit.
    """

    path: str
    label: str
    section: str
    words: str
    is_wrong: bool = False


def section_questions(session: Session, path: str) -> tuple[Node, ...]:
    """The nodes of a page, to be shown in order."""
    root = session.root
    if path == root.path:
        return tuple(n for n in root.children if not _is_section(n))
    return tuple(session.node(path).children)


def section_of(session: Session, path: str) -> str:
    """The path of the page that shows a question."""
    node: Node | None = session.node(path)
    root = session.root
    while node is not None and node.parent is not None and node.parent != root:
        node = node.parent
    return node.path if node is not None and _is_section(node) else root.path


def missing(
    session: Session, is_absent: IsAbsent, sections: Iterable[Node] | None = None
) -> Iterator[Missing]:
    """What must be answered, or put right, before the record can be finished; of these pages."""
    for section in section_nodes(session) if sections is None else sections:
        for node, words in _missing_in(session, section, is_absent):
            yield Missing(node.path, node.label, section.path, words, bool(node.value))


def section_nodes(session: Session) -> list[Node]:
    """The pages that are asked at present, in order; loose questions come first."""
    root = session.root
    pages = [n for n in root.children if _is_section(n) and _shows_something(n)]
    loose = any(n.relevant and n.control for n in root.children if not _is_section(n))
    return [root, *pages] if loose else pages


def asked_in(session: Session, section: Node) -> Iterator[Node]:
    """The questions of a page that are asked at present."""
    whole = section == session.root
    waiting = [n for n in reversed(section.children) if not (whole and _is_section(n))]
    while waiting:
        node = waiting.pop()
        if not node.relevant:
            continue
        if node.kind is NodeKind.QUESTION and node.control and node.control != "note":
            yield node
        waiting.extend(reversed(node.children))


def _missing_in(session: Session, section: Node, is_absent: IsAbsent) -> Iterator[tuple[Node, str]]:
    for node in asked_in(session, section):
        words = what_is_missing(node, is_absent)
        if words is not None:
            yield node, words


def what_is_missing(node: Node, is_absent: IsAbsent) -> str | None:
    """Why a question stands between a draft and finishing; None if it does not."""
    violation = node.violation
    if words := what_does_not_fit(node):
        return words
    if violation == "constraint":
        return node.message or "This answer does not fit the question"
    if node.required and not node.value and not is_absent(node.path):
        return node.message or "Not answered yet"
    return None


def _is_section(node: Node) -> bool:
    return node.kind in {NodeKind.GROUP, NodeKind.REPEAT}


def _shows_something(node: Node) -> bool:
    """True if a page of this part would not be empty."""
    if not node.relevant:
        return False
    if node.kind is NodeKind.REPEAT or (node.kind is NodeKind.QUESTION and node.control):
        return True
    return any(_shows_something(child) for child in node.children)
