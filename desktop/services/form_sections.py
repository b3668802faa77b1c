"""The pages of a form, and what is still missing on each: read off a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.xforms import Node, NodeKind, Session

IsAbsent = Callable[[str], bool]
"""Whether somebody has said why there is no answer at a path."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form. ``missing`` counts what must be answered to finish it."""

    path: str
    title: str
    missing: int
    answered: int

    @property
    def is_finished(self) -> bool:
        """True if nothing is missing and something was said."""
        return not self.missing and self.answered > 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that stands between a draft and finishing, and why."""

    path: str
    label: str
    section: str
    words: str


def sections(session: Session, title: str, is_absent: IsAbsent) -> list[Section]:
    """The pages that are asked at present, in order; loose questions come first, as ``title``."""
    return [_section(node, session, title, is_absent) for node in _section_nodes(session)]


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


def missing(session: Session, is_absent: IsAbsent) -> list[Missing]:
    """What must be answered, or put right, before the record can be finished."""
    return [
        Missing(node.path, node.label, section.path, words)
        for section in _section_nodes(session)
        for node, words in _missing_in(session, section, is_absent)
    ]


def _section_nodes(session: Session) -> list[Node]:
    root = session.root
    pages = [n for n in root.children if _is_section(n) and _shows_something(n)]
    loose = any(n.relevant and n.control for n in root.children if not _is_section(n))
    return [root, *pages] if loose else pages


def _section(node: Node, session: Session, title: str, is_absent: IsAbsent) -> Section:
    asked = list(_asked(session, node))
    answered = sum(1 for n in asked if n.value or is_absent(n.path))
    count = sum(1 for _ in _missing_in(session, node, is_absent))
    return Section(node.path, title if node == session.root else node.label, count, answered)


def _asked(session: Session, section: Node) -> Iterator[Node]:
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
    for node in _asked(session, section):
        if node.violation == "constraint":
            yield node, node.message
        elif node.required and not node.value and not is_absent(node.path):
            yield node, node.message or "Not answered yet"


def _is_section(node: Node) -> bool:
    return node.kind in {NodeKind.GROUP, NodeKind.REPEAT}


def _shows_something(node: Node) -> bool:
    """True if a page of this part would not be empty."""
    if not node.relevant:
        return False
    if node.kind is NodeKind.REPEAT or (node.kind is NodeKind.QUESTION and node.control):
        return True
    return any(_shows_something(child) for child in node.children)
