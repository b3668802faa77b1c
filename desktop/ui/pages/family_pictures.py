"""The family tree, who helps, and how far the family has come, each with its words and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import FamilyPictures
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.family_tree import (
    HelpersPicture,
    TreePicture,
    helpers_in_words,
    tree_in_words,
)
from desktop.ui.pages.page import ColumnPage, put
from desktop.ui.pages.travelled import TravelledPicture, travelled_in_words
from desktop.ui.words import tr


class FamilyPicturesPage(ColumnPage):
    """Three pictures. Whoever does not see them reads the same below each."""

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Our family in pictures"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_pictures(self, pictures: FamilyPictures) -> None:
        """Show the pictures as the records stand now."""
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        rows.addWidget(Heading(tr("Family tree"), 2))
        tree = TreePicture(pictures.tree) if pictures.tree.places else None
        rows.addWidget(_card(tree, tree_in_words(pictures.tree), tr("Nobody is written down yet.")))
        rows.addWidget(Heading(tr("Who helps"), 2))
        helpers = HelpersPicture(pictures.helpers) if pictures.helpers else None
        words = helpers_in_words(pictures.helpers)
        rows.addWidget(_card(helpers, words, tr("Nobody who helps is written down yet.")))
        rows.addWidget(Heading(tr("How far we have come"), 2))
        travelled = TravelledPicture(pictures.domains) if pictures.domains else None
        said = (travelled_in_words(line, self._moments) for line in pictures.domains)
        rows.addWidget(_card(travelled, said, tr("There are no scores yet.")))
        put(whole, self._place)


def _card(picture: QWidget | None, words: Iterable[str], otherwise: str) -> Card:
    card = Card()
    if picture is None:
        card.body.addWidget(Body(otherwise))
        return card
    card.body.addWidget(picture)
    for line in words:
        card.body.addWidget(Body(line))
    return card
