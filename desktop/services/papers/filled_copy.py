"""Any record as a paper: what was asked and answered, as its reader has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from desktop.printing.filled_form import EarlierText, FilledForm, filled_story
from desktop.printing.form_words import FormWords
from desktop.printing.story import Story
from desktop.services.papers.form_copies import form_in_manner
from desktop.services.papers.manners import EASY, PLAIN
from desktop.services.papers.reading import STROKES_END, Reading
from forms.casework.finished_texts import earlier_words, worded_since
from forms.casework.known_record import KnownRecord
from forms.casework.redaction import is_silent
from forms.records.answer import Absent, Answer
from forms.xforms import Session

NOTHING: Mapping[str, str] = MappingProxyType({})


def filled_copy(reading: Reading, record: KnownRecord, manner: str = PLAIN) -> Story:
    """A record in its form's own language, in easy read, or beside another that the form speaks."""
    make = partial(_story, reading, record)
    words_of_today = manner != EASY or not worded_since(_session(reading, record), record.texts)
    return form_in_manner(reading.pack, record.form, manner, make, as_easy=words_of_today)


def _session(
    reading: Reading, record: KnownRecord, language: str = "", stood: Mapping[str, str] = NOTHING
) -> Session:
    answers = record.heads.answers()
    told = {path: answer.value for path, answer in answers.items() if _is_for_session(path, answer)}
    return Session(
        reading.definitions[record.id],
        {**told, **stood},
        clock=lambda: reading.now,
        zone=ZoneInfo(reading.zone),
        language=language or None,
    )


def _story(
    reading: Reading, record: KnownRecord, language: str, words: FormWords, notes: bool
) -> Story:
    answers = record.heads.answers()
    definition = reading.definitions[record.id]
    session = _session(reading, record, language)
    if stood := worded_since(session, record.texts):
        session = _session(reading, record, language, stood)
    photos = {
        name: content
        for name, content in reading.attachments.items()
        if not name.endswith(STROKES_END)
    }
    drawings = {name: drawn for name in reading.attachments if (drawn := reading.strokes(name))}
    silent = (
        note.path
        for note in session.root.walk()
        if note.control == "note"
        if not notes or is_silent(reading.pack, record.form, note.path, reading.reader)
    )
    form = FilledForm(
        title=words.title(record.form, definition.title()),
        root=session.root,
        reader=reading.reader.name,
        absent={
            path: _in_words(answer, words) for path, answer in answers.items() if answer.absent
        },
        unsettled=frozenset(record.heads.conflicts()),
        drawings=drawings,
        photos=photos,
        left_out=frozenset(silent).__contains__,
        earlier=[
            EarlierText(one.at.astimezone(ZoneInfo(reading.zone)).date(), one.words, one.signed)
            for one in earlier_words(session, record.heads, record.finishings)
        ],
    )
    return filled_story(form, words)


def _is_for_session(path: str, answer: Answer) -> bool:
    return not path.startswith("@") and answer.absent is None


def _in_words(answer: Answer, fixed: FormWords) -> str:
    absent = {
        Absent.NOT_KNOWN: fixed.not_known,
        Absent.DECLINED: fixed.declined,
        Absent.NOT_ASKED: fixed.not_asked,
    }
    words = absent[answer.absent] if answer.absent else ""
    return f"{words}. {answer.reason}" if answer.reason else words
