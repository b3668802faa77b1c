"""Work that reached the council and is not shown until somebody has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.words import counted, tr
from sync.contract.messages import HeldWork, ShowHeld


@dataclass(frozen=True, slots=True)
class HeldBoard:
    """Nothing of what the work says is here."""

    moments: Moments

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("Work that waits to be shown")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr(
            "Nothing here is lost. It came from somebody who no longer had the family, or it "
            "waits for a form. Ring its author before you show it in the family's records."
        )

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """The longest waiting first."""
        return tuple(self._matter(one) for one in wire.held().held)

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Show what is held of a record."""
        shown = wire.show_held(matter, ShowHeld(reason=said["why"]))
        return counted(shown.changes, "{n} change is shown now.", "{n} changes are shown now.")

    def _matter(self, one: HeldWork) -> Matter:
        show = Deed("show", tr("Show it"), (Question("why", tr("Why")),), tr("Show it now"))
        size = counted(one.changes, "{n} change by {name}", "{n} changes by {name}", **_by(one))
        since = tr("Since {when}", when=self.moments.when(one.since))
        deeds = (show,) if one.can_be_shown else ()
        title = one.number or tr("A family that is not known yet")
        return Matter(one.record, title, (size, one.words), (since,), deeds)


def _by(one: HeldWork) -> dict[str, object]:
    return {"name": one.author.name}
