"""What is wrong on a page of a form: said once on the way on, and nobody is held by it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.services.filling import Filling
from desktop.ui.look.error_summary import ErrorSummary, Mistake
from desktop.ui.pages.page import Page
from desktop.ui.pages.section_view import SectionView
from desktop.ui.words import tr


class FormMistakes:
    """Tells what is wrong (not: missing) in the section shown, in its summary and in its name."""

    def __init__(
        self, page: Page, filling: Filling, section: SectionView, summary: ErrorSummary
    ) -> None:
        self._page, self._filling = page, filling
        self._section, self._summary = section, summary
        self._told = False

    def tell_once(self) -> bool:
        """Say what is wrong, unless it has been said; True if there was something to say."""
        mistakes = [] if self._told else list(self._found())
        if mistakes:
            self._told = True
            self._page.rename(tr("Error: {page}", page=self._filling.opened.title))
            self._summary.show_mistakes(mistakes)
        return bool(mistakes)

    def clear(self) -> None:
        """Other questions are on the page: nothing has been said of them."""
        self._told = False
        self._summary.show_mistakes([])
        self._page.rename(self._filling.opened.title)

    def _found(self) -> Iterator[Mistake]:
        for block in self._section.blocks():
            block.judge(self._filling.session.node(block.path))
            if block.words_of_trouble():
                yield Mistake(block.path, block.words_of_trouble())
