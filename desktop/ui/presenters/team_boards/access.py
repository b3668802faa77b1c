"""Somebody asks what is written about them: the draft for the officer who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.printing.access_draft import MARKS
from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.questions.answer_words import date_words
from desktop.ui.words import breakable, counted, tr
from sync.contract.messages import AccessDraft, AskAccess, FindSubject, Subject, Subjects

_FIND, _DRAFT, _SAVE = "find", "draft", "save"


@dataclass(slots=True)
class AccessBoard:
    """Nothing is looked for before a reason is given; every step is a line of the audit."""

    moments: Moments
    _found: Subjects | None = None
    _reason: str = ""
    _drafts: dict[str, AccessDraft] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("What is written about somebody")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr(
            "For a request for one's own data, once you know who asks. What is made here is a "
            "draft: read all of it, and decide line by line, before anything is given. That you "
            "asked, and why, is noted in the audit."
        )

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """Whose family first; then its people, each with their draft once it is made."""
        find = Deed(
            _FIND,
            tr("Look for the family"),
            (
                Question("number", tr("Its number or reference")),
                Question("why", tr("Which request, and how you know who asks")),
            ),
            tr("Look for it now"),
        )
        if self._found is None:
            return (Matter("find", tr("No family is chosen yet"), (), (), (find,)),)
        head = Matter("find", tr("Family {number}", number=self._found.number), (), (), (find,))
        return (head, *(self._person(one) for one in self._found.people))

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Look for the family, make a draft, or save one."""
        if deed == _FIND:
            self._reason = said["why"]
            self._drafts.clear()
            self._found = wire.subjects(FindSubject(number=said["number"], reason=self._reason))
            return ""
        if deed == _DRAFT and self._found is not None:
            asked = AskAccess(family=self._found.family, person=matter, reason=self._reason)
            self._drafts[matter] = wire.access_draft(asked)
            return tr("The draft is made. Save it, and read all of it.")
        from desktop.services.access_files import save_draft  # with all that prints

        save_draft(self._drafts[matter], said["path"])
        path = breakable(said["path"])
        return tr("Saved at {path}. It is not locked: keep it where others cannot read.", path=path)

    def _person(self, one: Subject) -> Matter:
        title = one.name
        if one.born:
            title = tr("{name}, born {day}", name=one.name, day=date_words(one.born))
        made = self._drafts.get(one.id)
        if made is None:
            return Matter(one.id, title, (), (), (Deed(_DRAFT, tr("Make the draft")),))
        marked = [
            tr("{n}: {mark}", n=number, mark=tr(words))
            for mark, words in MARKS.items()
            if (number := sum(mark in line.marks for line in made.lines))
        ]
        lines = (
            counted(len(made.lines), "{n} line in the draft", "{n} lines in the draft"),
            *marked,
            tr("{n} answers that are of others alone are left out", n=made.left_out),
        )
        where = Question("path", tr("Where"), file="draft-for-an-officer.pdf")
        save = Deed(_SAVE, tr("Save the draft (PDF)"), (where,), tr("Save it now"))
        return Matter(one.id, title, lines, (), (save,))
