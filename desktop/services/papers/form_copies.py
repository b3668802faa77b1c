"""Any form on paper, filled or blank: in its own words, in easy read, or in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from desktop.printing.bilingual import bilingual_story
from desktop.printing.blank_form import blank_story
from desktop.printing.contacts import contact_list
from desktop.printing.easy import easy_story, easy_text
from desktop.printing.form_words import FormWords, language_tag
from desktop.printing.story import Block, Heading, Story, Text, Together
from desktop.services.papers.council_contacts import council_contacts
from desktop.services.papers.fixed_words import ENGLISH, FixedWords
from desktop.services.papers.manners import BESIDE, EASY, EASY_READ, ORDINARY, beside, with_note
from forms.pack import Pack
from forms.pack_file import PackError
from forms.xforms import Definition

FEEDBACK = "feedback_"
"""How the name begins of a form in which a family says what they think of the help."""
FormStory = Callable[[str, FormWords, bool], Story]
"""Makes a form: its language (blank: its own), the fixed words, and whether notes are said."""


def form_manners(definition: Definition | None) -> dict[str, str]:
    """Easy read, and each other language of the form."""
    own = definition.default_language if definition else ""
    others = [one for one in (definition.languages if definition else ()) if one != own]
    return {**ORDINARY, **EASY_READ, **beside(others)}


def form_in_manner(
    pack: Pack, form: str, manner: str, make: FormStory, *, as_easy: bool = True
) -> Story:
    """What ``make`` makes, in a manner of `form_manners`.

    In easy read the council's own text stands in place of the notes, where it wrote one; not where
    it says something else than the notes (``as_easy``: it does not).
    """
    english = FixedWords.of(pack, ENGLISH)
    if manner.startswith(BESIDE):
        language = manner.removeprefix(BESIDE)
        drafted, there = _drafted(pack, form, language)
        first = with_note(make("", english.of_kind(FormWords), True), drafted)
        return bilingual_story(first, with_note(in_language(pack, language, make), there))
    if manner != EASY:
        return make("", english.of_kind(FormWords), True)
    written = _easy_words(pack, form) if as_easy else ""
    story = make("", english.of_kind(FormWords), not written)
    title, rest = story.blocks[0], replace(story, blocks=story.blocks[1:])
    said = easy_text(written) if written else ()
    return replace(story, blocks=(title, *said, *easy_story(rest, {}, "pencil").blocks))


def in_language(pack: Pack, language: str, make: FormStory) -> Story:
    """A form in one of its languages alone."""
    words = FixedWords.of(pack, language).of_kind(FormWords)
    return make(language, replace(words, language=language_tag(language, words.language)), True)


def blank_copy(pack: Pack, form: str, definition: Definition, manner: str) -> Story:
    """A form with nothing in it, in a manner of `form_manners`, or in one of its languages."""

    def make(language: str, words: FormWords, notes: bool) -> Story:
        story = blank_story(definition, language or None, words, notes=notes)
        return replace(story, blocks=(*story.blocks, *_return(pack, form, words)))

    if manner in definition.languages and manner != definition.default_language:
        return with_note(in_language(pack, manner, make), _drafted(pack, form, manner)[1])
    return form_in_manner(pack, form, manner, make)


def _return(pack: Pack, form: str, words: FormWords) -> Iterator[Block]:
    """Where a family's feedback goes (domain.md 8.1): nobody has to hand it in open."""
    if form.startswith(FEEDBACK):
        offices = [contact for contact in council_contacts(pack) if not contact.urgent]
        listed = contact_list(offices, words)
        yield Together((Heading(words.give_back), Text(words.give_back_to), listed))


def _drafted(pack: Pack, form: str, language: str) -> tuple[str, str]:
    """What is said of a translation that nobody has checked: in English, and in that language."""
    words, english = FixedWords.of(pack, language), FixedWords.of(pack, ENGLISH)
    if any(one.id == form and language in one.unchecked for one in pack.kept_forms):
        return words.drafted_note(english)
    return words.drafted(english)


def _easy_words(pack: Pack, form: str) -> str:
    try:
        return pack.wording(f"{form}_easy").words
    except PackError:
        return ""
