"""The two menus above a form: its sections, and the languages that it is written in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.filling import Filling
from desktop.ui.pages.form_header import FormHeader
from desktop.ui.pages.form_language import language_name
from desktop.ui.pages.section_list import section_words
from desktop.ui.pages.section_view import SectionView


class FormMenus(QObject):
    """Opens under a button of the header what may be chosen there, and says what was."""

    section_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, filling: Filling, section: SectionView, header: FormHeader) -> None:
        super().__init__(header)
        self._filling, self._section, self._header = filling, section, header
        header.sections_asked.connect(self._offer_sections)
        header.language_asked.connect(self._offer_languages)

    def _offer_sections(self) -> None:
        self._header.offer(
            self._header.sections,
            [
                (f"{s.title} – {section_words(s)}", s.path == self._section.path, s.path)
                for s in self._filling.outline.sections_so_far()
            ],
            self.section_chosen.emit,
        )

    def _offer_languages(self) -> None:
        spoken = self._filling.session.language
        self._header.offer(
            self._header.language,
            [
                (language_name(one), one == spoken, one)
                for one in self._filling.opened.definition.languages
            ],
            self.language_chosen.emit,
        )
