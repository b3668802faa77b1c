"""By what others are found who may be the same person: equal texts, so that an index serves.

Two people can only reach ``likeness.POSSIBLE`` with the same date of birth, with a nearly equal one
and family names that sound alike, or with one postcode. Nothing is looked up by a name alone: a
council has thousands of Smiths, and the search would grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sync.ehm.matching import names
from sync.ehm.matching.likeness import Identity, close_up

_WHOLE = 10
_BEGINNINGS = (4, 7)


def kept(person: Identity) -> set[str]:
    """What a person is found by; nothing for one who matches nobody."""
    if not _matches_anybody(person):
        return set()
    found = _exact(person)
    for sound in _sounds(person) if person.born else ():
        found.add(f"name {sound} {person.born}")
        found |= {f"name {sound} {begins}*" for begins in _beginnings(person.born)}
    return found


def asked(person: Identity) -> set[str]:
    """What those are kept under who may be this person."""
    if not _matches_anybody(person):
        return set()
    found = _exact(person)
    for sound in _sounds(person) if person.born else ():
        found |= {f"name {sound} {born}" for born in _nearly(person.born)}
        found.add(f"name {sound} {person.born}*")
    return found


def _matches_anybody(person: Identity) -> bool:
    return not person.is_sealed and bool(person.given_name)


def _exact(person: Identity) -> set[str]:
    """What is kept and asked for alike: a home, and a whole date of birth."""
    found = {f"home {postcode}" for postcode in _postcodes(person)}
    if len(person.born) == _WHOLE:
        found.add(f"born {person.born}")
    return found


def _nearly(born: str) -> Iterator[str]:
    """Dates of birth that fit this one, as ``likeness`` has it; some are of no calendar."""
    yield born
    yield from _beginnings(born)
    if len(born) == _WHOLE:
        yield f"{born[:5]}{born[8:]}-{born[5:7]}"
        for place, figure in enumerate(born):
            for other in "0123456789" if figure.isdigit() else "":
                yield born[:place] + other + born[place + 1 :]


def _beginnings(born: str) -> list[str]:
    return [born[:length] for length in _BEGINNINGS if length < len(born)]


def _sounds(person: Identity) -> set[str]:
    parts = (names.sound(part) for name in person.last_names for part in name.split())
    return {sound for sound in parts if sound}


def _postcodes(person: Identity) -> set[str]:
    return {close_up(postcode) for postcode, _line in person.places if postcode}
