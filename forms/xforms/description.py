"""What a node of a session is: the part of it that answers do not change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from forms.xforms.context import Scope
from forms.xforms.definition import control_name
from forms.xforms.instance import InstanceNode
from forms.xforms.phrases import Translations
from forms.xforms.schema import SchemaNode


class NodeKind(StrEnum):
    """What a node is. A repeat holds rows; a value has no question."""

    ROOT = "root"
    GROUP = "group"
    REPEAT = "repeat"
    ROW = "row"
    QUESTION = "question"
    VALUE = "value"


class Description:
    """What a node is. ``element`` is the node of the instance; for a repeat, the one around it."""

    def __init__(
        self,
        element: InstanceNode,
        scope: Scope,
        translations: Translations,
        repeat: SchemaNode | None = None,
    ) -> None:
        self._element = element
        self._scope = scope
        self._translations = translations
        self._repeat = repeat
        self._schema = repeat or element.schema

    @property
    def kind(self) -> NodeKind:
        """What the node is."""
        if self._repeat is not None:
            return NodeKind.REPEAT
        if self._element.row:
            return NodeKind.ROW
        if self._schema.parent is None:
            return NodeKind.ROOT
        if not self._schema.is_leaf:
            return NodeKind.GROUP
        return NodeKind.VALUE if self._schema.control is None else NodeKind.QUESTION

    @property
    def name(self) -> str:
        """Its name in the form."""
        return self._schema.reference.rpartition("/")[2]

    @property
    def schema_path(self) -> str:
        """Its path in the definition, without rows."""
        return self._schema.reference

    @property
    def row(self) -> str:
        """The UUID of the row that it is; blank for anything else."""
        return "" if self._repeat is not None else self._element.row

    @property
    def place(self) -> str:
        """The place of the row that it is, as answers keep it; blank for anything else."""
        return "" if self._repeat is not None else self._element.place

    @property
    def control(self) -> str:
        """``input select1 select rank range trigger upload note``, or blank."""
        return control_name(self._schema)

    @property
    def type(self) -> str:
        """The type of its value: ``string int decimal date time dateTime boolean binary`` ..."""
        return self._schema.type

    @property
    def appearance(self) -> str:
        """How the form would like it to look."""
        return self._schema.appearance

    @property
    def media_type(self) -> str:
        """What an upload takes: ``image/*``."""
        return self._schema.control.media_type if self._schema.control else ""

    @property
    def parameters(self) -> Mapping[str, str]:
        """Other attributes of the question: ``start end step`` of a range, ``rows`` ..."""
        return self._schema.control.parameters if self._schema.control else {}

    @property
    def bind_attributes(self) -> Mapping[str, str]:
        """Attributes of the bind that the engine itself has no use for."""
        return self._schema.bind_attributes

    @property
    def is_calculated(self) -> bool:
        """True if the value follows from others."""
        return self._schema.calculate is not None

    @property
    def count_is_fixed(self) -> bool:
        """True for a repeat whose rows are not for the worker to add or remove."""
        repeat = self._schema.repeat
        return repeat is not None and repeat.fixed

    @property
    def _is_leaf(self) -> bool:
        return self._repeat is None and self._schema.is_leaf
