"""How likely it is that two people, and so two families, are the same: a pure function.

It only proposes. A coordinator decides; the words in ``because`` are for them. What is not said
never counts for or against. Addresses that must be kept secret are not compared (refuge), and an
identity from before or after an adoption matches nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.ehm.matching import names

POSSIBLE = 60
STRONG = 85

_BORN = 40
_BORN_NEARLY = 25
_BORN_OTHER = -40
_GIVEN = 30
_GIVEN_OTHER = -30
_LAST = 20
_POSTCODE = 10
_ADDRESS = 5
_SECOND_PERSON = 10


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """One person of a family, as matching knows them.

    ``last_names``: the present one, then earlier ones. ``born`` is ISO text and may lack parts
    (``2014-03``) or be blank. ``places``: (postcode, first line) of their family's homes that need
    not be secret. ``is_sealed``: adopted, or set apart by hand: never matches.
    """

    family: str
    person: str
    given_name: str = ""
    last_names: tuple[str, ...] = ()
    born: str = ""
    is_guess: bool = False
    is_child: bool = False
    places: tuple[tuple[str, str], ...] = ()
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 (nothing speaks for it) to 100, with what speaks for and against."""

    score: int
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyLikeness:
    """How alike two families are. ``pairs``: the people who may be the same, best first.

    ``is_one_household``: an adult or a home is the same too. If only a child is, the two may be
    the homes of separated parents: to be linked, never merged.
    """

    score: int
    because: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    is_one_household: bool


def of_people(one: Identity, other: Identity) -> Likeness:
    """How likely it is that these two are one person."""
    if one.is_sealed or other.is_sealed or not (one.given_name and other.given_name):
        return Likeness(0)
    parts = [_of_birth(one, other), _of_given_names(one, other)]
    parts += [_of_last_names(one, other), _of_places(one, other)]
    score = max(0, min(100, sum(points for points, _words in parts)))
    return Likeness(score, tuple(words for _points, words in parts if words))


def of_families(one: Iterable[Identity], other: Iterable[Identity]) -> FamilyLikeness:
    """How likely it is that these two are one family: the best pair, and more for each other."""
    ones, others = list(one), list(other)
    found = sorted(
        ((of_people(a, b), a, b) for a in ones for b in others if a.is_child == b.is_child),
        key=lambda pair: (-pair[0].score, pair[1].person, pair[2].person),
    )
    pairs: list[tuple[Likeness, Identity, Identity]] = []
    taken: set[str] = set()
    for likeness, a, b in found:
        if likeness.score >= POSSIBLE and not {a.person, b.person} & taken:
            pairs.append((likeness, a, b))
            taken |= {a.person, b.person}
    if not pairs:
        return FamilyLikeness(0, (), (), is_one_household=False)
    best = pairs[0][0]
    same_home = bool(_places(ones) & _places(others))
    return FamilyLikeness(
        score=min(100, best.score + _SECOND_PERSON * (len(pairs) - 1)),
        because=best.because,
        pairs=tuple((a.person, b.person) for _likeness, a, b in pairs),
        is_one_household=same_home or any(not a.is_child for _likeness, a, _b in pairs),
    )


def _of_birth(one: Identity, other: Identity) -> tuple[int, str]:
    a, b = one.born, other.born
    if not a or not b:
        return 0, ""
    if a == b:
        return (_BORN, "the same date of birth") if len(a) == 10 else (_BORN_NEARLY, "born alike")
    if a.startswith(b) or b.startswith(a):
        return _BORN_NEARLY, "dates of birth that fit"
    if _is_swapped(a, b):
        return _BORN_NEARLY, "day and month of birth the other way round"
    if len(a) == len(b) == 10 and _differing(a, b) == 1:
        return _BORN_NEARLY, "dates of birth that differ in one figure"
    if (one.is_guess or other.is_guess) and abs(int(a[:4]) - int(b[:4])) <= 1:
        return 0, "a guessed date of birth"
    return _BORN_OTHER, "different dates of birth"


def _is_swapped(a: str, b: str) -> bool:
    return len(a) == len(b) == 10 and a == f"{b[:5]}{b[8:]}-{b[5:7]}"


def _differing(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


def _of_given_names(one: Identity, other: Identity) -> tuple[int, str]:
    alike = names.likeness(one.given_name, other.given_name)
    if alike == names.DIFFERENT:
        return _GIVEN_OTHER, "different given names"
    return round(_GIVEN * alike), _WORDS[alike].format("given name")


def _of_last_names(one: Identity, other: Identity) -> tuple[int, str]:
    alike = max(
        (names.likeness(a, b) for a in one.last_names for b in other.last_names),
        default=names.DIFFERENT,
    )
    if alike == names.DIFFERENT:
        return 0, ""
    return round(_LAST * alike), _WORDS[alike].format("family name")


_WORDS = {
    names.SAME: "the same {}",
    names.SHORT_FORM: "a form of the same {}",
    names.SOUNDS_ALIKE: "a {} that sounds alike",
    names.SPELT_ALIKE: "a {} spelt alike",
    names.INITIAL: "the same initial of the {}",
}


def _of_places(one: Identity, other: Identity) -> tuple[int, str]:
    postcodes = _postcodes(one.places) & _postcodes(other.places)
    if postcodes and _places([one]) & _places([other]):
        return _POSTCODE + _ADDRESS, "the same address"
    return (_POSTCODE, "the same postcode") if postcodes else (0, "")


def _postcodes(places: Sequence[tuple[str, str]]) -> set[str]:
    return {close_up(postcode) for postcode, _line in places if postcode}


def _places(people: Iterable[Identity]) -> set[tuple[str, str]]:
    return {
        (close_up(postcode), close_up(line))
        for person in people
        for postcode, line in person.places
        if postcode and line
    }


def close_up(text: str) -> str:
    """Letters and figures alone, in small letters: how postcodes and addresses are compared."""
    return "".join(c for c in text.casefold() if c.isalnum())
