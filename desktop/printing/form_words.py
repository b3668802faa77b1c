"""The fixed words of a form on paper, and how the form's own words are set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import regex

from desktop.printing.dates import ENGLISH, DateWords, long_date
from desktop.printing.paper_words import PaperWords
from desktop.printing.story import Run

_TAGS = regex.compile(r"</?(?:span|br|b|i|u|em|strong|small|div|p)\b[^<>]*>", regex.I)
_STRONG = regex.compile(r"\*\*(\S(?:[^*\n]*\S)?)\*\*|__(\S(?:[^_\n]*\S)?)__")
_LEADING = regex.compile(r"^#{1,6} +", regex.M)
_LANGUAGE = regex.compile(r"\(([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\)\s*$")


@dataclass(frozen=True)
class FormWords(PaperWords):
    """The fixed words of any form; a council or a translation gives its own."""

    for_whom: str = "This copy is for {name}."
    unsettled: str = "This has two answers. We still need to agree which is right."
    yes: str = "Yes"
    drawing: str = "A drawing: {label}"
    signature: str = "A signature: {label}"
    typed: str = "{name} (typed)"
    witnessed: str = "{name} (agreed aloud, witnessed)"
    photo: str = "A picture: {label}"
    not_here: str = "This picture is not on this laptop yet."
    broken: str = "This picture cannot be shown."
    ticked: str = "Ticked:"
    to_tick: str = "To tick:"
    chosen: str = "Chosen:"
    answer: str = "Answer"
    nothing: str = "Nothing has been written here yet."
    not_known: str = "Not known"
    declined: str = "Did not want to say"
    not_asked: str = "Not asked yet"
    # where the council's words have changed since the form was signed
    words_changed: str = (
        "These words have changed since {day}. What was signed or agreed by then is about the "
        "earlier words. Whoever agrees to the new words signs again."
    )
    earlier_words: str = "Earlier words, of {day}"
    signed_earlier: str = "This was signed on the earlier words, of {day}."
    # of a blank form
    if_it_applies: str = "(if it applies)"
    tick_one: str = "Tick one."
    tick_any: str = "Tick all that apply."
    in_order: str = "Number these in order. 1 is the most important."
    circle: str = "Circle one number."
    choose_from: str = "Write one of these: {choices}."
    day: str = "Day:              Month:              Year:"
    time: str = "Time:"
    to_write: str = "Lines to write on: {label}"
    to_draw: str = "Room to draw: {label}"
    to_sign: str = "A line to sign on: {label}"
    to_glue: str = "Room for a picture: {label}"
    more_rows: str = "If you need more room for this, use another sheet."
    on_paper: str = (
        "This form can be filled in by hand. "
        "What is written here can be put into the program later."
    )
    give_back: str = "How to give this back"
    give_back_to: str = (
        "Put it in an envelope if you like. "
        "Give it to the person who helps you, or bring it to us. Ring us to ask where:"
    )

    def title(self, form: str, own: str) -> str:
        """What people call a form in this language; its ``own`` title where nobody said."""
        return dict(self.council.forms).get(form, own)


def label_runs(label: str, *, bold: bool = False) -> tuple[Run, ...]:
    """A label of a form as runs: `**bold**` is bold, other marks of Markdown and HTML are left out.

    XLSForm labels may hold both (ODK's documentation, "Styling prompts").
    """
    return tuple(_label_runs(_LEADING.sub("", _TAGS.sub("", label)), bold))


def _label_runs(words: str, bold: bool) -> Iterator[Run]:
    place = 0
    for found in _STRONG.finditer(words):
        if found.start() > place:
            yield Run(words[place : found.start()], bold=bold)
        yield Run(found[1] or found[2], bold=True)
        place = found.end()
    if place < len(words) or not words:
        yield Run(words[place:], bold=bold)


def plain_label(label: str) -> str:
    """A label of a form without any marks."""
    return "".join(run.text for run in label_runs(label))


def language_tag(named: str, otherwise: str) -> str:
    """The BCP 47 tag in a language as XLSForm names it: `Polski (pl)`."""
    found = _LANGUAGE.search(named)
    return found[1] if found else otherwise


def said_value(kind: str, value: str, dates: DateWords = ENGLISH) -> str:
    """A value as people say it: a date with its weekday, a time without seconds."""
    try:
        if kind == "date":
            return long_date(date.fromisoformat(value[:10]), dates)
        if kind == "dateTime":
            moment = datetime.fromisoformat(value)
            return f"{long_date(moment.date(), dates)}, {moment:%H:%M}"
        if kind == "time":
            return f"{time.fromisoformat(value):%H:%M}"
    except ValueError:
        return value
    return value
