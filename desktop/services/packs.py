"""The council's packs on this device: the newest for what is begun, the old ones for what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.pack import Pack

from forms.records.protective import Protective
from forms.xforms import Definition, FormError, load_definition


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

    def definition(
        self, form: str, version: str, files: Mapping[str, bytes] | None = None
    ) -> Definition:
        """The compiled form of a record. Errors: FormMissing, FormError (it does not compile)."""
        for pack in (self.newest, *self.earlier):
            if pack.has_form(form, version):
                return load_definition(pack.form(form, version), files or {})
        raise FormMissing

    def protective(self, form: str) -> tuple[Protective, ...]:
        """The protective questions of a form."""
        return tuple(p for p in self.newest.protective if p.form == form)


__all__ = ["FormError", "FormMissing", "Packs"]
