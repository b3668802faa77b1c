"""What the worker checks before a copy leaves: whose home, for whom, who is named who lives away.

After domain.md 8.6 and security.md 7.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from forms.casework.entities import entities
from forms.casework.people import Person, household
from forms.casework.reader import HOME, Reader, Told
from forms.casework.readers import lives_elsewhere


def checks_before_printing(told: Told, reader: Reader, texts: Sequence[str]) -> tuple[str, ...]:
    """The sentences that the worker confirms."""
    return tuple(_checks(told, reader, texts))


def _checks(told: Told, reader: Reader, texts: Sequence[str]) -> Iterator[str]:
    place = home_address(told)
    if place:
        yield f"This is the paper of the home at {place}."
    if reader.kind == HOME:
        yield "It is for everybody who lives there, and anybody there may read it."
    elif reader.name:
        yield f"It is for {reader.name} and nobody else."
    away = [person.name for person in household(told.records) if lives_elsewhere(person)]
    named = [name for name in away if name]
    found = [
        person.name
        for person in household(told.records)
        if person.name in named and _is_named(person, texts)
    ]
    if found:
        yield f"It names somebody who does not live there: {', '.join(found)}."


def home_address(told: Told) -> str:
    """Where the family lives, in one line; blank while that is secret or not known."""
    secret = {
        one.id
        for record in told.records
        for one in entities([record], "home")
        if told.values(record, one.paths["confidential"]) != {"no"}
    }
    homes = entities(told.records, "home")
    main = next((h for h in homes if h.said("kind") == "main" and h.id not in secret), None)
    if main is None:
        return ""
    return ", ".join(part for name in ("line_1", "town") if (part := main.said(name)))


def _is_named(person: Person, texts: Sequence[str]) -> bool:
    names = {name for name in (person.name, person.given_name) if name.strip()}
    whole = "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = regex.compile(rf"(?<!\w)(?:{whole})(?!\w)", regex.IGNORECASE) if whole else None
    return pattern is not None and any(pattern.search(text) for text in texts)
