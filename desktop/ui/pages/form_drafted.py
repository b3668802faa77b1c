"""Says, while a form is read in a language, that nobody has checked its words in it.

Such words are never the only basis of an agreement, a notice or a safety text: the notice leads to
the question for the interpreter's name, where the form has one.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.filling import Filling
from desktop.ui.look.buttons import secondary
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.pages.form_language import direction_of, language_name
from desktop.ui.words import tr
from forms.xforms import Node, NodeKind

_LANGUAGE, _INTERPRETER = "_language", "_interpreter"


class DraftedNotice(Notice):
    """For the worker; hidden while the words are the council's own, or somebody has checked them.

    ``name_asked``: the question in which language it was, which asks for the interpreter;
    ``own_asked``: the form's own language, whose words count.
    """

    name_asked = Signal(str)
    own_asked = Signal(str)

    def __init__(self, filling: Filling, parent: QWidget | None = None) -> None:
        self._filling, self._drafted = filling, filling.opened.drafted
        own = filling.opened.definition.default_language
        self.name_interpreter = secondary(tr("Name the interpreter"))
        shows = tr("Show it in {language}", language=language_name(own))
        self.show_own = secondary(shows)
        actions = (self.name_interpreter, self.show_own)
        super().__init__(Kind.CAUTION, "", parent, actions=actions)
        self.name_interpreter.clicked.connect(lambda: self.name_asked.emit(self._asked()))
        self.show_own.clicked.connect(lambda: self.own_asked.emit(own))
        self.show_now()

    def show_now(self) -> None:
        """Say what is true of the language that the form is in now."""
        language = self._filling.session.language
        self.setVisible(language in self._drafted)
        if language not in self._drafted:
            return
        is_asked = bool(self._asked())
        self.name_interpreter.setVisible(is_asked)
        title = tr("Nobody has checked these words in {language}", language=language_name(language))
        words = tr(
            "They are a draft: the English counts. What a family agrees to, is told or does to "
            "stay safe never rests on these words alone."
        )
        then = (
            tr("Say in this form which language it was, and who interpreted, by name.")
            if is_asked
            else tr("Use an interpreter, and write down who it was.")
        )
        self.say(f"{words} {then}", title)

    def _asked(self) -> str:
        """The path of the first question for the language whose interpreter is asked by name."""
        nodes = self._filling.session.root.walk()
        return next((n.path for n in nodes if _asks_for_interpreter(n)), "")


class DraftedForFamily(Notice):
    """For a family that reads along: in their own language, as the council says it on paper."""

    def __init__(self, filling: Filling, parent: QWidget | None = None) -> None:
        self._filling, self._drafted = filling, filling.opened.drafted
        super().__init__(Kind.CAUTION, "", parent)
        self.show_now()

    def show_now(self) -> None:
        """Say what is true of the language that the form is in now."""
        language = self._filling.session.language
        english = tr("Nobody has checked these words yet. The English counts.")
        own = self._drafted.get(language, "")
        self.say("" if own == english else english, own or english)
        self.setLayoutDirection(direction_of(language))
        self.setVisible(language in self._drafted)


def _asks_for_interpreter(node: Node) -> bool:
    if node.kind is not NodeKind.QUESTION or not node.name.endswith(_LANGUAGE):
        return False
    beside = node.name.removesuffix(_LANGUAGE) + _INTERPRETER
    around = node.parent.children if node.parent is not None else ()
    return node.relevant and any(other.name == beside for other in around)
