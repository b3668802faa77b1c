"""Answers as a record keeps them, into an instance and out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.records.answer_path import is_row, row_id, rows_of
from forms.xforms.instance import Grower, InstanceNode, insert_row


def locate(root: InstanceNode, path: str) -> InstanceNode | None:
    """The node of a path, rows named by UUID; None if the form or the record has none."""
    steps = path.split("/")
    if not path.startswith("/") or steps[1] != root.shown_name:
        return None
    node = root
    for step in steps[2:]:
        name, bracket, rest = step.partition("[")
        child = node.schema.shown.get(name)
        if child is None or (child.repeat is not None) != bool(bracket):
            return None
        found = node.rows(child)
        if bracket:
            found = [row for row in found if row.row == rest[:-1]]
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
    for path in sorted(rows, key=lambda one: (one.count("["), rows[one], one)):
        if not _place_row(root, path, rows[path], grower) and path in answers:
            unplaced[path] = answers[path]
    for path, value in answers.items():
        if is_row(path):
            continue
        node = locate(root, path)
        if node is None or not node.schema.is_leaf:
            unplaced[path] = value
        else:
            node.text = value
            node.said = True
    return unplaced


def _place_row(root: InstanceNode, path: str, place: str, grower: Grower) -> bool:
    parent_path, _, name = path[: path.rfind("[")].rpartition("/")
    parent = locate(root, parent_path)
    if parent is None:
        return False
    child = parent.schema.shown.get(name)
    if child is None or child.repeat is None:
        return False
    insert_row(parent, grower.row(child, row_id(path), place, None))
    return True


def said(root: InstanceNode) -> Iterator[tuple[str, str]]:
    """Everything that was said, hidden or not, with the places of rows."""
    for node in _with_parked(root):
        if node.row:
            yield node.path, node.place
        if node.schema.is_leaf and (node.said or node.text) and _is_said(node):
            yield node.path, node.text


def calculated(root: InstanceNode) -> Iterator[tuple[str, str]]:
    """The values that follow from the answers, where they are relevant."""
    for node in root.all_below():
        if node.schema.is_leaf and node.relevant and not _is_said(node):
            yield node.path, node.text


def _is_said(node: InstanceNode) -> bool:
    return node.said or not node.schema.is_calculated


def _with_parked(root: InstanceNode) -> Iterator[InstanceNode]:
    for node in root.all_below():
        yield node
        for rows in (node.parked or {}).values():
            for row in rows:
                yield from _with_parked(row)
