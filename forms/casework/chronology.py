"""What happened, in order: what the family told, and everything that the records say happened.

Merged from all records (domain.md 1.8, h.auto); nothing is entered twice. The dates of what
happened order it, never the clock that wrote it down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forms.casework.agreement import agreements
from forms.casework.contacts import contacts
from forms.casework.entities import entities
from forms.casework.episodes import episodes
from forms.casework.known_record import KnownRecord
from forms.casework.levels import level_history
from forms.casework.meetings import meetings, reviews
from forms.casework.people import household, read_date
from forms.casework.requests import requests
from forms.casework.responsible import leads
from forms.casework.voices import voices

KINDS = (
    "event", "visit", "seen", "voice", "meeting", "review", "agreement", "withdrawal", "level",
    "lead", "request", "answer", "tool", "declined", "begun", "ended", "born", "came", "left",
    "died", "home", "call", "given", "done", "finished",
)  # fmt: skip
_DONE = (
    ("notice", "on", "person"),
    ("first_visit", "on", ""),
    ("contributor", "on", ""),
    ("referral", "on", "people"),
    ("chase", "on", ""),
    ("quick_help", "on", "people"),
    ("quick_step", "on", ""),
    ("programme", "started", "people"),
    ("safety_plan", "on", "people"),
    ("dash", "on", "person"),
    ("contribution", "on", "people"),
    ("booking", "wanted_at", "people"),
    ("oversight", "on", ""),
    ("attempt", "on", ""),
    ("risk", "on", "people"),
    ("disagreement", "on", ""),
    ("disagreement_step", "on", ""),
    ("advice", "on", ""),
    ("panel", "on", ""),
    ("panel", "met_on", ""),
    ("feedback", "on", ""),
    ("contact", "on", ""),
)
"""What has no kind of its own: an entity, the property that says its day, and whom it is of."""


@dataclass(frozen=True, slots=True, repr=False)
class Happening:
    """One line of the chronology.

    ``day`` is None where people only remember roughly; then ``when`` has their words. ``kind`` is
    one of `KINDS`; ``what`` is what people wrote, or the form's code where they chose one, or for
    what was ``done`` and ``finished`` the form;
    ``people`` are ids. ``source`` is how we know, as it was told.
    """

    kind: str
    day: date | None
    when: str
    what: str
    people: tuple[str, ...]
    record: str
    source: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Filter:
    """What of a chronology is wanted: of these kinds, about these people, between these days.

    What is blank does not narrow. ``words`` are looked for in what people wrote.
    """

    kinds: Collection[str] = ()
    people: Collection[str] = ()
    since: date | None = None
    until: date | None = None
    words: str = ""

    def takes(self, happening: Happening) -> bool:
        """True if this line is wanted. A line without a day is kept: it may be of any."""
        day, said = happening.day, f"{happening.what} {happening.source}".casefold()
        return (
            (not self.kinds or happening.kind in self.kinds)
            and (not self.people or not set(self.people).isdisjoint(happening.people))
            and (day is None or self.since is None or self.since <= day)
            and (day is None or self.until is None or day <= self.until)
            and all(word in said for word in self.words.casefold().split())
        )


def chronology(records: Iterable[KnownRecord]) -> tuple[Happening, ...]:
    """Everything that happened; what has a day in order, what has none before it."""
    known = list(records)
    done = dict.fromkeys(_done(known))  # two steps of one day say the same
    found = [*_told(known), *_met(known), *_decided(known), *done, *_of_people(known)]
    return tuple(
        sorted(found, key=lambda h: (h.day is not None, h.day or date.min, h.record, h.kind))
    )


def narrowed(found: Iterable[Happening], wanted: Filter) -> tuple[Happening, ...]:
    """The lines that a filter takes, in their order."""
    return tuple(happening for happening in found if wanted.takes(happening))


def _told(records: Sequence[KnownRecord]) -> Iterator[Happening]:
    for e in entities(records, "event"):
        when, source = e.said("when"), e.said("source")
        people = e.chosen("people")
        yield Happening("event", read_date(when), when, e.said("what"), people, e.record, source)
    for dataset in ("tool", "tool_use"):
        for tool in entities(records, dataset):
            when, person = tool.said("on"), tool.chosen("person")
            yield Happening("tool", read_date(when), when, tool.said("tool"), person, tool.record)
    for one in entities(records, "declined"):
        when = one.said("on")
        yield Happening("declined", read_date(when), when, one.said("who"), (), one.record)


def _met(records: Sequence[KnownRecord]) -> Iterator[Happening]:
    for contact in contacts(records):
        kind = "seen" if contact.kind == "seen" else "visit"
        what = contact.purpose or contact.kind
        yield _on(kind, contact.on, what, contact.record, contact.people)
    for voice in voices(records):
        yield _on("voice", voice.on, "", voice.record, (voice.child,))
    for meeting in meetings(records):
        if meeting.held is not None:
            yield _on("meeting", meeting.held, meeting.kind, meeting.record)
    for review in reviews(records):
        yield _on("review", review.on, review.decision, review.record)


def _decided(records: Sequence[KnownRecord]) -> Iterator[Happening]:
    for one in agreements(records):
        yield _on("agreement", one.on, one.answer, one.record, (one.person,))
        if one.withdrawn is not None:
            yield _on("withdrawal", one.withdrawn, "", one.record, (one.person,))
    for decision in level_history(records):
        if decision.is_final:
            yield _on("level", decision.since, decision.code, decision.record)
    for lead in leads(records):
        if lead.name:
            yield _on("lead", lead.since, lead.name, lead.record)
    for request in requests(records):
        yield _on("request", request.made, request.kind, request.record, request.people)
        if request.decided is not None:
            yield _on("answer", request.decided, request.decision, request.record, request.people)
    for episode in episodes(records):
        yield _on("begun", episode.start, episode.start_reason, episode.id)
        if episode.end is not None:
            yield _on("ended", episode.end, episode.end_reason, episode.closure or episode.id)
    for record in records:
        if record.finalised_on is not None:
            yield _on("finished", record.finalised_on, record.form, record.id, _whom(record))


def _whom(record: KnownRecord) -> tuple[str, ...]:
    """Whom what the record says was done is of: by them its line is found, finished or not."""
    said = [
        person
        for dataset, _, whom in _DONE
        for entity in (entities([record], dataset) if whom else ())
        for person in entity.chosen(whom)
    ]
    return tuple(dict.fromkeys(said))


def _done(records: Sequence[KnownRecord]) -> Iterator[Happening]:
    """What a form says was done on a day; one that was finished on that day has a line already."""
    for record in records:
        for dataset, when, whom in _DONE:
            for entity in entities([record], dataset):
                day = read_date(entity.said(when))
                if day is not None and day != record.finalised_on:
                    people = entity.chosen(whom) if whom else ()
                    yield _on("done", day, record.form, record.id, people)
        for call in entities([record], "call"):
            day = read_date(call.said("at"))
            if day is not None:
                yield _on("call", day, call.said("to"), record.id)
        for dataset in ("given", "circulated"):
            for copy in entities([record], dataset):
                day = read_date(copy.said("on"))
                if day is not None:
                    yield _on("given", day, copy.said("person_name"), record.id)


def _of_people(records: Sequence[KnownRecord]) -> Iterator[Happening]:
    for person in household(records):
        days = (("came", person.moved_in), ("left", person.moved_out), ("died", person.died))
        for kind, day in (("born", person.born if person.is_child else None), *days):
            if day is not None:
                yield _on(kind, day, "", person.record, (person.id,))
    for entity in entities(records, "home"):
        day = read_date(entity.said("from"))
        if day is not None:
            yield _on("home", day, "", entity.record)  # an address stays where it is protected


def _on(kind: str, day: date, what: str, record: str, people: tuple[str, ...] = ()) -> Happening:
    return Happening(kind, day, day.isoformat(), what, people, record)
