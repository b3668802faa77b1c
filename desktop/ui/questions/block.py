"""A question on the page: its words, what stands at it, where one answers, and its quiet menu."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.open_change import Said, Standing
from desktop.ui.look.buttons import icon_button
from desktop.ui.look.form_picture import StillPicture
from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import CLOSE, HAIR, TIGHT
from desktop.ui.look.type_scale import Size
from desktop.ui.questions.absence import Absence
from desktop.ui.questions.block_menu import BlockMenu
from desktop.ui.questions.conflict import Conflict, said_words
from desktop.ui.questions.field import Field
from desktop.ui.questions.finding import field_for, type_of
from desktop.ui.questions.history import History
from desktop.ui.questions.loosening import Loosening
from desktop.ui.questions.new_person import NewPerson
from desktop.ui.questions.telling import Telling
from desktop.ui.questions.trouble_line import TroubleLine
from desktop.ui.words import tr
from forms.casework.told_before import is_carried
from forms.records.answer import Absent
from forms.records.answer_path import schema_path
from forms.xforms import Node

_NOT_TRANSLATED = "-"  # what pyxform puts where a form has no words in a language
_READ_ONLY = {"note", "calculation", "unknown"}


class Block(QWidget):
    """One question. It speaks through ``wishes`` and shows what stands at its path."""

    def __init__(self, node: Node, telling: Telling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = node.path
        self.kind = type_of(node)
        self._telling, self._wishes = telling, telling.wishes
        self._absent: Absent | None = None
        self._trouble_asked = False
        self._conflict: Conflict | None = None
        self._conflict_of: tuple[Said, ...] = ()
        self._loosening: Loosening | None = None
        self._lacking: Loosening | None = None
        self._for_worker = Body(tr("The worker can change this answer with you."), self)
        self._for_worker.hide()
        self._history: History | None = None
        self.label = FormText("", self, size=Size.LEAD, bold=self.kind != "note")
        self.hint = FormText("", self, size=Size.SMALL, quiet=True)
        self.picture: StillPicture | None = None
        self.guidance = FormText("", self, size=Size.SMALL, quiet=True)
        self.guidance.hide()
        self.carried = FormText("", self, size=Size.SMALL, quiet=True)
        self.carried.hide()
        self.more = icon_button("more", tr("More"), self)
        self.more.setVisible(self.kind not in _READ_ONLY and not telling.beside)
        self.field = self._field_for(node)
        if telling.beside:
            self.field.keep_to_page()
        self._absence: Absence | None = None
        self._trouble: TroubleLine | None = None
        self._lay_out()
        self._new_person = self._somebody_else()
        self.field.answered.connect(self._wishes.answered)
        self.more.clicked.connect(self._open_menu)

    @property
    def question(self) -> str:
        """The words of the question, without markup."""
        return self.label.words

    @property
    def is_answerable(self) -> bool:
        """True if somebody can answer it here."""
        return self.kind not in _READ_ONLY

    def show_node(self, node: Node, changed: Collection[str] | None) -> None:
        """Show the question as it is now, unless it is not among what changed."""
        if changed is None or self.path in changed:
            self._present(node, self._telling.standing(self.path))

    def _present(self, node: Node, standing: Standing) -> None:
        says_optional = self.is_answerable and not node.required and not self._telling.beside
        optional = " " + tr("(optional)") if says_optional else ""
        words = node.label or ("" if self.kind == "note" else tr("Question without words"))
        if words + optional != self.label.shown:
            self.label.say(words + optional)
            self.label.setVisible(bool(words))
        hint = "" if node.hint == _NOT_TRANSLATED else node.hint
        self.hint.say(hint)
        self.hint.setVisible(bool(hint))
        guidance = "" if node.guidance == _NOT_TRANSLATED or self._telling.beside else node.guidance
        self.guidance.say(guidance)
        self.guidance.setVisible(bool(guidance))
        self._show_picture(node.label_image)
        self.field.present(node)
        if self._telling.locked:
            self.field.setEnabled(False)
        self.more.say(tr("More"), self.question)
        says_whence = is_carried(standing.answer) and not self._telling.beside
        self.carried.say(standing.answer.reason if says_whence else "")
        self.carried.setVisible(says_whence)
        self._show_absence(standing)
        self._show_lacking(standing)
        self._show_conflict(node, standing)
        self._show_history(node)
        self._judge(node)

    def _show_picture(self, told: str) -> None:
        if told and self.picture is None:
            self.picture = StillPicture(self)
            self._words.addWidget(self.picture)
        if self.picture is not None:
            self.picture.say(told, tr("Picture: {question}", question=self.question))

    def judge(self, node: Node, *, missing: bool = False) -> None:
        """Say beside the question what is wrong with the answer; with ``missing``, also if none."""
        self._trouble_asked = True
        self._judge(node, missing=missing)

    def words_of_trouble(self) -> str:
        """What is said beside the question to be put right, or nothing."""
        return "" if self._trouble is None else self._trouble.words

    def ask_reason(self, value: str) -> None:
        """Ask who agreed to a looser answer, before it is one; never a family or a child."""
        self.stop_asking_reason()
        if self._telling.beside and not self._telling.at_the_table:
            self._leave_to_worker()
            return
        asking = Loosening(self.question, self)
        asking.agreed.connect(
            lambda reason: self._wishes.answered_because.emit(self.path, value, reason)
        )
        asking.stopped.connect(lambda: self._wishes.left_as_it_was.emit(self.path))
        self._loosening = asking
        self._column.addWidget(asking)
        asking.show()
        asking.reason.setFocus()

    def _leave_to_worker(self) -> None:
        """The answer stays as it was: nobody beside the worker is asked, or can say, why not."""
        self._wishes.left_as_it_was.emit(self.path)
        self._for_worker.show()

    def stop_asking_reason(self) -> None:
        """The answer is given, or is as it was."""
        self._for_worker.hide()
        asking, self._loosening = self._loosening, None
        if asking is not None:
            if asking.isAncestorOf(self.focusWidget() or self):
                self.take_focus()
            _discard(asking)

    def take_focus(self) -> None:
        """Put the focus where answering begins."""
        if self._absence is not None:
            self._absence.answer.setFocus()
        else:
            self.field.take_focus()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        if self._conflict is not None:
            yield from self._conflict.notice.buttons
        yield from self.field.controls()
        if self._new_person is not None:
            yield from self._new_person.stops()
        if self._absence is not None:
            yield from self._absence.stops()
        if self._loosening is not None:
            yield from self._loosening.stops()
        if self._lacking is not None:
            yield from self._lacking.stops()
        if not self._telling.beside:
            yield self.more
        if self._history is not None:
            yield self._history.close_it

    def _field_for(self, node: Node) -> Field:
        return field_for(node, self._telling.around, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(CLOSE)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(self.label)
        words.addWidget(self.hint)
        words.addWidget(self.guidance)
        self._words = words
        words.addWidget(self.carried)
        top.addLayout(words, 1)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        self._column.addLayout(top)
        self._column.addWidget(self.field)
        self._column.addWidget(self._for_worker)
        if self.field.label_is_the_name:
            self.label.setBuddy(self.field.controls()[0])

    def _somebody_else(self) -> NewPerson | None:
        """The way to somebody new, where people of the household are chosen by the worker."""
        telling = self._telling
        if telling.beside or telling.locked or schema_path(self.path) not in telling.picks:
            return None
        asking = NewPerson(self.question, self)
        asking.said.connect(
            lambda name, role: self._wishes.person_added.emit(self.path, name, role)
        )
        self._column.addWidget(asking)
        return asking

    def _show_absence(self, standing: Standing) -> None:
        self._absent = standing.answer.absent
        self.field.setVisible(self._absent is None and self.kind != "note")
        if self._absent is None:
            _discard(self._absence)
            self._absence = None
            return
        if self._absence is None:
            self._absence = Absence(self, with_reason=not self._telling.beside)
            self._absence.reasoned.connect(self._reasoned)
            self._absence.ended.connect(self._clear)
            self._absence.setEnabled(not self._telling.locked)
            self._column.addWidget(self._absence)
            self._absence.show()
            self._telling.wishes.rearranged.emit()
        self._absence.present(self._absent, standing.answer.reason, self.question)

    def _show_lacking(self, standing: Standing) -> None:
        """What was said is saved, and asks beside it why somebody is named no more."""
        is_shown = standing.lacks_reason and not self._telling.beside and not self._telling.locked
        if is_shown and self._lacking is None:
            asking = self._lacking = Loosening(self.question, self)
            asking.agreed.connect(self._explained)
            asking.stopped.connect(lambda: self._wishes.kept_careful.emit(self.path))
            self._column.addWidget(asking)
            asking.show()
            self._wishes.rearranged.emit()
        elif not is_shown and self._lacking is not None:
            asking, self._lacking = self._lacking, None
            if asking.isAncestorOf(self.focusWidget() or self):
                self.take_focus()
            _discard(asking)

    def _explained(self, reason: str) -> None:
        if self._absent is not None:
            self._wishes.said_absent.emit(self.path, self._absent.value, reason)
        else:
            self._wishes.answered_because.emit(self.path, self.field.value(), reason)

    def _show_conflict(self, node: Node, standing: Standing) -> None:
        said = standing.said if self._telling.clash(self.path) is not None else ()
        if said == self._conflict_of:
            return
        _discard(self._conflict)
        self._conflict = None
        self._conflict_of = said
        if said:
            self._conflict = Conflict(node, standing, self._telling.moments(said), self)
            self._conflict.settled.connect(partial(self._wishes.settle, self.path))
            self._conflict.combined.connect(partial(self._wishes.answered.emit, self.path))
            self._column.insertWidget(1, self._conflict)
            self._conflict.stackUnder(self.field)  # and is read out there

    def _judge(self, node: Node, *, missing: bool = False) -> None:
        words = self.field.trouble()
        if not words and node.violation == "constraint":
            words = node.message or tr("This answer does not fit the question")
        if not words and missing and node.violation == "required" and self._absent is None:
            words = node.message or tr("Not answered yet")
        waits = not self._trouble_asked and not self.field.trouble_at_once
        if words and waits and self._is_being_answered():
            return
        self._show_trouble(words)
        hint = self.field.accessibleDescription()
        described = f"{tr('Error')}: {words}. {hint}" if words else hint
        for control in self.field.controls():
            control.setAccessibleDescription(described)
        if not words:
            self._trouble_asked = False

    def _show_trouble(self, words: str) -> None:
        if not words:
            _discard(self._trouble)
            self._trouble = None
            return
        if self._trouble is None:
            self._trouble = TroubleLine(self)
            self._column.insertWidget(self._column.indexOf(self.field), self._trouble)
            self._trouble.stackUnder(self.field)
        self._trouble.say(words)

    def _is_being_answered(self) -> bool:
        return any(control.hasFocus() for control in self.field.controls())

    def _open_menu(self) -> None:
        has_value = bool(self.field.value())
        menu = BlockMenu(self.path, self._telling, self._absent, has_value, self)
        menu.setAccessibleName(self.more.accessibleName())
        menu.absent_chosen.connect(self._say_absent)
        menu.history_asked.connect(self._open_history)
        menu.note_asked.connect(lambda: self._wishes.note_asked.emit(self.path, self.question))
        menu.clear_asked.connect(self._clear)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _say_absent(self, absent: Absent) -> None:
        self._wishes.said_absent.emit(self.path, absent.value, "")
        if self._absence is not None:
            self._absence.reason.setFocus()

    def _open_history(self) -> None:
        if self._history is None:
            self._history = History(self.question, self)
            self._history.close_it.clicked.connect(self._close_history)
            self._column.addWidget(self._history)
            self._history.show()
            self._telling.wishes.rearranged.emit()
        self._telling.wishes.left_as_it_was.emit(self.path)
        self._history.close_it.setFocus()

    def _close_history(self) -> None:
        self.more.setFocus()
        _discard(self._history)
        self._history = None

    def _show_history(self, node: Node) -> None:
        if self._history is None:
            return
        self._history.show_lines(
            [
                tr(
                    "{when} – {who}: {what}",
                    when=self._telling.when(said.at),
                    who=said.author,
                    what=said_words(node, said),
                )
                for said in reversed(self._telling.history(self.path))
            ]
        )

    def _reasoned(self, reason: str) -> None:
        if self._absent is not None:
            self._wishes.said_absent.emit(self.path, self._absent.value, reason)

    def _clear(self) -> None:
        """Nothing stands here any more: one begins to answer anew."""
        self._wishes.answered.emit(self.path, "")
        self.field.take_focus()


def _discard(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
