"""Every measure against invented councils, whose truth the generator counts itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.casework.measures.case import Assessment, Case, Council, Dated, Feeds, areas_of, case_of
from forms.casework.measures.catalogue import BY_KEY, MEASURES, in_words_of
from forms.casework.measures.exports import annex_a_list_2, dashboard, ssd_episodes
from forms.casework.measures.frozen import (
    CHANGED_A_LITTLE,
    TOTAL,
    freeze,
    frozen_for_outside,
    nearly_as_published,
    read_frozen,
    revisions,
)
from forms.casework.measures.measure import (
    ROUNDED,
    Count,
    Result,
    Unit,
    compute,
    for_outside,
    outside,
)
from forms.casework.measures.period import Period, quarter
from forms.casework.measures.tally import results, tally, together
from forms.casework.responsible import Lead
from forms.pack import Pack
from tests.forms.casework.conftest import Writing
from tests.forms.casework.council_records import TIMES, feeds, records
from tests.forms.casework.council_truth import truth
from tests.forms.casework.councils import AREAS, Life, council
from tests.forms.casework.test_episodes import MAY, MIA, MUM, agree, close

AREA_ROWS = [{"postcode_starts": start, "area": area} for start, area in AREAS.items()]
Q1, Q2 = quarter(2026, 1), quarter(2026, 2)
SYNCED = datetime(2026, 8, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return list(council(70, seed=7))


@pytest.fixture(scope="module")
def demo(lives: list[Life], pack: Pack, definitions: dict[str, object]) -> Council:
    writing = Writing(pack, definitions)  # type: ignore[arg-type]
    cases = [case_of(life.family, records(life, writing.definition)) for life in lives]
    return Council(cases, TIMES, areas_of(AREA_ROWS), feeds(lives))


@pytest.mark.parametrize(
    "period", [Q2, quarter(2025, 3), Period(date(2024, 4, 1), date(2026, 3, 31))], ids=str
)
def test_the_measures_are_what_was_planned(
    lives: list[Life], demo: Council, period: Period
) -> None:
    planned = truth(lives, period.first, period.last)
    wrong = {}
    for key, (counted, of) in sorted(planned.items()):
        measure = BY_KEY[key]
        found = compute(measure, demo, period).total
        wanted = (counted, of if measure.denominator else None)
        if (found.counted, found.of) != wanted:
            wrong[key] = (found.counted, found.of), wanted
    assert wrong == {}
    assert len(planned) >= 30


def test_every_measure_says_what_it_counts_and_can_be_computed(demo: Council) -> None:
    assert len({measure.key for measure in MEASURES}) == len(MEASURES)
    for measure in MEASURES:
        assert measure.numerator
        assert measure.source.startswith("domain.md")
        result = compute(measure, demo, Q2)
        if not measure.key.startswith(("M9", "M19")):
            assert len({u.subject for u in result.listed()}) == result.total.counted


def test_figures_added_up_family_by_family_are_those_of_the_council(demo: Council) -> None:
    whole = replace(demo, feeds=Feeds(devices=(Dated("laptop", Q2.first),), read_on=Q2.last))
    shares = [tally(Council([case], TIMES, demo.area_of), Q2) for case in demo.cases]
    total = together([*shares, tally(replace(whole, cases=()), Q2)])
    for found in results(total, Q2):
        exact = compute(found.measure, whole, Q2)
        assert (found.total, found.by) == (exact.total, exact.by)
        cells = [("", ""), *((named, value) for named in exact.by for value in exact.by[named])]
        for cut, value in cells:
            behind = {
                case.family
                for case, share in zip(demo.cases, shares, strict=True)
                if share.counts(found.measure.key, cut, value)
            }
            assert behind == {unit.family for unit in exact.listed(cut, value) if unit.family}


def test_a_council_words_a_measure_and_not_what_it_counts() -> None:
    rows = [
        {"measure": "M24", "version": "1", "title": "In good time", "caveats": "Of those begun."},
        {"measure": "M2", "version": "7", "title": "Something else", "caveats": ""},
    ]
    said = {one.key: one for one in in_words_of({"measures": rows})}
    assert (said["M24"].title, said["M24"].caveats) == ("In good time", ("Of those begun.",))
    assert replace(said["M24"], title="", caveats=()) == replace(
        BY_KEY["M24"], title="", caveats=()
    )
    assert said["M2"] == BY_KEY["M2"]  # a row for another version speaks of something else


def test_three_years_of_the_council_hold_every_measure_but_the_devices(lives: list[Life]) -> None:
    planned = truth(lives, date(2024, 1, 1), date(2026, 11, 23))
    assert {measure.key for measure in MEASURES} - planned.keys() == {"M38"}


def one_case(writing: Writing) -> Council:
    return Council([case_of("family", writing.records)], TIMES, areas_of(AREA_ROWS))


def total(key: str, of: Council, period: Period = Q2) -> tuple[int, int | None]:
    found = compute(BY_KEY[key], of, period).total
    return found.counted, found.of


def test_a_lead_who_changes_in_the_quarter_counts_as_of_its_last_day(writing: Writing) -> None:
    agree(writing, MAY, MUM)
    for agency, since in (("school", "2026-06-01"), ("start_well", "2026-08-15")):
        told = {"person_name": agency, "agency": agency, "from": since, "accepted": "yes"}
        writing.tell("lead", on=date.fromisoformat(since), lead=told)
    found = one_case(writing)
    assert total("M2", found, quarter(2026, 1)) == (0, 1)
    assert total("M2", found) == (1, 1)


def test_a_record_belongs_to_the_quarter_of_its_own_day_and_a_frozen_one_is_revised(
    writing: Writing,
) -> None:
    agree(writing, MAY, MUM)
    period = quarter(2025, 4)
    before = [compute(measure, one_case(writing), period) for measure in MEASURES]
    frozen = freeze(period, before, datetime(2026, 4, 2, tzinfo=UTC))
    assert revisions(frozen, before) == ()
    told = {"started": "2026-03-10", "completed": "2026-03-30", "level": "2"}
    writing.tell("assessment", on=date(2026, 3, 30), assessment=told)  # synced on 4 April
    now = [compute(measure, one_case(writing), period) for measure in MEASURES]
    kept = read_frozen(frozen.as_json())
    assert kept == frozen
    found = {(r.measure, r.cut): r for r in revisions(kept, now)}
    late = found["M24", ""]
    assert late.published is not None
    assert late.now is not None
    assert (late.published.of, late.now.of, late.redefined) == (0, 1, False)
    redefined = replace(now[0], measure=replace(now[0].measure, version=2))
    changed = revisions(kept, [redefined])
    assert changed
    assert all(revision.redefined for revision in changed)


def test_a_protected_or_unknown_address_has_no_neighbourhood(writing: Writing) -> None:
    agree(writing, MAY, MUM)
    known = {"kind": "main", "postcode": "zz1 2ab", "confidential": "no"}
    cuts = []
    for home in ({**known, "confidential": "yes"}, known, {**known, "postcode": "LS1 1AA"}):
        writing.tell("household", on=MAY, record="home", final=False, home=[home])
        cuts.append(list(compute(BY_KEY["M1"], one_case(writing), Q2).by["area"]))
    assert cuts == [["not shown"], ["North"], ["not mapped"]]


def test_an_old_voice_used_again_at_a_review_is_not_fresh(writing: Writing) -> None:
    child = {"role": "child", "given_name": "Mia", "born": "2015-02-01", "included": "yes"}
    writing.tell("household", on=MAY, person=[{"id": MIA, **child}])
    agree(writing, MAY, MUM)
    writing.tell("child_voice", on=MAY, voice={"child": MIA, "on": MAY, "how": "talked"})
    writing.tell("review", on=date(2026, 7, 20), review={"on": "2026-07-20"})
    writing.tell("review", on=date(2026, 9, 1), review={"on": "2026-09-01"})
    assert total("M28", one_case(writing)) == (1, 2)


def test_blank_and_does_not_apply_are_no_answers_and_each_survey_counts(writing: Writing) -> None:
    agree(writing, MAY, MUM)
    close(writing, date(2026, 9, 1))
    on = {"on": "2026-09-01", "collected": "alone"}
    writing.tell("feedback_adult", on=MAY, feedback={**on, "m9_a": "5", "m9_b": "na"})
    writing.tell("feedback_adult", on=MAY, feedback={**on, "m9_a": "2"})
    writing.tell("feedback_child", on=MAY, feedback={**on, "m9_a": "4"})
    writing.tell("feedback_adult", on=MAY, feedback=on)
    found = one_case(writing)
    assert total("M9a", found) == (2, 3)
    assert total("M9b", found) == (0, 0)
    assert total("M9 response", found) == (1, 1)
    assert for_outside(compute(BY_KEY["M9a"], found, Q2)).total.hidden  # under ten


def test_devices_that_have_not_synced_are_counted(demo: Council) -> None:
    seen = (date(2026, 9, 29), date(2026, 9, 1), date(2026, 8, 1))
    devices = tuple(Dated(f"device-{n}", on, detail=str(n)) for n, on in enumerate(seen))
    found = compute(BY_KEY["M38"], replace(demo, feeds=Feeds(devices=devices)), Q2)
    assert (found.total.counted, found.total.of) == (2, 3)
    assert {unit.subject for unit in found.listed()} == {"device-1", "device-2"}


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 12), st.integers(0, 12)))
)
def test_what_leaves_the_service_shows_no_small_number(drawn: dict[str, tuple[int, int]]) -> None:
    def units(_: Council, __: Period) -> Iterator[Unit]:
        for cut, (counted, others) in drawn.items():
            for n in range(counted + others):
                yield Unit("f", f"{cut}{n}", counted=n < counted, cuts={"area": cut})

    measure = replace(BY_KEY["M24"], units=units, cuts=("area",))
    whole = compute(measure, Council([], TIMES), Q2)
    found = for_outside(whole)
    assert found.units == ()
    for count in (found.total, *found.by["area"].values()):
        if not count.hidden:
            assert count.counted == 0 or count.counted >= 5
            assert count.of is not None
            assert count.of - count.counted == 0 or count.of - count.counted >= 5
        else:
            assert (count.counted, count.of, count.percent) == (0, None, None)
    hidden = [cut for cut, count in found.by["area"].items() if count.hidden]
    shown = [cut for cut, count in found.by["area"].items() if not count.hidden and count.of]
    if hidden and shown:  # else they are told by nothing, or by a total that is hidden itself
        counted, others = (sum(drawn[cut][side] for cut in hidden) for side in (0, 1))
        assert len(hidden) > 1
        assert counted not in range(1, 5), "the total less what is shown is a small number"
        assert others not in range(1, 5)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("M1", "M1 families", "M13 lately", "M3", "M24", "M13")),
            st.sampled_from("ab"),
            st.sampled_from((Q1, Q2)),
            st.integers(0, 14),
            st.integers(0, 14),
        ),
        max_size=16,
    )
)
def test_no_sum_or_difference_of_figures_that_leave_is_a_small_number(
    drawn: list[tuple[str, str, Period, int, int]],
) -> None:
    """Whatever is added to or taken from whatever: measures, cuts, quarters, published or not."""

    def units(key: str, _: Council, period: Period) -> Iterator[Unit]:
        for place, (measure, cut, of, counted, others) in enumerate(drawn):
            for n in range(counted + others if (measure, of) == (key, period) else 0):
                yield Unit("f", f"{place}.{n}", n < counted, cuts={"area": cut}, value=float(n))

    shown: list[Count] = []
    for period in (Q1, Q2):
        found = [
            compute(
                replace(BY_KEY[key], units=partial(units, key), cuts=("area",)),
                Council([], TIMES),
                period,
            )
            for key in ("M1", "M1 families", "M13 lately", "M3", "M24", "M13")
        ]
        frozen = freeze(period, found, SYNCED)
        for result in (*map(for_outside, found), *map(for_outside, map(for_outside, found))):
            assert ROUNDED in result.measure.caveats
            shown += [result.total, *result.by["area"].values()]
            assert frozen_for_outside(frozen).figures[result.measure.key][TOTAL] == result.total
        for cuts in frozen_for_outside(frozen).figures.values():
            shown += cuts.values()
    for count in shown:
        assert (count.counted % 5, (count.of or 0) % 5) == (0, 0)
        if count.hidden:
            assert count == Count(0, hidden=True)
        if count.mean is not None:
            assert (count.of or count.counted) >= 10
            assert count.mean == round(count.mean, 1)


@pytest.mark.parametrize(("counted", "is_hidden"), [(0, False), (74, True), (75, False)])
def test_what_counts_one_episode_many_times_tells_nothing_of_four(
    counted: int, is_hidden: bool
) -> None:
    """M3: an episode is counted at 13 month ends, as begun and as ended."""
    assert outside(Count(counted), BY_KEY["M3"].smallest).hidden is is_hidden


def test_a_revision_by_fewer_than_five_leaves_as_it_was_published() -> None:
    def counting(number: int) -> list[Result]:
        def units(_: Council, __: Period) -> Iterator[Unit]:
            yield from (Unit("f", f"{n}", n < number, cuts={"area": "a"}) for n in range(90))

        measure = replace(BY_KEY["M24"], units=units, cuts=("area",))
        return [compute(measure, Council([], TIMES), Q2)]

    kept = freeze(Q2, counting(50), SYNCED)
    for now, leaves in ((50, 50), (51, 50), (54, 50), (55, 55), (46, 50), (45, 45)):
        (found,) = nearly_as_published(kept, counting(now))
        assert (found.total.counted, found.by["area"]["a"].counted) == (leaves, leaves)
        assert (CHANGED_A_LITTLE in found.measure.caveats) == (leaves != now)
    elsewhere = replace(kept, versions={"M24": 99})  # defined anew: it is another figure
    assert [found.total.counted for found in nearly_as_published(elsewhere, counting(51))] == [51]


@pytest.mark.parametrize(
    ("leigh", "total", "shown"),
    [(64, 112, (112, 60, 40)), (66, 112, (112, 66, 46)), (66, 101, (100, 60, 40))],
    ids=["one of two by little", "both by much", "the total by little"],
)
def test_no_sum_tells_what_changed_by_fewer_than_five(
    leigh: int, total: int, shown: tuple[int, int, int]
) -> None:
    def counting(leigh: int, total: int) -> list[Result]:
        def units(_: Council, __: Period) -> Iterator[Unit]:
            for n in range(total):
                yield Unit("f", f"{n}", True, cuts={"area": "Leigh" if n < leigh else "Wigan"})

        measure = replace(BY_KEY["M24"], units=units, cuts=("area",))
        return [compute(measure, Council([], TIMES), Q2)]

    (found,) = nearly_as_published(freeze(Q2, counting(60, 100), SYNCED), counting(leigh, total))
    area = found.by["area"]
    assert (found.total.counted, area["Leigh"].counted, area["Wigan"].counted) == shown


def test_a_figure_drills_down_to_its_own_list(demo: Council) -> None:
    result = compute(BY_KEY["M1"], demo, Q2)
    for area, count in result.by["area"].items():
        assert len(result.listed("area", area)) == count.counted
    assert sum(count.counted for count in result.by["area"].values()) == result.total.counted


def a_child_each(demo: Council) -> None:
    """Annex A list 2 holds help that goes on without an assessment, and no old assessment of it."""
    day = Q2.last
    case = next(
        case
        for case in demo.cases
        if case.children(day) and case.assessments and case.episodes[-1].is_open_on(day)
    )
    now = case.episodes[-1].start
    old = replace(case.assessments[0], started=date(2015, 1, 5), finished=date(2015, 2, 5))
    own = replace(case.assessments[0], started=now, finished=now)
    children = len(case.children(day))

    def days(*assessments: Assessment, of: Case = case) -> list[tuple[str, str]]:
        text = annex_a_list_2([replace(of, assessments=assessments)], day)
        found = csv.DictReader(io.StringIO(text))
        return [(row["Assessment start date"], row["Assessment completion date"]) for row in found]

    assert days() == days(old) == [("", "")] * children
    ended = replace(case.episodes[-1], start=date(2015, 1, 1), end=date(2015, 3, 1))
    again = replace(case, episodes=(ended, case.episodes[-1]))
    assert days(replace(old, finished=None), of=again) == [("", "")] * children
    assert days(old, own) == [(now.isoformat(), now.isoformat())] * len(case.children(now))


def test_exports_hold_a_row_a_child_and_no_formula(demo: Council, lives: list[Life]) -> None:
    rows = list(csv.DictReader(io.StringIO(ssd_episodes(demo.cases, Q2))))
    planned = sum(
        life.children
        for life in lives
        for one in life.helps
        if one.start <= Q2.last and (one.end is None or one.end >= Q2.first)
    )
    assert len(rows) == planned
    assert all(row["earl_episode_start_date"] for row in rows)
    listed = list(csv.DictReader(io.StringIO(annex_a_list_2(demo.cases, Q2.last))))
    assert listed
    assert {row["Gender"] for row in listed} == {"U"}
    a_child_each(demo)
    text = dashboard([compute(measure, demo, Q2) for measure in MEASURES])
    figures = list(csv.DictReader(io.StringIO(text)))
    assert {row["measure"] for row in figures} == {measure.key for measure in MEASURES}
    assert not [row for row in figures if row["count"] in ("1", "2", "3", "4")]
    case = replace(demo.cases[0], leads=(Lead("", "=1+1", "=1+1", date(2020, 1, 1), None, "r"),))
    assert "'=1+1" in ssd_episodes([case], Period(date(2020, 1, 1), date(2027, 1, 1)))
