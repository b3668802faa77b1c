"""What the measures of an invented council must be, counted from its plans and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tests.forms.casework.councils import DAY, STATEMENTS, Help, Life

Say = Callable[..., None]


def truth(lives: Iterable[Life], first: date, last: date) -> dict[str, tuple[int, int | None]]:
    """What each measure of the period must be: counted, and of how many."""
    known = list(lives)
    total: dict[str, list[int]] = {}

    def say(key: str, counted: bool = True, of: bool = True) -> None:  # noqa: FBT - the table's own
        figures = total.setdefault(key, [0, 0])
        figures[0] += counted
        figures[1] += of

    for life in known:
        _truth_of_open(life, last, say)
        _truth_of_asking(life, first, last, say)
        _truth_of_work(life, first, last, say)
        _truth_of_time(life, first, last, say)
        _truth_of_feeds(life, first, last, say)
    return {key: (counted, of) for key, (counted, of) in total.items()}


def _truth_of_open(life: Life, last: date, say: Say) -> None:
    for one in life.helps:
        if not _is_open(one, last):
            continue
        say("M1")
        say("M1 families")
        for _ in range(life.children):
            say("M1 children")
        say("M2", life.lead(last) == "start_well")
        if one.assessed and one.assessed <= last:
            say("M10")
        begun = [other for other in life.helps if other.assessment_started]
        for _ in range(life.children):
            say("M29", bool(begun) and all(life.views))
        sixteen = date(life.born(0) + 16, 5, 5) <= last  # old enough to agree, and nobody asked
        say("M31", life.noticed and not sixteen)
        quiet = [day for day in life.visits if day <= last]
        say(
            "M33",
            (last - one.start).days > 365
            or len([day for day, _ in one.reviews if day <= last]) >= 3
            or (last - (max(quiet) if quiet else one.start)).days > 42,
        )
        if life.neet_risk:
            say("M22", True)
        seen = [d for d in life.oversight if last - timedelta(weeks=12) <= d <= last]
        say("M32", bool(seen))
        if _last_plan(life) is not None:
            for _ in range(life.smart if _last_plan(life) is life.helps[-1] else 0):
                say("M30", True)
            for _ in range(life.vague if _last_plan(life) is life.helps[-1] else 0):
                say("M30", False)
        if life.large_print:
            given = [h for h in life.helps if h.plan and h.plan <= last]
            say("M37", life.large_given and bool(given))


def _is_open(one: Help, day: date) -> bool:
    return one.start <= day and (one.end is None or one.end > day)


def _last_plan(life: Life) -> Help | None:
    planned = [one for one in life.helps if one.plan]
    return planned[-1] if planned else None


def _truth_of_asking(life: Life, first: date, last: date, say: Say) -> None:
    for number, day in enumerate(life.asked):
        if first <= day <= last:
            year = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day - DAY
            earlier = [d for d in life.asked[:number] if d >= year]
            say("M4a", bool(earlier))
            helped = [h for h in life.helps if h.start < day and (h.end is None or h.end >= year)]
            say("M14", not earlier and not helped)
    for day in life.declined:
        if first <= day <= last:
            say("M36", True)
    for number, one in enumerate(life.helps):
        if one.stepped_down and first <= one.start <= last:
            say("M8", True, False)
        if one.end is None:
            continue
        if first <= one.end <= last:
            say("M35", one.reason == "step_up")
            say("M36", one.reason in ("withdrew", "no_contact"))
        year_later = one.end.replace(year=one.end.year + 1)
        if first <= year_later <= last and one.reason != "moved":
            again = life.helps[number + 1 :]
            say("M4b", any((other.start - one.end).days <= 365 for other in again))
    if any(first <= day <= last for day in life.hub):
        say("M7")
    is_open = any(h.start <= last and (h.end is None or h.end > last) for h in life.helps)
    referred = any(first <= day <= last for day in life.carers)
    if referred or (life.is_carer and is_open):
        say("M6", referred, life.is_carer and is_open)


def _truth_of_work(life: Life, first: date, last: date, say: Say) -> None:
    for one in life.helps:
        if one.assessed and first <= one.assessed <= last:
            say("M24", not one.late)
            say("M11", len({organisation for organisation, _ in one.authors}) >= 2)
            for heard in one.heard:
                say("M28", heard)
        if one.first_meeting and first <= one.first_meeting <= last:
            say("M13")
            say("M27", one.notes_given or _plan_given_near(life, one.first_meeting))
            for came in one.attended:
                say("M13 attendance", came)
        if one.end and first <= one.end <= last:
            for _, achieved in one.outcomes:
                say("M34", achieved == "achieved")
    ended = [a for h in life.helps if h.end and first <= h.end <= last for _, a in h.outcomes]
    if ended:
        say("M34 families", set(ended) == {"achieved"})
    for day, _ in life.tools:
        if first <= day <= last:
            say("M12")
    for day, _, answer in life.surveys:
        if first <= day <= last and answer in "12345" and answer:
            for statement in STATEMENTS:
                say(f"M9{statement[-1]}", answer in "45")
    if any(h.end and first <= h.end <= last for h in life.helps):
        answered = [a for d, _, a in life.surveys if first <= d <= last and a not in ("", "na")]
        say("M9 response", bool(answered))


def _truth_of_time(life: Life, first: date, last: date, say: Say) -> None:
    for one in life.helps:
        if one.level == 3 and one.assessed and one.assessment_started:
            weekend = {5: 1, 6: 2}.get(one.assessment_started.weekday(), 0)
            due = one.assessment_started + timedelta(days=42 - weekend)
            if first <= due <= last and _is_open(one, due):
                say("M25", one.first_meeting is not None and not one.meeting_late)
        if one.plan:
            begun, weeks = one.plan, 6
            for held, in_time in (*one.reviews, (None, False)):
                due = begun + timedelta(weeks=weeks)
                if first <= due <= last and _is_open(one, due):
                    say("M26", in_time)
                if held is not None:
                    begun, weeks = held, 12
        if _is_open(one, last) and one.assessed and first <= one.assessed <= last:
            say("M23", one.plan is not None and one.plan <= last)
        for held, _ in one.reviews:
            if first <= held <= last and one.assessed:
                spoke = one.assessed - timedelta(days=7)
                for heard in one.heard:
                    say("M28", heard and (held - spoke).days <= 84)
        was_open = one.start <= last and (one.end is None or one.end >= first)
        if was_open and life.neglect and any(h.assessment_started for h in life.helps):
            used = [day for day, tool in life.tools if tool == "gcp" and day <= last]
            say("M12 relevant", bool(used))
        for month in range(13):
            _truth_of_month(one, last, month, say)
    decided = [(d, h.level) for h in life.helps for d in (h.assessed, *(r for r, _ in h.reviews))
               if d and d <= last]  # fmt: skip
    for one in life.helps:
        if _is_open(one, last) and decided and max(decided)[1] == 3:
            met = [h.first_meeting for h in life.helps if h.first_meeting]
            say("M13 lately", any(last - timedelta(days=56) <= day <= last for day in met))
    end = life.helps[-1].end
    if end and life.in_touch:
        if first <= end + timedelta(days=90) <= last:
            say("M18", life.in_touch[0])
        if first <= end + timedelta(days=180) <= last:
            for _, achieved in life.helps[-1].outcomes:
                if achieved == "achieved":
                    say("M34 sustained", life.in_touch[1])
    one = life.helps[0]
    if life.scores and one.assessment_started and one.end and first <= one.end <= last:
        say("M19", life.scores[1] > life.scores[0])


def _truth_of_month(one: Help, last: date, back: int, say: Say) -> None:
    month = last.year * 12 + last.month - 1 - back
    begins = date(month // 12, month % 12 + 1, 1)
    ends = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - DAY
    if _is_open(one, ends):
        say("M3")
    if begins <= one.start <= ends:
        say("M3")
    if one.end and begins <= one.end <= ends:
        say("M3")


def _truth_of_feeds(life: Life, first: date, last: date, say: Say) -> None:
    if life.neet_risk and not any(_is_open(one, last) for one in life.helps):
        say("M22", False)
    year = last.replace(year=last.year - 1)
    lately = [day for day, _, _ in life.mash if year < day <= last]
    if lately:
        say("M5", len(lately) >= 2)
    for day, below, shared in life.mash:
        if first <= day <= last:
            before = [d for d, _, _ in life.mash if day.replace(year=day.year - 1) <= d < day]
            say("M17", bool(before))
            if below:
                say("M15", shared)
    for one in life.helps:
        if one.end and first <= one.end.replace(year=one.end.year + 1) <= last:
            for number in range(life.children):
                later = life.statutory and life.statutory > one.end
                say("M16", not (number == 0 and later))


def _plan_given_near(life: Life, day: date) -> bool:
    given = [h.plan for h in life.helps if h.plan and life.large_given]
    return any(day <= one <= day + timedelta(days=7) for one in given)
