"""Units of measures over requests: asked again, asked first, declined; and social care's feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from forms.casework.measures.case import Case, Council
from forms.casework.measures.measure import Unit
from forms.casework.measures.open_help import children_open, cuts_of
from forms.casework.measures.period import Period, months_before
from forms.casework.requests import Request

SAME_REQUEST = timedelta(hours=48)
ONWARD_WORKING_DAYS = 5
_OUTGOING = frozenset({"step_down_out", "advice"})
_NOT_AGAIN = frozenset({"moved", "died", "age", "duplicate"})
_NOT_ENGAGED = frozenset({"withdrew", "no_contact"})
_STEPPED_UP = "step_up"
COUNTED_REASONS = _NOT_AGAIN | _NOT_ENGAGED | {_STEPPED_UP}
"""The codes of a council's closure reasons that a measure knows."""
RETURN_WITHIN = timedelta(days=365)


def _received(case: Case) -> list[Request]:
    """The requests of a family, without those repeated within 48 hours."""
    found: list[Request] = []
    for request in case.requests:
        if request.kind in _OUTGOING or not request.is_final:
            continue
        if not found or request.made - found[-1].made > SAME_REQUEST:
            found.append(request)
    return found


def _asked_for(case: Case) -> dict[str, list[date]]:
    """The days of the requests for each child; a child's id is of one family alone."""
    days: dict[str, list[date]] = defaultdict(list)
    for request in _received(case):
        for child in case.children(request.made):
            days[child.id].append(request.made)
    return days


def asked_again(council: Council, period: Period) -> Iterator[Unit]:
    """M4a."""
    for case in council.cases:
        known = _asked_for(case)
        for request in _received(case):
            if period.holds(request.made):
                since = months_before(request.made, 12)
                children = case.children(request.made)
                earlier = [day for child in children for day in known[child.id]]
                again = any(since <= day < request.made for day in earlier)
                cuts = cuts_of(council, case, request.made)
                yield Unit(case.family, request.record, counted=again, cuts=cuts)


def came_back(council: Council, period: Period) -> Iterator[Unit]:
    """M4b: closed a year before, and back within a year of closure."""
    cohort = period.earlier(12)
    statutory = _statutory(council)
    for case in council.cases:
        for episode in case.episodes:
            if not cohort.holds(episode.end) or episode.end_reason in _NOT_AGAIN:
                continue
            end = episode.end or cohort.last
            until = end + RETURN_WITHIN
            back = any(end < other.start <= until for other in case.episodes)
            children = case.children(end - timedelta(days=1)) or case.children(episode.start)
            taken = any(end < day <= until for c in children for day in statutory.get(c.id, ()))
            how = "early help" if back else "statutory" if taken else "none"
            yield Unit(case.family, episode.id, counted=back, cuts={"return": how})


def asked_first(council: Council, period: Period) -> Iterator[Unit]:
    """M14."""
    for case in council.cases:
        received = _received(case)
        for request in received:
            if period.holds(request.made):
                since = months_before(request.made, 12)
                asked = any(since <= other.made < request.made for other in received)
                helped = any(
                    episode.start < request.made and (episode.end is None or episode.end >= since)
                    for episode in case.episodes
                )
                cuts = cuts_of(council, case, request.made)
                new = not (asked or helped)
                yield Unit(case.family, request.record, counted=new, cuts=cuts)


def declined(council: Council, period: Period) -> Iterator[Unit]:
    """M36: help that ended in the period, and offers declined in it."""
    for case in council.cases:
        for offer in case.declined:
            if period.holds(offer.on):
                yield Unit(case.family, offer.record, cuts={"how": "declined"})
        for episode in case.episodes:
            if period.holds(episode.end):
                lost = episode.end_reason in _NOT_ENGAGED
                how = episode.end_reason if lost else "other end"
                yield Unit(case.family, episode.id, counted=lost, cuts={"how": how})


def stepped_down(council: Council, period: Period) -> Iterator[Unit]:
    """M8."""
    for case in council.cases:
        for episode in case.episodes:
            if period.holds(episode.start) and episode.start_reason == "step_down":
                yield Unit(case.family, episode.id, of=False)
    for ended in council.feeds.social_care_ended:
        if period.holds(ended.on):
            cuts = {"from": ended.kind}
            yield Unit("", f"{ended.record} ended", counted=False, cuts=cuts)


def stepped_up(council: Council, period: Period) -> Iterator[Unit]:
    """M35."""
    for case in council.cases:
        for episode in case.episodes:
            if period.holds(episode.end):
                up = episode.end_reason == _STEPPED_UP
                soon = (
                    up
                    and episode.start_reason == "step_down"
                    and episode.end is not None
                    and episode.end <= months_before(episode.start, -3)
                )
                cuts = {"after": "step down within 3 months" if soon else "other"}
                yield Unit(case.family, episode.id, counted=up, cuts=cuts)


def young_carers(council: Council, period: Period) -> Iterator[Unit]:
    """M6."""
    open_children = {unit.subject for unit in children_open(council, period)}
    for case in council.cases:
        flagged = {one for flag in case.groups if flag.kind == "VG11" for one in flag.people}
        flagged |= {p.id for p in case.people if p.is_child and p.caring == "yes"}
        referred = {
            person
            for referral in case.referrals
            if referral.kind == "young_carers" and period.holds(referral.on)
            for person in referral.people
        }
        for child in sorted(referred | (flagged & open_children)):
            of = child in flagged and child in open_children
            yield Unit(case.family, child, counted=child in referred, of=of)


def family_hub(council: Council, period: Period) -> Iterator[Unit]:
    """M7."""
    for case in council.cases:
        if any(r.kind == "family_hub" and period.holds(r.on) for r in case.referrals):
            cuts = {"area": council.area(case, period.last)}
            yield Unit(case.family, case.family, cuts=cuts)


def repeat_mash(council: Council, period: Period) -> Iterator[Unit]:
    """M5."""
    year = Period(months_before(period.last, 12), period.last)
    by_child: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for contact in council.feeds.mash:
        if year.holds(contact.on) and contact.on > year.first:
            for child in contact.people:
                by_child[child].append((contact.on, contact.kind))
    for child, found in sorted(by_child.items()):
        status = max(found)[1] or "none"
        yield Unit("", child, counted=len(found) >= 2, cuts={"status": status})


def shared_onward(council: Council, period: Period) -> Iterator[Unit]:
    """M15."""
    onward = defaultdict(list)
    for record in council.feeds.onward:
        onward[record.record].append(record.on)
    for contact in council.feeds.mash:
        if period.holds(contact.on) and contact.detail == "below":
            by = council.timescales.calendar.plus_working_days(contact.on, ONWARD_WORKING_DAYS)
            shared = any(contact.on <= day <= by for day in onward[contact.record])
            yield Unit("", contact.record, counted=shared)


def stayed_below(council: Council, period: Period) -> Iterator[Unit]:
    """M16: children whose episode closed a year before."""
    cohort, statutory = period.earlier(12), _statutory(council)
    for case in council.cases:
        for episode in case.episodes:
            if episode.end is not None and cohort.holds(episode.end):
                for child in case.children(episode.start):
                    since = [day for day in statutory.get(child.id, ()) if day > episode.end]
                    yield Unit(case.family, child.id, counted=not since)


def repeat_contact(council: Council, period: Period) -> Iterator[Unit]:
    """M17."""
    days: dict[str, list[date]] = defaultdict(list)
    for contact in council.feeds.mash:
        for child in contact.people:
            days[child].append(contact.on)
    for contact in council.feeds.mash:
        if period.holds(contact.on):
            since = months_before(contact.on, 12)
            again = any(since <= d < contact.on for child in contact.people for d in days[child])
            yield Unit("", contact.record, counted=again)


def _statutory(council: Council) -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for start in council.feeds.statutory:
        for child in start.people:
            found[child].append(start.on)
    return found
