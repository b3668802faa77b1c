"""Any record as a paper: what was asked and answered, as its reader has it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desktop.printing.bilingual import bilingual_story
from desktop.printing.filled_form import FilledForm, filled_story
from desktop.printing.form_words import FormWords, language_tag
from desktop.printing.story import Story
from desktop.services.papers.reading import STROKES_END, Reading
from forms.casework.known_record import KnownRecord
from forms.records.answer import Absent, Answer
from forms.xforms import Session

_ABSENT = {
    Absent.NOT_KNOWN: "Not known",
    Absent.DECLINED: "Did not want to say",
    Absent.NOT_ASKED: "Not asked yet",
}


def filled_copy(reading: Reading, record: KnownRecord, language: str = "") -> Story:
    """A record in its form's own language, or beside it in another one that the form speaks."""
    own = _story(reading, record, "")
    return bilingual_story(own, _story(reading, record, language)) if language else own


def _story(reading: Reading, record: KnownRecord, language: str) -> Story:
    answers = record.heads.answers()
    definition = reading.definitions[record.id]
    session = Session(
        definition,
        {path: answer.value for path, answer in answers.items() if _is_for_session(path, answer)},
        clock=lambda: reading.now,
        zone=ZoneInfo(reading.zone),
        language=language or None,
    )
    photos = {
        name: content
        for name, content in reading.attachments.items()
        if not name.endswith(STROKES_END)
    }
    drawings = {name: drawn for name in reading.attachments if (drawn := reading.strokes(name))}
    words = FormWords(language=language_tag(language, FormWords().language))
    form = FilledForm(
        title=definition.title(),
        root=session.root,
        reader=reading.reader.name,
        absent={path: _in_words(answer) for path, answer in answers.items() if answer.absent},
        unsettled=frozenset(record.heads.conflicts()),
        drawings=drawings,
        photos=photos,
    )
    return filled_story(form, words)


def _is_for_session(path: str, answer: Answer) -> bool:
    return not path.startswith("@") and answer.absent is None


def _in_words(answer: Answer) -> str:
    words = _ABSENT[answer.absent] if answer.absent else ""
    return f"{words}. {answer.reason}" if answer.reason else words
