"""The printing of one worker's families: which papers there are, and which are still owed.

Runs in the vault lane, but for what a desk lays out (`desktop.services.print_desk`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop.services.blank_desk import BlankDesk
from desktop.services.figure_views import Dashboard
from desktop.services.paper_parts import PaperParts
from desktop.services.papers.figures import dashboard_paper
from desktop.services.papers.products import PLAN, Product
from desktop.services.papers.spares import blank_form, service_card
from desktop.services.print_desk import PaperDesk
from desktop.services.print_views import OwedLine, PaperGroup, PaperLine
from forms.casework.directory import Service
from forms.casework.people import read_date

_GROUPS = ("keep", "copies", "meeting", "send", "ending", "pictures")


class Paper(PaperParts):
    """The printing of one worker's families."""

    def shelf(self, family: str) -> tuple[PaperGroup, ...]:
        """Every paper that can be made for a family, by purpose."""
        made = list(self.products(self.known.of_family(family)))
        return tuple(
            PaperGroup(group, lines)
            for group in _GROUPS
            if (lines := tuple(_lines(product for product in made if product.group == group)))
        )

    def blank_forms(self) -> tuple[PaperLine, ...]:
        """Every form of the council, to be filled by hand."""
        return tuple(PaperLine(form.id, form.title) for form in self.packs.newest.forms)

    def plan_desk(self, family: str) -> PaperDesk:
        """The desk where this family's plan is printed."""
        return self.desk(family, PLAN)

    def desk(self, family: str, product: str) -> PaperDesk:
        """The desk where one paper of a family is printed."""
        return PaperDesk(self, family, product)

    def blank_desk(self, form: str) -> BlankDesk:
        """The desk where a form is printed with nothing in it."""
        return BlankDesk(self.vault, self.clock, blank_form(self.packs, form), self.setter)

    def service_desk(self, service: Service) -> BlankDesk:
        """The desk where the card of a service is printed."""
        return BlankDesk(self.vault, self.clock, service_card(self.packs, service), self.setter)

    def figures_desk(self, shown: Dashboard) -> BlankDesk:
        """The desk where the figures of a quarter are printed."""
        return BlankDesk(self.vault, self.clock, dashboard_paper(self.packs, shown), self.setter)

    def owed(self, family: str = "") -> list[OwedLine]:
        """The copies that somebody waits for, the first due first; of one family or of all."""
        found = [
            line
            for row in self.vault.families()
            if family in ("", *row.ids)
            for line in self._owed(row.id)
        ]
        return sorted(found, key=lambda line: (line.due or date.max, line.family_name, line.copy))

    def settle(self, owed: OwedLine) -> None:
        """Write down that a copy is not owed any more."""
        self.copies.change(owed.family, owed.copy, {"became": "dropped"})

    def _owed(self, family: str) -> Iterable[OwedLine]:
        today = self.today()
        for copy in self.copies.owed(family):
            due = read_date(copy.said("due"))
            yield OwedLine(
                family=family,
                copy=copy.id,
                family_name=self.known.name_of(family),
                paper=copy.said("paper"),
                paper_key=copy.said("paper_key"),
                reader=copy.said("reader"),
                reader_key=copy.said("reader_key"),
                manner=copy.said("manner"),
                reaches=copy.said("reaches"),
                due=due,
                late=due is not None and due < today,
            )


def _lines(made: Iterable[Product]) -> Iterable[PaperLine]:
    for product in made:
        yield PaperLine(product.key, product.title, product.about, product.is_draft)
