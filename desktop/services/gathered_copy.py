"""One reader's copy of a paper, read out of the vault: what its pages and its foot are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.printing.document import Foot
from desktop.printing.story import Story
from desktop.services.papers.manners import foot_words
from desktop.services.papers.products import Product
from desktop.services.papers.reading import Reading, people_of, reading_name
from forms.casework.known_record import KnownRecord
from forms.casework.reader import Reader, Told
from forms.casework.redaction import redacted
from forms.casework.relevance import hidden_paths
from forms.records.heads import Heads
from forms.xforms import Definition


class NothingForReader(Exception):
    """The rules leave nothing of this paper for its reader."""

    title = "There is nothing in this paper for that person"
    message = "By the council's rules they may have none of it. Nothing was printed."


@dataclass(frozen=True, slots=True, repr=False)
class GatheredCopy:
    """One reader's copy, read out of the vault. Immutable: it may go to another lane."""

    recipient: str
    size: str
    manner: str
    product: Product
    reader: Reader
    told: Told
    definitions: Mapping[str, Definition]
    attachments: Mapping[str, bytes]
    now: datetime
    zone: str
    number: str

    def reading(self) -> Reading:
        """What the pages are made of: worked out again from what is left for the reader."""

        def hide(record: KnownRecord, heads: Heads) -> frozenset[str]:
            definition = self.definitions[record.id]
            return hidden_paths(definition, heads, lambda: self.now, ZoneInfo(self.zone))

        copy = redacted(self.told, self.reader, hide)
        return Reading(
            self.reader,
            copy,
            people_of(copy.records),
            self.definitions,
            self.attachments,
            self.told.pack,
            self.now,
            self.zone,
            reading_name(copy.records),
        )

    def story(self) -> Story:
        """The paper. Error: NothingForReader."""
        made = self.product.story(self.reading(), self.manner)
        if made is None:
            raise NothingForReader
        return made

    def foot(self, story: Story) -> Foot:
        """What every page of it says of itself."""
        at_home = self.reader.is_of_the_home
        about = reading_name(self.told.records) if at_home else story.title
        words = foot_words(self.told.pack, self.manner)
        return Foot(about, self.number, version_of(story), self.now, words)


def version_of(story: Story) -> str:
    """Eight letters that differ if anything on the paper differs, and only then."""
    return hashlib.sha256(repr(story).encode("utf-8", "surrogatepass")).hexdigest()[:8]
