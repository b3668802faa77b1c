"""Before a family or a child sees a form: what they will see, and whether it is safe to talk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.services.views import SafetyNotice
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.moments import Moments
from desktop.ui.pages.page import ColumnPage, button_row
from desktop.ui.words import tr


class HandOverPage(ColumnPage):
    """``begin_asked``: show it to them. ``stopped``: not now."""

    begin_asked = Signal()
    stopped = Signal()

    def __init__(
        self,
        parts: Sequence[str],
        talk: SafetyNotice | None,
        moments: Moments,
        *,
        for_child: bool = False,
    ) -> None:
        heading = tr("Hand it to the child") if for_child else tr("Show it to the family")
        super().__init__(heading)
        is_safe = talk is not None and talk.safe
        if not is_safe:
            self.content.addWidget(_caution(talk))
        if talk is not None and talk.checked is not None:
            when = moments.when(talk.checked)
            self.content.addWidget(Quiet(tr("Last checked with the council {when}.", when=when)))
        self.content.addWidget(_what_they_see(parts, for_child=for_child))
        self.content.addWidget(
            Body(
                tr(
                    "You take it back with Worker, at the top, and your PIN or passphrase. "
                    "F9 hides everything. F8 sets a mark for you and shows nothing."
                )
            )
        )
        words = tr("Begin") if is_safe else tr("Everybody here may see it: begin")
        self.begin = primary(words) if is_safe else secondary(words)
        self.later = secondary(tr("Not now"))
        self.begin.clicked.connect(self.begin_asked)
        self.later.clicked.connect(self.stopped)
        self.content.addLayout(button_row(self.begin, self.later))


def _caution(talk: SafetyNotice | None) -> Notice:
    if talk is None:
        words = tr("Nobody has asked yet whether it is safe to talk here. Ask first.")
        return Notice(Kind.CAUTION, words)
    return Notice(Kind.CAUTION, talk.what_to_do, title=talk.words)


def _what_they_see(parts: Sequence[str], *, for_child: bool) -> Card:
    card = Card()
    words = tr("What the child will see") if for_child else tr("What they will see")
    card.body.addWidget(Heading(words, 2))
    for part in parts:
        card.body.addWidget(Body(part))
    card.body.addWidget(Quiet(tr("Nothing else of this laptop, and no other family.")))
    return card
