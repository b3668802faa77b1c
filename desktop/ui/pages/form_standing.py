"""How a form stands: its sections with what each still wants, and what the buttons lead to."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from desktop.services.filling import Filling
from desktop.ui.look.buttons import Button
from desktop.ui.pages.form_header import FormHeader
from desktop.ui.pages.section_list import SectionList
from desktop.ui.pages.section_view import SectionView
from desktop.ui.turns import Turns
from desktop.ui.words import tr

RECKON_MS = 150

TURNS = 12
"""How many turns of reckoning are taken at a time: about ten milliseconds."""


class FormStanding(QObject):
    """Keeps the section list, the heading and the buttons of a form's page up to date.

    ``buttons``: the way forward, and the way back.
    """

    def __init__(
        self,
        filling: Filling,
        section: SectionView,
        sections: SectionList,
        header: FormHeader,
        buttons: tuple[Button, Button],
    ) -> None:
        super().__init__(section)
        self._filling, self._section, self._sections = filling, section, sections
        self._header, (self._forward, self._backward) = header, buttons
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(RECKON_MS)
        self._soon.timeout.connect(self.reckon)
        self._reckoning = Turns(self)

    def reckon(self) -> None:
        """Count what is missing, a little at a time, and show it."""
        self._reckoning.begin(self._reckon_by_turns())

    def reckon_soon(self) -> None:
        """Something was said: count once nothing more is for a moment."""
        self._soon.start()

    def show(self) -> None:
        """Show what is known so far."""
        sections = self._filling.outline.sections_so_far()
        shown = self._section.path
        self._sections.show_sections(sections, shown)
        for section in sections:
            if section.path == shown:
                self._section.entitle(section.title)
        is_last = bool(sections) and sections[-1].path == shown and self._section.is_at_end
        self._forward.say(tr("Check answers") if is_last else tr("Continue"))
        is_first = not sections or (sections[0].path == shown and self._section.is_at_start)
        self._backward.setVisible(not is_first)
        within = tr("Previous question")
        self._backward.say(tr("Previous section") if self._section.is_at_start else within)
        self._header.show_steps(self._filling)
        self._header.unanswered.setEnabled(any(s.missing or not s.is_known for s in sections))

    def _reckon_by_turns(self) -> Iterator[None]:
        """Count a little, then let the window answer; show the counts once they are whole."""
        yield
        for number, _ in enumerate(self._filling.outline.reckon(), 1):
            if number % TURNS == 0:
                yield
        self.show()
