"""Whom to ring, on every paper that says so: the name, the number, and when somebody answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.printing.paper_words import PaperWords
from desktop.printing.story import Bullets, Run


@dataclass(frozen=True)
class ContactLine:
    """Somebody to call: `urgent` ones stand out. `key`: by which the council's pack names it."""

    name: str
    number: str
    when: str = ""
    urgent: bool = False
    key: str = ""

    def named(self, words: PaperWords) -> str:
        """Who answers; a proper name is in no language."""
        return dict(words.council.names).get(self.key, self.name)

    def hours(self, words: PaperWords) -> str:
        """When somebody answers, as a line of its own; blank where nothing is said of that."""
        said = dict(words.council.hours).get(self.key, self.when)
        return said[:1].upper() + said[1:]


def contact_list(contacts: Iterable[ContactLine], words: PaperWords) -> Bullets:
    """Each with its number in bold, and below it when somebody answers."""
    return Bullets(
        tuple(
            (
                Run(f"{contact.named(words)}: "),
                Run(contact.number, bold=True, together=True),
                Run(f"\n{hours}" if (hours := contact.hours(words)) else ""),
            )
            for contact in contacts
        )
    )


def urgent_first(contacts: Iterable[ContactLine]) -> list[ContactLine]:
    """In the order of the council, but the urgent ones before the others."""
    return sorted(contacts, key=lambda contact: not contact.urgent)
