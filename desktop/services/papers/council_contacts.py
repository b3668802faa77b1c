"""Whom the council's pack says to ring, for a paper."""

from __future__ import annotations

from desktop.printing.contacts import ContactLine
from forms.pack import Pack


def council_contacts(pack: Pack) -> tuple[ContactLine, ...]:
    """In the order of the pack."""
    return tuple(ContactLine(c.name, c.number, c.when, c.urgent, c.key) for c in pack.contacts)
