"""Scores by three raters, raw and on a common 0-100, and how far a family has come.

Source: domain.md 1.11 (raters, common scale), 3.5 (distance travelled, sustained).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

RATERS = ("family", "child", "practitioner")
DOMAINS = tuple(f"SF{number:02d}" for number in range(1, 11))
BASELINE, REVIEW, CLOSURE, AFTER = "baseline", "review", "closure", "after"
FEELINGS = ("home", "family", "friends", "school", "safety", "health", "myself")
FACES, TENS = (1.0, 5.0), (0.0, 10.0)


@dataclass(frozen=True, slots=True, repr=False)
class Score:
    """One score: about which ``domain``, by which ``rater``, on which day and at which ``point``.

    ``raw`` is as it was said, on a scale from ``low`` to ``high``; ``percent`` is on 0-100, and
    higher is always better. ``person`` is the child whose own score it is, or blank.
    """

    domain: str
    rater: str
    raw: float
    low: float
    high: float
    on: date
    point: str
    record: str
    person: str = ""

    @property
    def percent(self) -> float:
        """The score on the common scale of 0 to 100 (domain.md 1.11)."""
        return 100 * (self.raw - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True, repr=False)
class Distance:
    """From the first score to the last of one domain, rater and child; only if two points exist.

    ``change`` is in points of the raw scale; ``sustained`` compares a score after closure with the
    one at closure, and is None until there are both.
    """

    domain: str
    rater: str
    person: str
    first: Score
    last: Score
    sustained: bool | None = None

    @property
    def change(self) -> float:
        """Last minus first; more is better."""
        return self.last.raw - self.first.raw

    @property
    def direction(self) -> str:
        """``better``, ``same`` or ``worse``."""
        if self.change == 0:
            return "same"
        return "better" if self.change > 0 else "worse"


def scores(records: Iterable[KnownRecord]) -> tuple[Score, ...]:
    """Every score of a family, in the order of their days."""
    found = [score for record in records for score in _of_record(record)]
    return tuple(sorted(found, key=lambda s: (s.on, s.record, s.domain, s.rater)))


def distances(known: Iterable[Score], tolerance: float = 1) -> tuple[Distance, ...]:
    """How far each domain has come by each rater, where two points exist.

    Scores on different scales are not compared. ``tolerance``: how many points on 0-10 a score may
    fall after closure and still be sustained.
    """
    by_kind: dict[tuple[str, str, str, float, float], list[Score]] = {}
    for score in known:
        key = (score.domain, score.rater, score.person, score.low, score.high)
        by_kind.setdefault(key, []).append(score)
    found = []
    for (domain, rater, person, _, _), of_kind in sorted(by_kind.items()):
        first, last = of_kind[0], of_kind[-1]
        if last.on > first.on or last.point != first.point:
            kept = _sustained(of_kind, tolerance)
            found.append(Distance(domain, rater, person, first, last, kept))
    return tuple(found)


def latest(known: Iterable[Score], day: date) -> dict[tuple[str, str], Score]:
    """The newest score of each domain and rater up to that day, of the whole family."""
    return {(s.domain, s.rater): s for s in known if s.on <= day and not s.person}


def _sustained(of_kind: list[Score], tolerance: float) -> bool | None:
    at_closure = [score for score in of_kind if score.point == CLOSURE]
    after = [score for score in of_kind if score.point == AFTER]
    if not at_closure or not after:
        return None
    allowed = tolerance * (after[-1].high - after[-1].low) / 10
    return after[-1].raw >= at_closure[-1].raw - allowed


def _of_record(record: KnownRecord) -> Iterator[Score]:
    day = record.finalised_on or record.begun_on
    for domain in DOMAINS:
        for entity in entities([record], domain.lower()):
            for rater in RATERS:
                yield from _score(entity, f"score_{rater}", domain, rater, day, BASELINE)
    for entity in entities([record], "rating"):
        yield from _score(entity, "score", "whole", _rater(entity.said("rater")), day, BASELINE)
    for meeting in entities([record], "meeting"):
        held = read_date(meeting.said("held")) or day
        for entity in entities([record], "meeting_score"):
            rater = _rater(entity.said("who"))
            yield from _score(entity, "score", entity.said("domain"), rater, held, REVIEW)
    for review in entities([record], "review"):
        on = read_date(review.said("on")) or day
        for entity in entities([record], "progress"):
            domain = entity.said("domain")
            yield from _score(entity, "score", domain, "practitioner", on, REVIEW)
    for closure in entities([record], "closure"):
        on = read_date(closure.said("on")) or day
        for entity in entities([record], "result"):
            for rater in RATERS:
                name, domain = f"score_{rater}", entity.said("domain")
                yield from _score(entity, name, domain, rater, on, CLOSURE)
    yield from _of_voice(record, day)
    yield from _of_follow_up(record, day)


def _of_voice(record: KnownRecord, day: date) -> Iterator[Score]:
    for entity in entities([record], "voice"):
        on, child = read_date(entity.said("on")) or day, entity.said("child")
        for feeling in FEELINGS:
            name = f"feel_{feeling}"
            yield from _score(entity, name, name, "child", on, BASELINE, FACES, child)
        yield from _score(entity, "how_things_are", "whole", "child", on, BASELINE, TENS, child)


def _of_follow_up(record: KnownRecord, day: date) -> Iterator[Score]:
    """Scores of keeping in touch after closure (domain.md 1.24)."""
    for entity in entities([record], "contact"):
        on = read_date(entity.said("on")) or day
        yield from _score(entity, "how_things_are", "whole", "family", on, AFTER)


def _score(
    entity: Entity,
    name: str,
    domain: str,
    rater: str,
    on: date,
    point: str,
    scale: tuple[float, float] = TENS,
    person: str = "",
) -> Iterator[Score]:
    try:
        raw = float(entity.said(name))
    except ValueError:
        return
    if domain and scale[0] <= raw <= scale[1]:
        yield Score(domain, rater, raw, *scale, on, point, entity.record, person)


def _rater(said: str) -> str:
    """Who scored, by the codes of the forms or the words that people write; blank if unclear."""
    word = said.casefold().strip()
    if word in RATERS:
        return word
    if word in ("mum", "dad", "mother", "father", "parent", "carer", "the family"):
        return "family"
    return "practitioner" if word in ("worker", "lead practitioner") else word or "other"
