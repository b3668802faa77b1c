"""Answers as a record keeps them, into an instance and out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from forms.records.answer_path import is_row, row_id, row_of, rows_of
from forms.xforms.instance import Grower, InstanceNode, insert_row, park

ASIDE = "-"
"""Before the place of a row that is kept aside, since its repeat's count has no room for it."""


def locate(root: InstanceNode, path: str, *, aside: bool = False) -> InstanceNode | None:
    """The node of a path, rows named by UUID; None if the form or the record has none.

    ``aside``: look among the rows that are kept aside too.
    """
    steps = path.split("/")
    if not path.startswith("/") or steps[1] != root.shown_name:
        return None
    return _below(root, steps[2:], aside)


def _below(node: InstanceNode, steps: list[str], aside: bool = False) -> InstanceNode | None:
    for step in steps:
        name, bracket, rest = step.partition("[")
        child = node.schema.shown.get(name)
        if child is None or (child.repeat is not None) != bool(bracket):
            return None
        found = node.rows(child)
        if bracket:
            kept = (node.parked or {}).get(child.name, []) if aside else []
            found = [row for row in [*found, *kept] if row.row == rest[:-1]]
        if not found:
            return None
        node = found[0]
    return node


def place_answers(root: InstanceNode, answers: Mapping[str, str], grower: Grower) -> dict[str, str]:
    """Put answers into an instance that has none; those that fit nowhere come back."""
    unplaced: dict[str, str] = {}
    rows = {path: place for path, place in answers.items() if is_row(path)}
    for path in answers:
        for row in rows_of(path):
            rows.setdefault(row, "0")
    placed: dict[str, InstanceNode] = {}
    for path in sorted(rows, key=lambda one: (one.count("["), rows[one], one)):
        made = _place_row(root, path, rows[path], grower, placed)
        if made is not None:
            placed[path] = made
        elif path in answers:
            unplaced[path] = answers[path]
    for path, value in answers.items():
        if is_row(path):
            continue
        node = _find(root, path, placed)
        if node is None or not node.schema.is_leaf:
            unplaced[path] = value
        else:
            node.text = value
            node.said = True
    return unplaced


def _find(root: InstanceNode, path: str, placed: Mapping[str, InstanceNode]) -> InstanceNode | None:
    """As ``locate``, in rows that are kept aside too."""
    row = row_of(path)
    if row is None:
        return locate(root, path)
    around = placed.get(row)
    inside = path[len(row) :].strip("/")
    return None if around is None else _below(around, inside.split("/") if inside else [])


def _place_row(
    root: InstanceNode,
    path: str,
    place: str,
    grower: Grower,
    placed: Mapping[str, InstanceNode],
) -> InstanceNode | None:
    parent_path, _, name = path[: path.rfind("[")].rpartition("/")
    parent = placed.get(parent_path) or _find(root, parent_path, placed)
    child = parent.schema.shown.get(name) if parent is not None else None
    if parent is None or child is None or child.repeat is None:
        return None
    row = grower.row(child, row_id(path), place.removeprefix(ASIDE), None)
    if place.startswith(ASIDE):
        row.parent = parent
        park(parent, row)
    else:
        insert_row(parent, row)
    return row


def said(root: InstanceNode) -> Iterator[tuple[str, str]]:
    """Everything that was said, hidden or not, with the places of rows."""
    for node, is_aside in _with_parked(root, False):
        if node.row:
            yield node.path, f"{ASIDE}{node.place}" if is_aside else node.place
        if node.schema.is_leaf and (node.said or node.text) and _is_said(node):
            yield node.path, node.text


def said_at(root: InstanceNode, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """As ``said``, of these paths only."""
    for path in paths:
        node = locate(root, path)
        is_aside = node is None
        if node is None:
            node = locate(root, path, aside=True)
        if node is None:
            continue
        if node.row and is_row(path) and (not is_aside or _says_anything(node)):
            yield path, f"{ASIDE}{node.place}" if is_aside else node.place
        if node.schema.is_leaf and (node.said or node.text) and _is_said(node):
            yield path, node.text


def calculated(root: InstanceNode) -> Iterator[tuple[str, str]]:
    """The values that follow from the answers, where they are relevant."""
    for node in root.all_below():
        if node.schema.is_leaf and node.relevant and not _is_said(node):
            yield node.path, node.text


def _is_said(node: InstanceNode) -> bool:
    return node.said or not node.schema.is_calculated


def _with_parked(root: InstanceNode, is_aside: bool) -> Iterator[tuple[InstanceNode, bool]]:
    """Every node, and whether it is itself a row kept aside."""
    for node in root.all_below():
        yield node, is_aside and node is root
        for rows in (node.parked or {}).values():
            for row in rows:
                if _says_anything(row):
                    yield from _with_parked(row, True)


def _says_anything(row: InstanceNode) -> bool:
    """True if somebody said something in it: an empty row aside is not worth keeping."""
    return any(node.said and node.text for node, _ in _with_parked(row, True) if node is not row)
