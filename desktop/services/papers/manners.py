"""In which manner a paper is made: ordinary, easy read, or English beside another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from desktop.printing.bilingual import bilingual_story
from desktop.printing.child_plan import ChildWords
from desktop.printing.document import FootWords
from desktop.printing.easy import easy_story
from desktop.printing.story import Story, Text, Together
from desktop.services.papers.fixed_words import EASY_ENGLISH, ENGLISH, FixedWords, languages_of
from forms.pack import Pack

PLAIN, EASY, BESIDE = "plain", "easy", "beside:"
ORDINARY = {PLAIN: "Ordinary"}
EASY_READ = {EASY: "Easy read"}
_PICTURES = {
    "invitation": "calendar",
    "who": "people",
    "cannot": "phone",
    "agenda": "speech",
    "agreed": "steps",
    "own_points": "pencil",
    "apologies": "calendar",
    "title": "star",
    "changed": "star",
    "said": "speech",
    "child_said": "me",
    "goes_on": "sun",
    "left": "steps",
    "back": "phone",
    "card": "heart",
    "tree": "people",
    "joined": "home",
    "distance": "steps",
}
"""The picture of a part, by the name of the fixed word that heads it."""
Words = TypeVar("Words")


def beside(named: Iterable[str]) -> dict[str, str]:
    """A manner for each of these languages, in words."""
    return {f"{BESIDE}{name}": f"English and {name}" for name in named}


def all_manners(pack: Pack, *kinds: type) -> Mapping[str, str]:
    """Ordinary, easy read, and English beside each language."""
    return {**ORDINARY, **EASY_READ, **beside(languages_of(pack, *kinds))}


def in_manner(
    pack: Pack, manner: str, kind: type[Words], make: Callable[[Words], Story | None]
) -> Story | None:
    """What ``make`` makes of the fixed words, in a manner; None where it makes nothing."""
    if manner.startswith(BESIDE):
        return _in_two(pack, manner.removeprefix(BESIDE), kind, make)
    language = EASY_ENGLISH if manner == EASY else ENGLISH
    words = FixedWords.of(pack, language).of_kind(kind)
    story = make(words)
    if story is None or manner != EASY:
        return story
    heads = {name: getattr(words, name, "") for name in _PICTURES}
    return easy_story(story, {heads[name]: picture for name, picture in _PICTURES.items()})


def _in_two(
    pack: Pack, language: str, kind: type[Words], make: Callable[[Words], Story | None]
) -> Story | None:
    english, other = FixedWords.of(pack, ENGLISH), FixedWords.of(pack, language)
    first, second = make(english.of_kind(kind)), make(other.of_kind(kind))
    if first is None or second is None:
        return None
    drafted, there = other.drafted(english)
    note = with_last_note if kind is ChildWords else with_note  # a child's paper begins with them
    return bilingual_story(note(first, drafted), note(second, there))


def foot_words(pack: Pack, manner: str) -> tuple[FootWords, ...]:
    """The words of the foot and of the draft mark, in each language of a paper in this manner."""
    english = FixedWords.of(pack, ENGLISH).of_kind(FootWords)
    other = FixedWords.of(pack, manner.removeprefix(BESIDE))
    if not other.has_all(FootWords):
        return (english,)
    words = other.of_kind(FootWords)
    return (english, words) if manner.startswith(BESIDE) else (words,)


def with_note(story: Story, words: str) -> Story:
    """``story`` with a paragraph under its title, if there is one, read before the rest."""
    title, *rest = story.blocks
    return replace(story, blocks=(title, Text(words), *rest)) if words else story


def with_last_note(story: Story, words: str) -> Story:
    """``story`` with a last paragraph, if there is one; never on a page of its own."""
    *rest, last = story.blocks
    return replace(story, blocks=(*rest, Together((last, Text(words))))) if words else story
