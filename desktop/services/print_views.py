"""What the print pages show, and what they ask of the services: views as in `views`, for paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol

from desktop.services.views import SafetyNotice


@dataclass(frozen=True, slots=True, repr=False)
class Choice:
    """One thing to choose: ``key`` for the program, ``words`` and ``hint`` for people."""

    key: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PaperLine:
    """One paper that can be made. ``about`` names whom it is about, if it is about one person."""

    key: str
    title: str
    about: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class PaperGroup:
    """Papers for one purpose: ``key`` is ``keep``, ``copies``, ``meeting``, ``send`` ..."""

    key: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PrintOffer:
    """What can be printed and for whom. If ``paper`` is not safe nothing is prepared at all.

    ``left_out`` says, per recipient's key, what that copy leaves out, in words that name nobody;
    ``refused`` why nothing is printed for a recipient; ``liftable`` for whom a manager may decide
    otherwise. ``manners`` are ways to say it: ordinary,
    easy read, beside another language. ``usual`` is a recipient's own size.
    """

    product: str
    title: str
    recipients: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    paper: SafetyNotice
    left_out: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    liftable: frozenset[str] = frozenset()
    manners: tuple[Choice, ...] = ()
    usual: dict[str, str] = field(default_factory=dict)


class PagePicture(Protocol):
    """One page: rows of ``stride`` bytes, four bytes a pixel: blue, green, red, unused."""

    @property
    def width(self) -> int:
        """Pixels across."""

    @property
    def height(self) -> int:
        """Pixels down."""

    @property
    def stride(self) -> int:
        """Bytes of one row."""

    @property
    def pixels(self) -> bytes:
        """All rows."""


class GatheredPrint(Protocol):
    """Everything that some pages are made of, read out of the vault and not yet laid out."""

    @property
    def recipient(self) -> str:
        """For whom, by key."""

    @property
    def size(self) -> str:
        """How large, by key."""

    @property
    def manner(self) -> str:
        """In which manner, by key."""


@dataclass(frozen=True, slots=True, repr=False)
class PreparedPrint:
    """Pages ready to be looked at and printed, held in memory only.

    ``text`` is what each page says, in reading order, for people who do not see the picture.
    ``picture(page, width)`` renders a page, from 0, that many pixels wide; slow, so it is called in
    the paper lane only. ``file_name`` is what a saved copy is called, and names nobody. ``check``
    are the sentences that the worker confirms before anything leaves: whose home, for whom, and
    who is named who does not live there. ``boxes`` are the letters that this laptop has no typeface
    for: they are empty boxes on the pages, and whole in what is read aloud.
    """

    recipient: str
    size: str
    text: tuple[str, ...]
    picture: Callable[[int, int], PagePicture]
    file_name: str = "family-plan.pdf"
    draft: bool = False
    manner: str = ""
    check: tuple[str, ...] = ()
    boxes: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.text)


class CopyFate(Enum):
    """What became of a printed copy, by the worker's own word. Only GIVEN is a disclosure."""

    GIVEN = "given"
    DESTROYED = "destroyed"
    LEFT_IN_PRINTER = "left in the printer"
    NOTHING_CAME = "nothing came out"


@dataclass(frozen=True, slots=True, repr=False)
class CopyTold:
    """What the worker says of a copy that was given: to whom, how and why."""

    whom: str = ""
    how: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class OwedLine:
    """A copy that somebody still waits for, and how it will reach them."""

    family: str
    copy: str
    family_name: str
    paper: str
    paper_key: str
    reader: str
    reader_key: str
    manner: str
    reaches: str
    due: date | None = None
    late: bool = False


class PrintDesk(Protocol):
    """What the print page asks of the services, for one paper; in the vault lane unless said."""

    def offer(self) -> PrintOffer:
        """For whom and in which sizes, and whether paper is safe at this moment."""

    def gather(self, recipient: str, size: str, manner: str) -> GatheredPrint:
        """What this recipient's pages are made of; refuses if paper is not safe any more."""

    def first_page(self, gathered: GatheredPrint, width: int) -> PagePicture:
        """The first page, before the others are laid out; in the paper lane."""

    def typeset(
        self,
        gathered: GatheredPrint,
        moved: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> PreparedPrint:
        """The pages; ``moved`` hears how many are laid out. In the paper lane."""

    def requested(self, prepared: PreparedPrint, printer: str) -> str:
        """Record that a copy is about to be printed, before the job starts; its number."""

    def became(self, copy: str, fate: CopyFate, told: CopyTold) -> None:
        """Record what the worker says became of a copy."""

    def owe(self, recipient: str, size: str, manner: str, reaches: str, due: date) -> None:
        """Record that a recipient is owed this copy, how it reaches them safely, and by when."""

    def save_copy(self, prepared: PreparedPrint, path: str) -> None:
        """Record that a copy leaves the vault, then write it to ``path``."""
