"""Printing what tells nothing of any family: a blank form for a dead laptop, a service card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from desktop.printing.document import Foot, Printed, Watch, first_page, print_story
from desktop.printing.scripts import ScriptSetter
from desktop.printing.story import Story
from desktop.services.clock import Clock
from desktop.services.pages_made import picture, write_whole
from desktop.services.paper_sizes import SIZES, size_choices
from desktop.services.papers.spares import Spare
from desktop.services.print_views import (
    Choice,
    CopyFate,
    CopyTold,
    GatheredPrint,
    PagePicture,
    PreparedPrint,
    PrintOffer,
)
from desktop.services.views import SafetyNotice
from desktop.vault import Event, Vault

_NOBODY = "blank"


@dataclass(frozen=True, slots=True, repr=False)
class GatheredBlank:
    """A paper and in which manner it is printed."""

    recipient: str
    size: str
    manner: str
    story: Story
    foot: Foot


@dataclass(slots=True)
class BlankDesk:
    """One paper with nothing of a family on it: `desktop.services.print_views.PrintDesk`."""

    vault: Vault
    clock: Clock
    spare: Spare
    setter: ScriptSetter | None = None
    _made: dict[int, Printed] = field(default_factory=dict)

    def offer(self) -> PrintOffer:
        """In which sizes and languages. There is nobody's secret on it, so paper is safe."""
        spare = self.spare
        return PrintOffer(
            spare.key,
            spare.title,
            (Choice(_NOBODY, spare.whose, spare.hint),),
            size_choices(),
            SafetyNotice(True, "There is nothing of any family on it."),
            left_out={_NOBODY: spare.care} if spare.care else {},
            manners=tuple(Choice(key, words) for key, words in spare.manners.items()),
        )

    def gather(self, recipient: str, size: str, manner: str) -> GatheredBlank:
        """The paper in a manner that it has."""
        spare = self.spare
        story, words = spare.story(manner), spare.foot_words(manner)
        foot = Foot(story.title, "", spare.version, self.clock.now(), words, spare.is_form)
        return GatheredBlank(recipient, size, manner, story, foot)

    def first_page(self, gathered: GatheredPrint, width: int) -> PagePicture:
        """The first page, before the others are laid out."""
        blank = _blank(gathered)
        made = first_page(blank.story, SIZES[blank.size][0], blank.foot, setter=self.setter)
        return picture(made.pdf, 0, width)

    def typeset(
        self,
        gathered: GatheredPrint,
        moved: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> PreparedPrint:
        """The pages. Error: Stopped."""
        blank = _blank(gathered)
        made = print_story(
            blank.story,
            SIZES[blank.size][0],
            blank.foot,
            setter=self.setter,
            watch=Watch(moved, stopped),
        )
        prepared = PreparedPrint(
            blank.recipient,
            blank.size,
            made.texts,
            partial(picture, made.pdf),
            file_name=self.spare.file_name,
            manner=blank.manner,
            boxes=made.boxes,
        )
        self._made[id(prepared)] = made
        return prepared

    def requested(self, prepared: PreparedPrint, printer: str) -> str:  # noqa: ARG002
        """Note that it is printed; it has no number, because it tells nobody anything."""
        self.vault.note(Event("spare printed", detail=self.spare.key, count=prepared.pages))
        return ""

    def became(self, copy: str, fate: CopyFate, told: CopyTold) -> None:
        """Nothing: it is no disclosure."""

    def owe(self, recipient: str, size: str, manner: str, reaches: str, due: date) -> None:
        """Nothing: nobody is owed one."""

    def save_copy(self, prepared: PreparedPrint, path: str) -> None:
        """Write it to a file. Error: CopyNotSaved."""
        self.vault.note(Event("spare saved", detail=self.spare.key))
        write_whole(Path(path), self._made[id(prepared)].pdf)


def _blank(gathered: GatheredPrint) -> GatheredBlank:
    if not isinstance(gathered, GatheredBlank):
        raise TypeError("pages of another desk")
    return gathered
