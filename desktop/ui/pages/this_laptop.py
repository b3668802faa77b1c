"""This laptop: what is on it, and what the council may do with it. Counts, never names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.this_laptop import LaptopView, Recovery
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.page import ColumnPage, button_row, emptied, put
from desktop.ui.pages.sync_words import waiting_in_words
from desktop.ui.words import breakable, counted, listed, tr


class ThisLaptopPage(ColumnPage):
    """Tells. ``keys_asked``: the worker wants another passphrase or PIN.

    ``stale``: a visit has begun or ended, and `show_laptop` is wanted again.
    """

    keys_asked = Signal()
    stale = Signal()

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("This laptop"), parent=parent)
        self._moments = moments
        self._notices, self._place = QVBoxLayout(), QVBoxLayout()
        self.content.addLayout(self._notices)
        self.content.addLayout(self._place)

    def say_changed(self) -> None:
        """Say that passphrase or PIN are others now."""
        emptied(self._notices)
        words = tr("What you have chosen counts from now on, on this laptop.")
        self._notices.addWidget(Notice(Kind.DONE, words, title=tr("It is changed")))

    def show_laptop(self, laptop: LaptopView) -> None:
        """Say how it stands now."""
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        for recovery in laptop.recoveries:
            rows.addWidget(self._recovered(recovery))
        rows.addWidget(_card(tr("What is on it"), self._held(laptop)))
        rows.addWidget(self._kept_safe(laptop.on_visit))
        if laptop.council:
            title = tr("What {council} may do with it", council=breakable(laptop.council))
            rows.addWidget(_card(title, _may_be_done(laptop)))
        rows.addWidget(_card(tr("Versions"), _versions(laptop)))
        put(whole, self._place)

    def _held(self, laptop: LaptopView) -> list[str]:
        families = counted(laptop.families, "{n} family", "{n} families")
        records = counted(laptop.records, "{n} form", "{n} forms")
        pictures = counted(
            laptop.attachments, "{n} picture or signature", "{n} pictures and signatures"
        )
        when = self._moments.when(laptop.last_checked) if laptop.last_checked else tr("never")
        lines = [tr("{what}.", what=listed([families, records, pictures]))]
        if laptop.council:
            lines.append(
                tr(
                    "They are of your own caseload. The council lets this laptop hold {most}.",
                    most=counted(laptop.most_families, "{n} family", "{n} families"),
                )
            )
            lines.append(waiting_in_words(laptop.waiting))
            lines.append(tr("Last checked with the council: {when}.", when=when))
        lines.append(tr("Used by {worker}.", worker=breakable(laptop.worker)))
        if laptop.device:
            lines.append(tr("Its name at the council: {name}.", name=breakable(laptop.device)))
        return lines

    def _kept_safe(self, on_visit: bool) -> Card:
        if on_visit:
            later = tr("Your passphrase and PIN can be changed when the visit has ended.")
            return _card(tr("What keeps it safe"), [*_kept_safe(), later])
        card = _card(tr("What keeps it safe"), _kept_safe())
        change = secondary(tr("Change passphrase or PIN"))
        change.clicked.connect(self.keys_asked)
        card.body.addLayout(button_row(change))
        return card

    def _recovered(self, recovery: Recovery) -> Notice:
        words = tr(
            "{who} did it on {when}, for this reason: {reason}",
            who=breakable(listed(list(recovery.by))) or tr("The council"),
            when=self._moments.when(recovery.at),
            reason=breakable(recovery.reason),
        )
        title = tr("This laptop was opened with the council's recovery key")
        return Notice(Kind.INFO, words, title=title)


def _card(title: str, lines: list[str]) -> Card:
    card = Card()
    card.body.addWidget(Heading(title, 2))
    for line in lines:
        card.body.addWidget(Body(line))
    return card


def _kept_safe() -> list[str]:
    return [
        tr("Everything is encrypted. Your passphrase opens it, or the council's recovery key."),
        tr("What you open, change, print, export and search for is written down: never the words."),
        tr("It cannot protect what somebody reads over your shoulder, or a printed page."),
    ]


def _may_be_done(laptop: LaptopView) -> list[str]:
    return [
        tr("Lock it. It opens again when the council says so; nothing is lost."),
        tr("Wipe it, if two people order it. What you had not sent is sealed for them first."),
        tr("Take a family off it whose work has ended or who is with somebody else now."),
        tr("Open it with its recovery key, if two of three people agree. You are told each time."),
        tr("Read the list of what was opened, changed and printed on it, and by whom."),
        tr(
            "Without contact it warns you after {warn} days, can only be read after {read} days, "
            "and covers the families after {cover} days, until you sync.",
            warn=laptop.warn_days,
            read=laptop.read_only_days,
            cover=laptop.cover_days,
        ),
        tr(
            "After {days} days without contact it removes families whose work has ended, and only "
            "what the council has in full.",
            days=laptop.purge_days,
        ),
        tr("It cannot see your screen or your passphrase."),
    ]


def _versions(laptop: LaptopView) -> list[str]:
    return [
        tr("Your Family {version}", version=laptop.program),
        tr("Forms {version}", version=breakable(laptop.forms)),
        tr("Vault {version}", version=laptop.vault),
    ]
