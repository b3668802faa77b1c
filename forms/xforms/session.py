"""A form being filled: answers in, and everything that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from random import Random
from uuid import uuid4

from forms.collecting import nothing_collected
from forms.xforms import answers as record
from forms.xforms.choices import choices_of, question_at
from forms.xforms.context import Context, Scope
from forms.xforms.definition import Definition
from forms.xforms.delta import Delta
from forms.xforms.errors import ExpressionError, NoSuchPath, RowsAreCounted
from forms.xforms.instance import Grower, InstanceNode, next_place
from forms.xforms.model_reader import FIRST_LOAD, LOAD
from forms.xforms.moments import Moment
from forms.xforms.node import Node
from forms.xforms.preloads import preloaded
from forms.xforms.quoting import from_answers, quoted
from forms.xforms.recalculation import Recalculation
from forms.xforms.schema import SchemaNode
from forms.xforms.tree import Document
from forms.xforms.tree import Node as TreeNode
from forms.xforms.undo import CountedRowEdit, History, MoveEdit, RowEdit, Standing, Step, standing


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _uuid() -> str:
    return str(uuid4())


class Session:
    """One record of a form, open to be filled.

    ``answers`` are those of the record (``answers()`` of an earlier session). With none the record
    is new: defaults, preloads and first-load actions are done, and the first save must hold all
    of ``answers()``. With any, only what they say is in it. Answers that the form has no place for
    are kept. ``preload`` are values that the form may ask of the program: ``username``,
    ``deviceid``. ``gap`` is for a form that is printed to be filled by hand: a line that stands in
    its words where they quote an answer. Not for use by several threads at once.

    Two methods over thirty: nothing else of a record under way is open to others.

    A new record of a form that cannot work out its own beginning is a FormError. After that no
    answer is refused: what a form cannot work out is blank, and named in ``problems``.
    """

    @nothing_collected()
    def __init__(
        self,
        definition: Definition,
        answers: Mapping[str, str] | None = None,
        *,
        clock: Callable[[], datetime] = _utc_now,
        zone: tzinfo = UTC,
        language: str | None = None,
        preload: Mapping[str, str] | None = None,
        new_id: Callable[[], str] = _uuid,
        random: Random | None = None,
        gap: str = "",
    ) -> None:
        self.definition = definition
        self._preload = preload or {}
        self._grower = Grower(new_id)
        self._history = History()
        document, self._root = self._begin(answers or {})
        self._scope = Scope(
            root=document,
            clock=clock,
            zone=zone,
            random=random or Random(),  # noqa: S311  # shuffles choices; keeps no secret
            new_id=new_id,
            instances=self._instances(document),
            texts=self,
            language=language or definition.default_language,
            gap=gap,
        )
        self._gaps = from_answers(definition.root) if gap else frozenset()
        self._load(is_new=not answers)

    # -- opening -----------------------------------------------------------------------------

    def _begin(self, answers: Mapping[str, str]) -> tuple[Document, InstanceNode]:
        self._unplaced: dict[str, str] = {}
        if not answers:
            return self._grower.root(self.definition.root, self.definition.blank)
        document, root = self._grower.root(self.definition.root, None)
        self._unplaced = record.place_answers(root, answers, self._grower)
        return document, root

    def _instances(self, document: Document) -> dict[str, TreeNode]:
        instances: dict[str, TreeNode] = dict(self.definition.lists)
        instances.setdefault(self.definition.id, document)
        return instances

    def _load(self, is_new: bool) -> None:
        if is_new:
            self._do_preloads()
        loading = Recalculation(self._scope, self._grower, None, strict=is_new)
        nodes = self._root.all_below()
        self._scope.begin(len(nodes))
        for node in nodes:
            loading.evaluate_all(node, is_new)
        loading.run()
        events = {FIRST_LOAD, LOAD, "xforms-ready"} if is_new else {LOAD}
        acting = Recalculation(self._scope, self._grower, Step(), strict=is_new)
        for action in self.definition.on_load:
            if action.events & events:
                acting.act(action, None)
                acting.run()

    def _do_preloads(self) -> None:
        for node in self._root.all_below():
            if node.schema.preload is not None:
                value = preloaded(*node.schema.preload, self._scope, self._preload)
                if value is not None:
                    node.text = value
                    node.said = True

    # -- looking -----------------------------------------------------------------------------

    @property
    def root(self) -> Node:
        """The whole form."""
        return self._view(self._root)

    def node(self, path: str) -> Node:
        """The node of a path, rows named by UUID; NoSuchPath."""
        element = record.locate(self._root, path)
        if element is not None:
            return self._view(element)
        parent, repeat = self._repeat(path)
        return Node(parent, self._scope, self.definition.translations, repeat)

    def at(self, reference: str) -> Node:
        """The node of a reference, rows numbered from 1; NoSuchPath."""
        node = self.root
        steps = reference.strip("/").split("/")
        if steps[0] != node.name:
            raise NoSuchPath("There is no such question in this form.")
        for step in steps[1:]:
            name, _, number = step.partition("[")
            found = next((child for child in node.children if child.name == name), None)
            if found is not None and number:
                rows = found.children
                index = int(number.rstrip("]")) - 1
                found = rows[index] if 0 <= index < len(rows) else None
            if found is None:
                raise NoSuchPath("There is no such question in this form.")
            node = found
        return node

    def answers(self) -> dict[str, str]:
        """Everything said, hidden or not, and the place of every row; no calculations."""
        return {**self._unplaced, **dict(record.said(self._root))}

    def answers_at(self, paths: Iterable[str]) -> dict[str, str]:
        """As ``answers``, of these paths only: quick, however long the form is."""
        unplaced = {path: self._unplaced[path] for path in paths if path in self._unplaced}
        return {**unplaced, **dict(record.said_at(self._root, paths))}

    def calculated(self) -> dict[str, str]:
        """What follows from the answers, where it is relevant."""
        return dict(record.calculated(self._root))

    @property
    def problems(self) -> dict[str, str]:
        """What the form could not work out, by question and column; for its author to mend."""
        return dict(self._scope.problems)

    @property
    def language(self) -> str:
        """The language that labels are in."""
        return self._scope.language

    @property
    def can_undo(self) -> bool:
        """True if there is a step to undo."""
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        """True if there is an undone step to do again."""
        return bool(self._history.undone)

    # -- saying ------------------------------------------------------------------------------

    def set(self, path: str, value: str) -> Delta:
        """Answer a question; NoSuchPath if it is not there. An answer is taken as it is given."""
        node = record.locate(self._root, path, aside=True)
        if node is None or not node.schema.is_leaf:
            raise NoSuchPath("There is no such question in this record.")
        step = Step()
        recalculation = self._recalculation(step)
        if node.text != value:
            recalculation.answer(node, value)
        return self._finish(recalculation, step)

    def add(self, repeat_path: str, row: str | None = None, place: str | None = None) -> Delta:
        """Add a row, at the end unless ``place`` says otherwise; NoSuchPath, FormTooLarge.

        ``row`` is its UUID, made here if it is not given. Where the form counts the rows, only a
        row that has a UUID is taken, as one that its count may ask for; else RowsAreCounted.
        """
        parent, repeat = self._repeat(repeat_path)
        if _is_counted(repeat) and row is None:
            raise RowsAreCounted("Change the answer that says how many there are.")
        blank = repeat.repeat.blank if repeat.repeat else None
        where = (place or next_place(parent, repeat)).removeprefix(record.ASIDE)
        made = self._grower.row(repeat, row, where, blank)
        step = Step()
        recalculation = self._recalculation(step)
        if _is_counted(repeat):
            self._stand(recalculation, step, made, parent, Standing.ASIDE)
        else:
            step.edits.append(RowEdit(parent, made, added=True))
            recalculation.add_row(parent, made)
        return self._finish(recalculation, step)

    def remove(self, row_path: str) -> Delta:
        """Remove a row; NoSuchPath. ``undo`` brings it back with everything in it.

        Where the form counts the rows, another takes its place if the count asks for it.
        """
        row, parent = self._row(row_path)
        step = Step()
        recalculation = self._recalculation(step)
        if _is_counted(row.schema):
            self._stand(recalculation, step, row, parent, Standing.NOWHERE)
        else:
            step.edits.append(RowEdit(parent, row, added=False))
            recalculation.remove_row(row)
        return self._finish(recalculation, step)

    def move(self, row_path: str, place: str) -> Delta:
        """Give a row another place; NoSuchPath. A row that stands aside stays there."""
        row, parent = self._row(row_path)
        step = Step()
        recalculation = self._recalculation(step)
        where = place.removeprefix(record.ASIDE)
        if where != row.place and standing(row, parent) is Standing.PRESENT:
            edit = MoveEdit(parent, row, row.place, where)
            step.edits.append(edit)
            edit.redo(recalculation)
        return self._finish(recalculation, step)

    def _stand(
        self,
        recalculation: Recalculation,
        step: Step,
        row: InstanceNode,
        parent: InstanceNode,
        after: Standing,
    ) -> None:
        """Have a counted row stand aside or nowhere, and the count look again."""
        before = standing(row, parent)
        step.edits.append(CountedRowEdit(parent, row, before, after))
        row.parent = parent
        recalculation.stand(row, parent, after)
        recalculation.evaluate_all(parent)

    def finish(self) -> Delta:
        """Note the time at which the record is finished, where the form asks for it.

        ODK XForms, preload ``timestamp end``.
        """
        step = Step()
        recalculation = self._recalculation(step)
        now = str(Moment(self._scope.now(), True))
        for node in self._root.all_below():
            if node.schema.preload == ("timestamp", "end"):
                recalculation.answer(node, now)
        return self._finish(recalculation, step)

    def set_language(self, language: str) -> Delta:
        """Show the form in another of its languages."""
        self._scope.language = language
        recalculation = self._recalculation(None)
        for node in self._root.all_below():
            if node.schema.calculate is not None and node.schema.speaks:
                recalculation.evaluate_all(node)
        changed = recalculation.run()
        everything = frozenset(node.path for node in self._root.all_below())
        return Delta(changed.changed | everything, changed.added, changed.removed)

    def undo(self) -> Delta:
        """Undo the last step; an empty delta if there is none."""
        if not self._history.done:
            return Delta()
        step = self._history.done.pop()
        recalculation = self._recalculation(None)
        for edit in reversed(step.edits):
            edit.undo(recalculation)
        self._history.undone.append(step)
        return recalculation.run()

    def redo(self) -> Delta:
        """Do the step last undone again; an empty delta if there is none."""
        if not self._history.undone:
            return Delta()
        step = self._history.undone.pop()
        recalculation = self._recalculation(None)
        for edit in step.edits:
            edit.redo(recalculation)
        self._history.done.append(step)
        return recalculation.run()

    def _recalculation(self, step: Step | None) -> Recalculation:
        return Recalculation(self._scope, self._grower, step)

    def _finish(self, recalculation: Recalculation, step: Step) -> Delta:
        delta = recalculation.run()
        self._history.add(step)
        return delta

    # -- texts, for expressions ----------------------------------------------------------------

    def itext(self, identifier: str, node: TreeNode) -> str:
        """The text of an id, in the language of the session."""
        home = node.schema.path if isinstance(node, InstanceNode) else ()
        context = Context(node, node, self._scope, self._scope.zone)
        with self._scope.quote():
            return self.definition.translations.text(identifier, "", home, context) or ""

    def choice_label(self, question: str, value: str, node: TreeNode) -> str:
        """The label of a choice of a question; blank if it has no such choice."""
        here = node if isinstance(node, InstanceNode) else self._root
        schema = self.definition.find(question, here.schema)
        if schema is None:
            raise ExpressionError("jr:choice-name() names a question that is not there", question)
        element = question_at(schema, here)
        if element is None:
            return ""
        context = Context(element, element, self._scope, self._scope.zone)
        with self._scope.quote():
            found = choices_of(element, context, self.definition.translations)
        return next((choice.label for choice in found if choice.name == value), "")

    def quoted(self, node: TreeNode) -> str | None:
        """A value as the words that quote it say it; None for an answer where there is a gap."""
        if not isinstance(node, InstanceNode):
            return node.string()
        return None if node.schema in self._gaps else quoted(node, self._scope)

    # -- finding -----------------------------------------------------------------------------

    def _view(self, element: InstanceNode) -> Node:
        return Node(element, self._scope, self.definition.translations)

    def _row(self, path: str) -> tuple[InstanceNode, InstanceNode]:
        row = record.locate(self._root, path, aside=True)
        if row is None or not row.row or not isinstance(row.parent, InstanceNode):
            raise NoSuchPath("There is no such row in this record.")
        return row, row.parent

    def _repeat(self, path: str) -> tuple[InstanceNode, SchemaNode]:
        parent_path, _, name = path.rpartition("/")
        parent = record.locate(self._root, parent_path)
        child = parent.schema.shown.get(name) if parent is not None else None
        if parent is not None and child is not None and child.repeat is not None:
            return parent, child
        raise NoSuchPath("There is no such question in this record.")


def _is_counted(repeat: SchemaNode) -> bool:
    return repeat.repeat is not None and repeat.repeat.count is not None
