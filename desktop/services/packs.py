"""The council's packs on this device: the newest for what is begun, the old ones for what was."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.pack import Pack

from forms.records.protective import Protective
from forms.xforms import Definition, load_definition


class FormMissing(Exception):
    """A record was begun on a form that this device does not have."""

    title = "This form is not on this laptop yet"
    message = (
        "The record was written on a version of the form that has not arrived here. "
        "Nothing is lost. Sync with the council, then open it again."
    )


@dataclass(slots=True)
class Packs:
    """Every pack that this device keeps; ``newest`` is in force."""

    newest: Pack
    earlier: tuple[Pack, ...] = ()
    _definitions: dict[tuple[str, str], Definition] = field(default_factory=dict)

    def definition(self, form: str, version: str) -> Definition:
        """The form that a record was begun on. Errors: FormMissing, FormError (it is faulty)."""
        known = self._definitions.get((form, version))
        if known is None:
            known = self._load(form, version)
            self._definitions[form, version] = known
        return known

    def title(self, form: str) -> str:
        """What the council calls a form; its id if no pack here knows it."""
        for pack in (self.newest, *self.earlier):
            for about in pack.forms:
                if about.id == form:
                    return about.title
        return form

    def protective(self, form: str) -> tuple[Protective, ...]:
        """The protective questions of a form."""
        return tuple(p for p in self.newest.protective if p.form == form)

    def _load(self, form: str, version: str) -> Definition:
        for pack in (self.newest, *self.earlier):
            for about in pack.forms:
                if about.id == form and version in (about.version, *about.versions):
                    return load_definition(pack.form(form, version), pack.lists)
        raise FormMissing
