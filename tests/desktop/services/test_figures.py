"""Figures of one's own families, and as files: trends, and no small number leaves."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.printing.family_pictures import PictureWords
from desktop.printing.figures_page import FigureWords
from desktop.printing.story import Table
from desktop.services.clock import Clock
from desktop.services.figure_files import FigureFiles, as_csv
from desktop.services.figure_views import Dashboard, FigureLine, Number
from desktop.services.figures import Figures
from desktop.services.packs import Packs
from desktop.services.papers.figures import dashboard_paper
from desktop.services.papers.fixed_words import EASY_ENGLISH, FixedWords, languages_of
from desktop.services.team import TeamDesk
from desktop.ui.lanes import InlineLane
from desktop.ui.moments import Moments
from desktop.ui.pages.figure_card import FigureCard
from desktop.ui.pages.figures import FiguresPage
from desktop.ui.pages.team import TeamPage
from desktop.ui.presenters.figures import FigureLanes, FiguresPresenter
from desktop.ui.presenters.team import TeamPresenter
from desktop.vault import Vault
from forms.casework.measures.catalogue import BY_KEY
from forms.casework.measures.period import quarter_of
from forms.pack import Pack
from sync.ehm import measure_routes, oversight_routes
from sync.ehm.permissions import Role
from tests.desktop.services.making import Desk
from tests.desktop.services.test_team import desk_of
from tests.desktop.ui.pages.case_examples import COUNCIL_FIGURES, OWN_FIGURES
from tests.desktop.ui.pages.walk import click, said_on
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.test_oversight import Worker, publish

LAST = date(2026, 12, 31)


@pytest.fixture
def figures(desk: Desk) -> Figures:
    team = TeamDesk(None, desk.vault.worker.role, desk.clock)
    return Figures(desk.vault, desk.packs, desk.known, desk.clock, team)


def with_agreement(desk: Desk) -> str:
    family = desk.families.begin()
    home = desk.open(desk.records.begin(family, "household"))
    home.answer("/household/family/family_name", "The Sandersons")
    person = "/household/people/person"
    row, _ = home.add_row(person, {f"{person}/role": "parent", f"{person}/given_name": "Dana"})
    desk.records.seal(home.freeze())
    agreed = desk.open(desk.records.begin(family, "agreement"))
    decision = "/agreement/people/decision"
    told = {"who": row[-37:-1], "answer": "agrees", "agreed_on": "2026-09-01"}
    agreed.add_row(decision, {f"{decision}/{name}": value for name, value in told.items()})
    desk.records.seal(agreed.freeze())
    return family


def test_own_figures_count_this_laptops_families_and_say_how_it_was(
    figures: Figures, desk: Desk
) -> None:
    family = with_agreement(desk)
    shown = figures.own(LAST)
    lines = {line.key: line for line in shown.figures}
    assert (shown.first, shown.last, shown.earlier[:2]) == (
        date(2026, 10, 1),
        LAST,
        (date(2026, 9, 30), date(2026, 6, 30)),
    )
    counted = [number.counted for number in lines["M1"].before if number is not None]
    assert (lines["M1"].now.counted, counted) == (1, [1, 0, 0, 0])
    assert lines["M1"].families == ((family, "The Sandersons"),)
    assert "M5" not in lines  # of other systems, and nothing here supplies it
    assert figures.holds(family)
    assert figures.scopes == ("own",)


def test_an_analyst_is_offered_the_councils_quarters_that_are_over(figures: Figures) -> None:
    assert figures.quarters()[0][1] == date(2026, 3, 31)
    vault = cast(Vault, SimpleNamespace(worker=SimpleNamespace(role="Analyst")))
    analysts = replace(figures, vault=vault)
    assert (analysts.scopes, analysts.quarters()[0][1]) == (("council",), date(2025, 12, 31))


def rows(shown: Dashboard) -> dict[tuple[str, str, str, str], str]:
    found = csv.DictReader(io.StringIO(as_csv(shown)))
    return {(r["measure"], r["last"], r["cut"], r["value"]): r["count"] for r in found}


def test_no_small_number_leaves_in_a_file_and_trends_do() -> None:
    own = rows(OWN_FIGURES)
    assert own["M1", "2026-03-31", "", ""] == "10"
    assert own["M1", "2025-12-31", "", ""] == "5"
    assert own["M24", "2026-03-31", "", ""] == "not shown"
    assert own["M1", "2026-03-31", "level", "3"] == "not shown"
    assert own["M1", "2026-03-31", "level", "2"] == "not shown"  # or the other were known
    assert rows(published_as(50))["M24", "2025-12-31", "", ""] == "60"


def test_paper_and_file_say_the_same_of_every_figure(pack: Pack) -> None:
    """What is hidden in one is hidden in the other, and both are to the nearest 5."""
    numbers = [
        Number(counted, None if others is None else counted + others)
        for counted in range(13)
        for others in (None, *range(7))
    ]
    keys = ("M1", "M3", "M24", "M9b")  # plain, rolling twelve months, a share, a survey
    ends = [date(2026 - n // 4, (12, 9, 6, 3)[n % 4], 28) for n in range(1, len(numbers))]
    ends = [quarter_of(day).last for day in ends]
    figures = tuple(
        FigureLine(key, BY_KEY[key].title, "", "", numbers[0], before=tuple(numbers[1:]))
        for key in keys
    )
    shown = Dashboard("own", date(2026, 10, 1), LAST, figures, tuple(ends))
    story = dashboard_paper(cast(Packs, SimpleNamespace(newest=pack)), shown).story("")
    on_paper = {
        str(row[0]).rpartition("(")[2].rstrip(")"): row[1:]
        for table in story.blocks
        if isinstance(table, Table)
        for row in table.rows
    }
    in_file = {
        (row["measure"], row["last"]): as_printed(row)
        for row in csv.DictReader(io.StringIO(as_csv(shown)))
    }
    assert set(on_paper) == set(keys)
    for key in keys:
        assert on_paper[key] == tuple(in_file[key, last.isoformat()] for last in (LAST, *ends))
        assert "not shown" in on_paper[key]


def as_printed(row: dict[str, str]) -> str:
    """A row of the file as the paper would say it."""
    if not row["of"]:
        return row["count"]
    said = f"{row['count']} of {row['of']}"
    if not row["percent"]:
        return said
    share = 100 * int(row["count"]) / int(row["of"])
    assert row["percent"] == f"{share:.1f}"
    return f"{said}, {share:.0f}%"


def test_the_pages_say_the_trend_the_freshness_and_what_was_published(desk: Desk) -> None:
    def said(shown: Dashboard, manner: str) -> str:
        printing = desk.paper.figures_desk(shown)
        pages = printing.typeset(
            printing.gather("blank", "standard", manner), lambda _: None, lambda: False
        )
        return " ".join(" ".join(pages.text).split())

    for part in (
        "October to December 2025",
        "60 of 80, 75%",
        "to September 2025",
        "Assessments on time (M24): published as 50 of 80, 62%, now 60 of 80, 75%.",
        "The newest change in these figures is of 10 March 2026.",
    ):
        assert part in said(published_as(50), "plain")
    assert "Oceny na czas" in said(COUNCIL_FIGURES, "beside:Polski (pl)")
    assert "it was 50 of 80 (62%) and is now 60 of 80 (75%)." in said(published_as(50), "easy")
    nearly = said(COUNCIL_FIGURES, "plain")
    assert "(M24): has changed by fewer than 5 since; what was published stands here." in nearly
    assert "60 of 80, 75%" in nearly
    assert "61 of 80" not in nearly
    small = replace(OWN_FIGURES, figures=OWN_FIGURES.figures[1:])
    assert "3 of 4" not in said(small, "plain")


def published_as(counted: int) -> Dashboard:
    """61 of 80 now: what was published of it, in all and of one group."""
    number = Number(counted, 80, 100 * counted / 80)
    plain, share = COUNCIL_FIGURES.figures
    in_leigh = (("area", (("Leigh", share.now),)),)
    told = replace(
        share,
        revised=number,
        revised_by={"area=Leigh": number},
        by=in_leigh,
    )
    return replace(COUNCIL_FIGURES, figures=(plain, told))


def test_a_revision_by_fewer_than_five_leaves_as_it_was_published() -> None:
    for published, leaves in ((60, 60), (57, 55), (56, 60), (61, 60), (65, 65), (66, 60)):
        found = rows(published_as(published))
        for cut in (("", ""), ("area", "Leigh")):
            assert found["M24", "2025-12-31", *cut] == str(leaves)
        says = "Changed by fewer than 5" in as_csv(published_as(published))
        assert says == (abs(published - 61) in range(1, 5))


def test_no_sum_tells_what_changed_by_fewer_than_five() -> None:
    told = published_as(50)
    plain, share = told.figures
    areas = (("Leigh", Number(31, 40)), ("Wigan", Number(30, 40)))
    revised = {"area=Leigh": Number(30, 40), "area=Wigan": Number(20, 40)}
    changed = replace(share, by=(("area", areas),), revised_by=revised)
    found = rows(replace(told, figures=(plain, changed)))
    shown = [
        found["M24", "2025-12-31", *cut] for cut in (("", ""), *(("area", a) for a, _ in areas))
    ]
    assert shown == ["60", "30", "20"]


def test_every_measure_has_a_name_in_each_language_of_papers(pack: Pack) -> None:
    for language in (EASY_ENGLISH, *languages_of(pack, FigureWords, PictureWords)):
        words = FixedWords.of(pack, language)
        assert dict(words.of_kind(FigureWords).measures).keys() == BY_KEY.keys(), language
        assert len(words.of_kind(PictureWords).outcomes) == len(pack.tables["outcomes"]), language


class Council(NamedTuple):
    """An EHM whose last quarter is over, with families in it, and a manager."""

    ehm: RunningEhm
    families: list[str]
    team: TeamDesk


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    folder = tmp_path_factory.mktemp("council")
    with running_ehm(f"sqlite:///{folder / 'ehm.db'}") as ehm:
        publish(ehm)
        ehm.clock.pass_time(days=31)
        with closing(Laptop(ehm, "Priya")) as priya:
            worker = Worker(priya)
            families = [worker.agreed(), worker.agreed(), worker.agreed()]
            assert priya.sync().checked
        yield Council(ehm, families, desk_of(ehm, "Mo Ager", Role.MANAGER))


@pytest.fixture
def asking(desk: Desk, council: Council) -> Figures:
    clock = Clock(council.ehm.clock)
    return Figures(desk.vault, desk.packs, desk.known, clock, council.team)


def test_a_manager_asks_the_centre_lists_a_figure_and_publishes_the_quarter(
    asking: Figures, council: Council
) -> None:
    shown = asking.asked("council", date(2026, 3, 31))
    line = next(line for line in shown.figures if line.key == "M1")
    assert (line.now.counted, [number.counted for number in line.before if number]) == (
        3,
        [0, 0, 0, 0],
    )
    assert (shown.published, shown.can_publish, shown.can_list) == (None, True, True)
    assert shown.written is not None
    behind = asking.families_behind(shown, "M1")
    assert {family for family, _ in behind} == set(council.families)
    assert {number for _, number in behind} == {"EH-000001", "EH-000002", "EH-000003"}
    published = asking.publish(shown).published
    assert published is not None
    assert (published.number, published.by, published.changed) == (1, "Mo Ager", 0)


class OneAtATime(InlineLane):
    """Runs a job when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def submit(self, *job: Any, background: bool = False) -> None:
        self.waiting.append(partial(super().submit, *job))

    def go(self) -> None:
        self.waiting.pop(0)()


def test_a_count_that_takes_long_shows_how_far_it_is_and_can_be_stopped(
    asking: Figures, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure_routes, "SECONDS_AT_A_TIME", -1.0)  # a family at a time
    page = FiguresPage(Moments(asking.clock), ("council",), asking.quarters())
    qtbot.addWidget(page)
    lane, opened = OneAtATime(), list[Any]()
    files = FigureFiles(asking.vault)
    FiguresPresenter(page, FigureLanes(lane, lane), asking, files, opened.append, opened.append)
    page.show()
    assert "The centre is asked" in said_on(page)
    lane.go()
    assert "1 of 3 families so far" in said_on(page)
    click(page, "Stop the counting")
    lane.go()
    assert (lane.waiting, page.shown) == ([], None)
    click(page, "Go on counting")
    lane.go()
    assert page.cards == {}
    monkeypatch.undo()
    lane.go()
    assert page.shown is not None
    assert "so far" not in said_on(page)
    page.when.setCurrentIndex(2)
    page.asked.emit()
    page.asked.emit()  # the first is not wanted any more
    assert page.findChildren(FigureCard) == []
    while lane.waiting:
        lane.go()
    assert page.shown.last == page.quarter


def test_a_teams_list_that_is_not_whole_says_how_far_the_centre_is(
    council: Council, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oversight_routes, "SECONDS_AT_A_TIME", -1.0)  # a family at a time
    council.ehm.clock.pass_time(days=1)  # nothing of today is looked through yet
    page, lane = TeamPage(), OneAtATime()
    qtbot.addWidget(page)
    moments = Moments(Clock(council.ehm.clock))
    TeamPresenter(page, lane, council.team, moments, lambda _: None)
    page.show()
    lane.go()
    assert "looked through 1 of 3 families so far" in said_on(page)
    assert "All families" in said_on(page)
    lane.go()
    assert "looked through 2 of 3 families so far" in said_on(page)
    while lane.waiting:
        lane.go()
    assert "so far" not in said_on(page)
    assert "All families" not in said_on(page)
    places = [said_on(page).index(f"EH-00000{n}") for n in (1, 2, 3)]
    assert places == sorted(places), "families for the same reasons are not in order"


def test_the_page_asks_again_when_another_quarter_is_wanted(
    figures: Figures, desk: Desk, vault: Vault, qtbot: QtBot, tmp_path: Path
) -> None:
    with_agreement(desk)
    page = FiguresPage(Moments(desk.clock), figures.scopes, figures.quarters())
    qtbot.addWidget(page)
    lane, opened = InlineLane(), list[str]()
    lanes, printed = FigureLanes(lane, lane), list[Dashboard]()
    FiguresPresenter(page, lanes, figures, FigureFiles(vault), opened.append, printed.append)
    assert page.shown is not None
    now = page.shown.last
    page.when.setCurrentIndex(1)
    page.asked.emit()
    assert page.shown.last < now
    page.family_chosen.emit("somebody else's")
    assert opened == []
    assert "not on your laptop" in said_on(page)
    page.save_asked.emit(str(tmp_path / "figures.csv"))
    assert (tmp_path / "figures.csv").read_text().startswith("measure,version,title")
    assert "Small numbers are left out" in said_on(page)
    assert any(entry.event.kind == "figures saved as a file" for entry in vault.audit())
    page.print_asked.emit()
    assert printed == [page.shown]
