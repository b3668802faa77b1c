"""A record as it is handed to the GUI thread: read once in the vault lane, then immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.sight import Sight
from forms.records.change import Change
from forms.records.protective import Protective
from forms.xforms import Definition


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """Everything that filling needs of a record, read in the vault lane.

    ``names`` puts people to authors; ``place`` is where the worker was; ``finalised`` records can
    be read and not written, nor can any while the laptop is ``read_only``. ``for_family`` and
    ``for_child``: what they see of it beside the worker; None if it is not for them. ``noted``: the
    paths with a private note; None where none can be written. ``news``: the changes that the worker
    has not seen. ``changed``: what the form has now that its version here has not, in words.
    """

    record: str
    family: str
    form: str
    version: str
    title: str
    definition: Definition
    changes: tuple[Change, ...]
    author: str
    device: str
    names: Mapping[str, str]
    protective: tuple[Protective, ...] = ()
    about: str = ""
    place: str = ""
    finalised: bool = False
    read_only: bool = False
    for_family: Sight | None = None
    for_child: Sight | None = None
    noted: frozenset[str] | None = None
    news: frozenset[str] = frozenset()
    changed: tuple[str, ...] = ()

    @property
    def is_closed(self) -> bool:
        """True if it can be read and not written, for whichever reason."""
        return self.finalised or self.read_only
