"""Level 4 and urgent: whom to telephone, shown without a network, one click from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.views import Contact
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import CLOSE, HAIR, WIDE
from desktop.ui.look.type_scale import Size
from desktop.ui.pages.page import ColumnPage, button_row
from desktop.ui.words import tr


class UrgentPage(ColumnPage):
    """Telephone first. Nothing here is about a family, and nothing here sends anything.

    ``call_made``: somebody has been telephoned, and that is to be written down.
    """

    call_made = Signal()

    def __init__(self, contacts: Sequence[Contact], parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Level 4 and urgent"), tr("Level 4 and urgent: telephone first"), parent
        )
        self.content.addWidget(
            Notice(
                Kind.PROBLEM,
                tr("Ring 999 now. Do not write first, and do not wait for a signal to sync."),
                title=tr("A child or anyone else is in danger now"),
            )
        )
        self.content.addWidget(
            Body(
                tr(
                    "A request that waits on this laptop has told nobody. If a child may be at "
                    "risk of significant harm, telephone, say that it is urgent, and write it "
                    "down afterwards."
                )
            )
        )
        urgent = [contact for contact in contacts if contact.urgent]
        others = [contact for contact in contacts if not contact.urgent]
        self._add(tr("Ring now"), urgent)
        self._add(tr("Ask for advice"), others)
        if contacts:
            done = secondary(tr("I have telephoned: write it down"), icon_name="pencil")
            done.setObjectName("call-made")
            done.clicked.connect(self.call_made)
            self.content.addLayout(button_row(done))
        else:
            self.content.addWidget(
                Body(tr("Your council's own numbers are here when Your Family is unlocked."))
            )

    def _add(self, heading: str, contacts: Sequence[Contact]) -> None:
        if not contacts:
            return
        self.content.addWidget(Heading(heading, 2))
        for contact in contacts:
            self.content.addWidget(_contact_card(contact))


def _contact_card(contact: Contact) -> Card:
    card = Card()
    card.body.setContentsMargins(WIDE, CLOSE, WIDE, CLOSE)
    across, who = QHBoxLayout(), QVBoxLayout()
    across.setSpacing(WIDE)
    who.setSpacing(HAIR)
    who.addWidget(Body(contact.name, bold=True))
    if contact.when:
        who.addWidget(Quiet(contact.when))
    number = Body(contact.number, size=Size.SECOND, bold=True)
    number.setWordWrap(False)
    number.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    number.setAccessibleName(
        tr("{number}, telephone of {name}", number=contact.number, name=contact.name)
    )
    across.addLayout(who, 1)
    across.addWidget(number)
    card.body.addLayout(across)
    return card
