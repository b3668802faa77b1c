"""Any form blank, for a dead laptop: nothing of any family is on it (domain.md 8.2, product 6)."""

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
from desktop.services.packs import Packs
from desktop.services.pages_made import picture, write_whole
from desktop.services.paper_sizes import SIZES, size_choices
from desktop.services.papers.form_copies import blank_copy, form_manners
from desktop.services.views import (
    Choice,
    CopyFate,
    CopyTold,
    GatheredPrint,
    PagePicture,
    PreparedPrint,
    PrintOffer,
    SafetyNotice,
)
from desktop.vault import Event, Vault
from forms.xforms import Definition

_SPARE = Choice("blank", "Nobody yet", "a spare, to be filled by hand")


@dataclass(frozen=True, slots=True, repr=False)
class GatheredBlank:
    """A form and in which language it is printed."""

    recipient: str
    size: str
    manner: str
    story: Story
    foot: Foot


@dataclass(slots=True)
class BlankDesk:
    """One form with nothing in it: `desktop.services.views.PrintDesk`."""

    vault: Vault
    packs: Packs
    clock: Clock
    form: str
    setter: ScriptSetter | None = None
    _made: dict[int, Printed] = field(default_factory=dict)

    def offer(self) -> PrintOffer:
        """In which sizes and languages. There is nobody's secret on it, so paper is safe."""
        about = self.packs.newest.about(self.form)
        definition = self._definition()
        manners = form_manners(self.packs.newest, self.form, definition)
        others = [name for name in definition.languages if name != definition.default_language]
        return PrintOffer(
            f"blank:{self.form}",
            about.title,
            (_SPARE,),
            size_choices(),
            SafetyNotice(True, "There is nothing of any family on a blank form."),
            manners=(
                *(Choice(key, words) for key, words in manners.items()),
                *(Choice(name, f"{name} alone") for name in others),
            ),
        )

    def gather(self, recipient: str, size: str, manner: str) -> GatheredBlank:
        """The form, in a language that it speaks."""
        about = self.packs.newest.about(self.form)
        foot = Foot(f"{about.title}. A blank form.", "", about.version, self.clock.now())
        story = blank_copy(self.packs.newest, self.form, self._definition(), manner)
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
            file_name=f"blank-{self.form}.pdf".replace("_", "-"),
            manner=blank.manner,
        )
        self._made[id(prepared)] = made
        return prepared

    def requested(self, prepared: PreparedPrint, printer: str) -> str:  # noqa: ARG002
        """Note that a blank form is printed; it has no number, because it tells nobody anything."""
        self.vault.note(Event("blank form printed", detail=self.form, count=prepared.pages))
        return ""

    def became(self, copy: str, fate: CopyFate, told: CopyTold) -> None:
        """Nothing: a blank form is no disclosure."""

    def owe(self, recipient: str, size: str, manner: str, reaches: str, due: date) -> None:
        """Nothing: nobody is owed a blank form."""

    def save_copy(self, prepared: PreparedPrint, path: str) -> None:
        """Write the form to a file. Error: CopyNotSaved."""
        self.vault.note(Event("blank form saved", detail=self.form))
        write_whole(Path(path), self._made[id(prepared)].pdf)

    def _definition(self) -> Definition:
        return self.packs.definition(self.form, self.packs.newest.about(self.form).version)


def _blank(gathered: GatheredPrint) -> GatheredBlank:
    if not isinstance(gathered, GatheredBlank):
        raise TypeError("pages of another desk")
    return gathered
