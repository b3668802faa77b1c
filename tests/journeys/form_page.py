"""A form on the screen, answered question by question as its words stand there."""

from __future__ import annotations

from collections import Counter

from tests.journeys.drawing import HOUSE, SIGNATURE, strokes_on
from tests.journeys.person import FIELDS, Person
from tests.journeys.story import Added, Answer, Drawn, Named, Section, Told
from tests.journeys.tree import Control, Look, Screen, named
from tests.journeys.wording import Wording, form_wordings

OPTIONS = "RadioButton|CheckBox"
LINES = {"text", "integer", "decimal"}
SIDES = "Day", "Month", "Year"
ADD = "Add: ", "Add another: "
PADS = "Sign here", "Draw here"


class FormPage:
    """Fills one form. `answered` counts the questions that were answered and seen to be."""

    def __init__(self, person: Person, form: str) -> None:
        self.person = person
        self.words = form_wordings(form)
        self.answered = 0

    def answer_all(self, sections: tuple[Section, ...]) -> None:
        """Answer the sections one after the other."""
        for section in sections:
            self.go_to(section.name)
            self.answer_each(section.answers)

    def go_to(self, section: str) -> None:
        """Press a section in the list at the side."""
        label = self.words[section].label
        self.person.press("Button", starts=f"{label}, ")
        self.person.one("StaticText|Heading", label)

    def answer_each(self, answers: tuple[Answer, ...]) -> None:
        """Answer the questions in turn."""
        rows: Counter[str] = Counter()
        for answer in answers:
            if isinstance(answer, Added):
                rows[answer.repeat] += 1
                self.add(answer, rows[answer.repeat])
            else:
                self.answer(answer)
                self.answered += 1

    def add(self, added: Added, number: int) -> None:
        """Add a row, unless the form offers an empty one, answer its questions and close it."""
        label = self.words[added.repeat].label
        before = rows_of(self.person.program.read(), label)
        if before < number:
            add = named("Button", ADD[before > 0] + label, last=True)
            self.person.click(f"one more {label!r}", add)
            self.person.wait_for(
                f"one more {label!r}", lambda screen: rows_of(screen, label) > before
            )
        self.answer_each(added.answers)
        close = named("Button", starts=f"Close {label} {number}", last=True)
        self.person.click(f"close {label!r} {number}", close)

    def answer(self, answer: Told | Named | Drawn) -> None:
        """Answer one question and see the answer on the screen."""
        question = self.words[answer.question]
        if isinstance(answer, Drawn):
            self.draw(question)
        elif isinstance(answer, Named):
            for name in answer.people:
                self.choose(question, name)
        elif question.kind in LINES:
            field = named(FIELDS, question.label, last=True)
            self.person.write(f"the field {question.label!r}", field, answer.value)
        elif question.kind == "date":
            self.write_date(question.label, answer.value)
        elif question.kind == "range":
            self.choose(question, answer.value)
        elif question.appearance == "minimal":
            self.pick(question, answer.value)
        else:
            for name in answer.value.split():
                self.choose(question, question.choices[name])

    def write_date(self, label: str, value: str) -> None:
        """Type day, month and year."""
        year, month, day = value.split("-")
        for side, text in zip(SIDES, (int(day), int(month), year), strict=True):
            name = f"{side}: {label}"
            self.person.write(f"the field {name!r}", named(FIELDS, name, last=True), str(text))

    def choose(self, question: Wording, words: str) -> None:
        """Click an option under its question, and see it chosen."""
        self.person.choose(
            f"{words!r} under {question.label!r}", under(question.label, OPTIONS, words)
        )

    def pick(self, question: Wording, value: str) -> None:
        """Open the list of a question, type what is sought, and press Enter on the line."""
        words = question.choices[value]
        box = under(question.label, "ComboBox")  # its own name is its line, once one is chosen
        self.person.click(f"the list of {question.label!r}", box)
        self.person.one("ListItem", words)
        self.person.type(words)
        self.person.wait_for(
            f"{words!r} marked in the list",
            lambda screen: any("selected" in one.states for one in screen.find("ListItem", words)),
        )
        self.person.program.key("Return")
        self.person.wait_for(
            f"{words!r} picked",
            lambda screen: (found := box(screen)) is not None and found.value == words,
        )

    def draw(self, question: Wording) -> None:
        """Draw on the board under the question: a signature, or a house and a cat."""
        pad = under(question.label, starts=PADS)
        what = f"the board of {question.label!r}"
        board = self.person.bring_into_view(what, pad, whole=True)
        drawn = SIGNATURE if question.appearance == "signature" else HOUSE
        for stroke in strokes_on(board.in_view, drawn):
            self.person.program.stroke(stroke)

    def saved(self) -> str:
        """Wait until the page says that everything is saved; what it says."""
        return self.person.one("StaticText", starts="Saved ").name


def rows_of(screen: Screen, label: str) -> int:
    """How many rows there are of the last repeat with this label."""
    begins = f"Remove {label} "
    titles = [found.name.removeprefix(begins) for found in screen.find("Button", starts=begins)]
    return int(titles[-1].partition(":")[0]) if titles else 0


def under(
    question: str, role: str = "", name: str = "", starts: str | tuple[str, ...] = ""
) -> Look:
    """A control in the last group that has the question for a name."""

    def look(screen: Screen) -> Control | None:
        for group in reversed(screen.find("Grouping", question)):
            for found in group.find(role, name, starts):
                if found is not group:
                    return found
        return None

    return look
