"""The invented family's course, and a worker's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.services.case_views import (
    BoardAction,
    Chronology,
    DirectoryView,
    DomainLine,
    FamilyPictures,
    HappeningLine,
    PlanBoard,
    Standing,
    TaskLine,
    VisitLine,
    Work,
)
from desktop.services.figure_views import Dashboard, FigureLine, Number, Publication
from desktop.services.team import TeamLine, TeamView
from forms.casework.directory import services
from forms.casework.genogram import Genogram, Helper, Line, Place
from tests.desktop.ui.pages.examples import FAMILY, NOW

TODAY = NOW.date()
OTHER = "0195802c-0000-7000-8000-000000000002"
REVIEW = TaskLine(
    "review_visit",
    date(2026, 3, 10),
    "due",
    FAMILY,
    "Okafor-Bell family",
    "Larkhill family hub",
    form="review",
    at="15:30",
)
TASKS = (
    TaskLine(
        "follow_up",
        date(2026, 3, 6),
        "overdue",
        OTHER,
        "Marsh & Whitlow",
        "Ring the housing officer about the damp",
    ),
    REVIEW,
    TaskLine(
        "action",
        date(2026, 3, 13),
        "soon",
        FAMILY,
        "Okafor-Bell family",
        "Ask the school for a breakfast club place for both boys (Hannah Lowe)",
    ),
    TaskLine(
        "transition_baby",
        date(2026, 6, 2),
        "later",
        FAMILY,
        "Okafor-Bell family",
        about="Unborn baby Bell",
    ),
)
WORK = Work(
    TODAY,
    (
        VisitLine(
            FAMILY,
            "Okafor-Bell family",
            "15:30",
            "4 Larkhill Rise, Leigh",
            ("Grace Okafor", "Tobi Okafor-Bell"),
            (
                "It is not safe to talk here with everyone present.",
                "Dogs",
                "Text Grace before you ring.",
                "Another format for Daniel Bell",
            ),
        ),
    ),
    TASKS,
)
STANDING = Standing(
    level=3,
    level_words="Early Help",
    level_since=date(2026, 2, 2),
    begun=date(2026, 1, 12),
    agreed=("Grace Okafor",),
    not_agreed=("Daniel Bell",),
    lead="Hannah Lowe",
    lead_since=date(2026, 1, 12),
    lead_number="01632 960 115",
    home="4 Larkhill Rise, Leigh, WN7 5XX",
    tasks=TASKS[1:],
    drift=("same_level",),
    prompts=(("dentist", "Sam Okafor-Bell"), ("dash", "")),
    asked=(
        ("agreed", "no", ()),
        ("heard_lately", "partly", ("Sam Okafor-Bell",)),
        ("history_taken", "yes", ()),
    ),
)
CHRONOLOGY = Chronology(
    (
        HappeningLine("event", None, "when Tobi was small", "We moved up from Luton", (), "r1"),
        HappeningLine(
            "event",
            date(2025, 9, 4),
            "2025-09-04",
            "Grace lost her night shifts",
            ("Grace Okafor",),
            "r1",
        ),
        HappeningLine("agreement", date(2026, 1, 12), "", "agrees", ("Grace Okafor",), "r2"),
        HappeningLine("level", date(2026, 2, 2), "", "3", (), "r1"),
        HappeningLine("voice", date(2026, 2, 20), "", "", ("Tobi Okafor-Bell",), "r3"),
        HappeningLine(
            "visit",
            date(2026, 3, 3),
            "",
            "To hear how mornings go",
            ("Grace Okafor", "Tobi Okafor-Bell"),
            "r4",
        ),
    ),
    {"p1": "Grace Okafor", "p3": "Tobi Okafor-Bell"},
)
PICTURES = FamilyPictures(
    Genogram(
        (
            Place("p0", "Ada Okafor", None, 0, 1.0, "circle", False, False),
            Place("p1", "Grace Okafor", None, 1, 0.5, "circle", False, True),
            Place("p2", "Daniel Bell", None, 1, 1.5, "square", False, False),
            Place("p3", "Tobi Okafor-Bell", 8, 2, 0.0, "square", False, True),
            Place("p4", "Sam Okafor-Bell", 5, 2, 1.0, "square", False, True),
            Place("p5", "Unborn baby Bell", None, 2, 2.0, "triangle", False, True),
        ),
        (
            Line("p0", "p3", "grandparent", False),
            *(Line("p1", child, "mother", False) for child in ("p3", "p4", "p5")),
            *(Line("p2", child, "father", child == "p3") for child in ("p3", "p4", "p5")),
        ),
        False,
    ),
    (
        Helper("Ada Okafor", "grandmother", "", "strong", 0.0, -1.0),
        Helper("Ruth Bell", "Pastoral lead", "school", "strong", 0.866, 0.5),
        Helper("Meera Shah", "School nurse", "school_nurse", "", -0.866, 0.5),
    ),
    (
        DomainLine("SF01", "Getting a good education", "family", 3, 6, date(2026, 1, 20), TODAY),
        DomainLine("SF01", "Getting a good education", "child", 4, 4, date(2026, 1, 20), TODAY),
        DomainLine(
            "SF05",
            "Improved family relationships",
            "practitioner",
            5,
            3,
            date(2026, 1, 20),
            TODAY,
            sustained=False,
        ),
        DomainLine(
            "SF10", "Financial stability", "family", 2, 2, date(2026, 1, 20), date(2026, 1, 20)
        ),
    ),
)
BOARD = PlanBoard(
    (
        BoardAction(
            "Lay out clothes and bags together every evening",
            "Grace and Tobi",
            date(2026, 3, 16),
            "started",
            False,
            "Mornings are calmer",
            "plan-1",
            "/plan/a",
        ),
        BoardAction(
            "Support the boys",
            "School",
            date(2026, 3, 2),
            "not_started",
            True,
            "Mornings are calmer",
            "plan-1",
            "/plan/b",
            (("role_only", ""), ("vague", "Support"), ("past", "")),
        ),
        BoardAction(
            "Ring the midwife about the Thursday group",
            "Grace",
            None,
            "done",
            False,
            "Someone to talk to",
            "plan-1",
            "/plan/c",
        ),
    ),
    (("many_actions", "9"), ("goal_without", "Money lasts until Friday")),
)
BEFORE = (date(2025, 12, 31), date(2025, 9, 30))
FIGURES = (
    FigureLine(
        "M1",
        "Early helps open: episodes",
        "episodes open at the last day",
        "",
        Number(9),
        before=(Number(7), Number(6)),
        by=(("level", (("2", Number(5)), ("3", Number(4)))),),
        families=((FAMILY, "Okafor-Bell family"), (OTHER, "Marsh & Whitlow")),
    ),
    FigureLine(
        "M24",
        "Assessments on time",
        "of these, those finished within the council's time",
        "assessments finished in the period",
        Number(3, 4, 75.0),
        before=(Number(1, 2, 50.0), None),
        families=((FAMILY, "Okafor-Bell family"),),
        caveats=("By the time in force when the assessment began.",),
    ),
)
CUTS = {"level": "By level of need"}
OWN_FIGURES = Dashboard(
    "own", date(2026, 1, 1), date(2026, 3, 31), FIGURES, BEFORE, checked=NOW, cuts=CUTS
)
COUNCIL_FIGURES = Dashboard(
    "council",
    date(2025, 10, 1),
    date(2025, 12, 31),
    (
        replace(FIGURES[0], now=Number(812), before=(Number(790), Number(770)), families=()),
        replace(
            FIGURES[1],
            now=Number(61, 80, 76.25),
            before=(Number(50, 70, 71.4), None),
            revised=Number(60, 80, 75.0),
            families=(),
        ),
    ),
    (date(2025, 9, 30), date(2025, 6, 30)),
    computed=NOW,
    written=NOW,
    published=Publication(1, NOW, "Mo Ager", 1),
    can_publish=True,
    cuts=CUTS,
)
DIRECTORY = DirectoryView(
    services(
        [
            {
                "key": "hub",
                "name": "Leigh Family Hub",
                "kind": "family_hub",
                "what": "Groups, advice",
                "tags": "under 5",
                "number": "01632 960203",
                "area": "Leigh",
                "checked_on": "2026-02-01",
            },
            {
                "key": "money",
                "name": "Money Advice Point",
                "kind": "money",
                "number": "01632 960209",
                "what": "Debt, benefits, food and fuel",
                "area": "whole borough",
                "checked_on": "2025-02-01",
            },
        ]
    ),
    2,
    ("Leigh", "Hindley"),
    (("SF02", "Good early years development"), ("SF10", "Financial stability")),
    TODAY,
)
TEAM = TeamView(
    (
        TeamLine(
            "f1",
            "YF-7Q4K-2M",
            (("hannah", "Hannah Lowe"),),
            NOW,
            level=3,
            drift=("a_year", "no_contact"),
            overdue=("review",),
            waiting=("closure",),
        ),
        TeamLine("f2", "YF-9D2P-6T", (), None),
    ),
    (("hannah", "Hannah Lowe"), ("tom", "Tom Reilly")),
    frozenset({"approve"}),
)
