"""Says that the council's texts read otherwise now than when this record was finished.

A signature belongs to the words that it was put under: whoever agrees to the new ones signs again,
and the earlier ones can be read here, by the worker and by the family.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from desktop.services.filling import Filling
from desktop.ui.look.buttons import secondary
from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.pages.form_language import direction_of
from desktop.ui.questions.answer_words import date_words
from desktop.ui.words import breakable, listed, tr
from forms.xforms import Node, Session


class WordsChanged(Notice):
    """Hidden while the record says what it was finished with. ``sees``: what may be read here."""

    def __init__(
        self,
        filling: Filling,
        zone: tzinfo | None,
        parent: QWidget | None = None,
        *,
        sees: Callable[[str], bool] | None = None,
    ) -> None:
        self._filling, self._zone = filling, zone
        self._says = filling.opened.words_changed
        self._earlier = filling.earlier_words(sees)
        self.show_them = secondary(tr("Show the earlier words"))
        super().__init__(Kind.CAUTION, "", parent, actions=(self.show_them,))
        self.lines: list[Body] = []
        self.show_them.clicked.connect(self._show)
        self.show_now()
        self.setVisible(bool(self._earlier))

    def show_now(self) -> None:
        """Say it in the language that the form is in now."""
        if not self._earlier:
            return
        session = self._filling.session
        language = session.language
        title = tr("These words have changed since they were signed or agreed")
        english = tr(
            "They changed after {day}. What was signed or agreed by then is about the earlier "
            "words. Whoever agrees to the new words signs again.",
            day=date_words(self._day()),
        )
        translated = self._says.get(language, "").replace("{day}", self._day())
        is_own = language == session.definition.default_language
        self.say(english, title if is_own or not translated else translated)
        self.setLayoutDirection(direction_of(language))

    def _day(self) -> str:
        return self._earlier[-1].at.astimezone(self._zone).date().isoformat()

    def _show(self) -> None:
        self.show_them.hide()
        for one in self._earlier:
            day = date_words(one.at.astimezone(self._zone).date().isoformat())
            self._add(tr("The words of {day}:", day=day), bold=True)
            for words in one.words:
                self._add(words)
            if signed := _in_words(self._filling.session, one.signed):
                self._add(tr("Signed on these words, and not since: {what}.", what=listed(signed)))

    def _add(self, words: str, *, bold: bool = False) -> None:
        line = Body(breakable(words), self, bold=bold)
        self.lines.append(line)
        self.above_actions.addWidget(line)


def _in_words(session: Session, paths: frozenset[str]) -> list[str]:
    nodes = (node for node in session.root.walk() if node.path in paths)
    return [f"“{node.label}”{_row_of(node)}" for node in nodes]


def _row_of(node: Node) -> str:
    """Which row it is in, by number; blank outside of rows."""
    around = node.parent
    while around is not None and not around.row:
        around = around.parent
    return f" ({around.number})" if around is not None else ""
