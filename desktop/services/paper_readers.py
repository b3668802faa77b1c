"""Who a paper may be for, in words: as the print page offers them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.services.paper_parts import NoSuchPaper
from desktop.services.papers.products import Product
from desktop.services.print_views import Choice
from forms.casework.reader import HOME, HUB, Reader, Told
from forms.casework.readers import hub, readers


class ReaderRefused(Exception):
    """Nothing is printed for this reader."""

    title = "Nothing is printed for that person"

    def __init__(self, message: str) -> None:
        super().__init__(self.title)
        self.message = message


def readers_of(told: Told, product: Product) -> Sequence[Reader]:
    """To whom this paper may be offered, those who are refused with them."""
    return [reader for reader in (*readers(told), hub()) if product.is_for(reader)]


def reader_of(told: Told, product: Product, key: str) -> Reader:
    """The reader of that key. Errors: ReaderRefused, NoSuchPaper where it is nobody."""
    for reader in readers_of(told, product):
        if reader.key == key:
            if reader.refused:
                raise ReaderRefused(reader.refused)
            return reader
    raise NoSuchPaper


def reader_name(reader: Reader) -> str:
    """As the print page and the list of copies name them."""
    return {HOME: "The whole family", HUB: "The council's hub"}.get(reader.kind, reader.name)


def reader_choice(reader: Reader) -> Choice:
    """To choose on the print page."""
    hints = {
        HOME: "one copy for the home",
        "partner": "partner, lives here",
        "ex_partner": "former partner, lives somewhere else",
        "other_parent": "parent who lives somewhere else",
        "elsewhere": "lives somewhere else",
        "professional": "works with the family",
        "professional_more": "works with the family",
        HUB: "with a request for support",
    }
    return Choice(reader.key, reader_name(reader) or "No name yet", hints.get(reader.kind, ""))


def what_is_left_out(reader: Reader, told: Told) -> str:
    """What the rules keep from such a reader, in the council's words; it names nobody."""
    rules = told.pack.tables.get("recipients", ())
    return next(
        (row["why"] for row in rules if row["reader"] == reader.kind and row["form"] == "*"),
        "It holds only what each grown-up who lives here may have.",
    )
