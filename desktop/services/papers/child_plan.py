"""My plan: a child's own plan, from the child's voice and the family's plan."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.printing.child_plan import AgeBand, ChildPlanSheet, ChildStep, Drawn, Feeling
from desktop.printing.form_words import language_tag
from desktop.printing.plan import Meeting
from desktop.services.papers.family_plan import contacts
from desktop.services.papers.reading import Reading
from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person
from forms.casework.plan import family_plan
from forms.xforms import Definition

_DRAW = "draw"
_UNKNOWN_AGE = 8  # the middle band: neither too childish nor too hard


def child_sheet(reading: Reading, child: Person, language: str = "") -> ChildPlanSheet:
    """The plan of one child: only what this reader may have of the child's words.

    What the form asked is in ``language`` (a BCP 47 tag) where the form speaks it.
    """
    voice = _newest_voice(reading, child)
    plan = family_plan(reading.records)
    wants = (
        [g.words for g in plan.child_goals if g.child == child.id and g.may_print] if plan else []
    )
    said = _Said(voice, reading, language)
    return ChildPlanSheet(
        child=child.given_name or child.name,
        made_on=reading.today,
        said=said.of("words_of_child/words"),
        going_well=said.of("houses/good"),
        worries=said.of("houses/worries"),
        dreams=said.of("houses/dreams"),
        wants="\n".join(wants) or said.of("hopes/want"),
        feelings=tuple(said.feelings()),
        trusted=tuple(said.trusted()),
        steps=tuple(
            ChildStep(a.what, a.who, a.by_when, a.how_often)
            for a in (plan.actions if plan else ())
            if a.is_open and a.what
        ),
        drawings=tuple(said.drawings()),
        contacts=contacts(reading, plan),
        next_meeting=Meeting(plan.next_review, "", plan.review_where)
        if plan and plan.next_review
        else None,
    )


def age_band(reading: Reading, child: Person) -> AgeBand:
    """For which age the plan is written; the middle one while nobody knows the age."""
    age = child.age(reading.today)
    return AgeBand.for_age(_UNKNOWN_AGE if age is None else age)


def _newest_voice(reading: Reading, child: Person) -> KnownRecord | None:
    of_child = [
        record
        for record in reading.records
        for voice in entities([record], "voice")
        if voice.said("child") == child.id
    ]
    return max(of_child, key=lambda record: (record.begun, record.id), default=None)


class _Said:
    """What a child said in one record, by the questions of the council's form."""

    def __init__(self, record: KnownRecord | None, reading: Reading, language: str) -> None:
        self._record, self._reading = record, reading
        self._definition: Definition | None = reading.definitions[record.id] if record else None
        spoken = self._definition.languages if self._definition else ()
        self._language = next((one for one in spoken if language_tag(one, "") == language), None)

    def of(self, place: str) -> str:
        """The answer at a place of the form; blank if there is none."""
        return self._record.answer(f"/{self._record.form}/{place}").value if self._record else ""

    def feelings(self) -> Iterator[Feeling]:
        """What was pointed at where faces were offered."""
        if self._record is None or self._definition is None:
            return
        for question in self._definition.questions:
            if "faces" in question.appearance:
                face = self._record.answer(question.path).value
                if face in {"1", "2", "3", "4", "5"}:
                    yield Feeling(question.label(self._language).rstrip("?.… "), int(face))

    def drawings(self) -> Iterator[Drawn]:
        """What the child drew."""
        if self._record is None or self._definition is None:
            return
        for question in self._definition.questions:
            if _DRAW in question.appearance.split():
                strokes = self._reading.strokes(self._record.answer(question.path).value)
                if strokes is not None:
                    yield Drawn(question.label(self._language), strokes)

    def trusted(self) -> Iterator[tuple[str, str]]:
        """Whom the child trusts, and how they help."""
        if self._record is None:
            return
        who = f"/{self._record.form}/trust/trusted"
        rows = [path for path in self._record.heads.answers() if path.startswith(f"{who}[")]
        for row in dict.fromkeys(path.rpartition("/")[0] for path in rows if path.count("/") > 3):
            name = self._record.answer(f"{row}/trusted_who").value
            if name:
                yield name, self._record.answer(f"{row}/trusted_how").value
