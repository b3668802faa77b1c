"""A record as it is handed to the GUI thread: read once in the vault lane, then immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.services.sight import Sight
from forms.records.change import Change
from forms.records.naming import Naming
from forms.records.protective import Protective
from forms.xforms import Definition


@dataclass(frozen=True, slots=True)
class NewerForm:
    """A newer version of a record's form. ``says``: what is different in it, in words.

    ``set_aside``: the questions, in words, that are answered in this record and not asked there.
    """

    version: str
    says: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """Everything that filling needs of a record, read in the vault lane.

    ``names`` puts people to authors; ``place`` is where the worker was; ``finalised`` records can
    be read and not written, nor can any while the laptop is ``read_only``. ``for_family`` and
    ``for_child``: what they see of it beside the worker; None if it is not for them. ``noted``: the
    paths with a private note; None where none can be written. ``news``: the changes that the worker
    has not seen. ``newer``: the form that it can go on in, if the council has published one since;
    ``went_on_from``: the version that it was on before somebody did, blank if nobody has.
    ``waits_for_hub``: it could not be finished as it was opened (`forms.casework.gates.hub_first`).
    ``arrived_from``: who wrote in it without having seen that it was finished.
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
    naming: tuple[Naming, ...] = ()
    about: str = ""
    place: str = ""
    finalised: bool = False
    arrived_from: tuple[str, ...] = ()
    read_only: bool = False
    for_family: Sight | None = None
    for_child: Sight | None = None
    noted: frozenset[str] | None = None
    news: frozenset[str] = frozenset()
    newer: NewerForm | None = None
    went_on_from: str = ""
    waits_for_hub: bool = False

    drafted: Mapping[str, str] = field(default_factory=dict)
    """The languages of the form whose words nobody has checked; what that language says of it."""

    words_changed: Mapping[str, str] = field(default_factory=dict)
    """What the pack says by language where its texts have changed; ``{day}`` is since when."""

    called_before: Mapping[str, str] = field(default_factory=dict)
    """The older words of questions by path in the form: people look for what they remember."""

    picks: frozenset[str] = frozenset()
    """The paths of the form at which people of the household are chosen."""

    @property
    def is_closed(self) -> bool:
        """True if it can be read and not written, for whichever reason."""
        return self.finalised or self.read_only
