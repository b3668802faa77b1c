"""An invented family, and everything that pages show of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from desktop.services.clock import Clock
from desktop.services.print_views import (
    Choice,
    CopyFate,
    CopyTold,
    GatheredPrint,
    OwedLine,
    PagePicture,
    PaperGroup,
    PaperLine,
    PreparedPrint,
    PrintOffer,
)
from desktop.services.this_laptop import LaptopView, Recovery
from desktop.services.trouble import Trouble
from desktop.services.views import (
    ActionLine,
    ConflictLine,
    Contact,
    FamilyNews,
    FamilyOverview,
    FamilySummary,
    GoalLine,
    NextStep,
    PersonLine,
    PlanLine,
    RecordLine,
    RecordState,
    SafetyNotice,
    SyncOutcome,
    SyncState,
)
from desktop.ui.moments import Moments

NOW = datetime(2026, 3, 10, 14, 2, tzinfo=UTC)
MOMENTS = Moments(Clock(lambda: NOW))
FAMILY = "0195802c-0000-7000-8000-000000000001"

CONTACTS = (
    Contact("Start Well front door", "01632 960 101", "Mon to Fri, 08:45 to 17:00", urgent=True),
    Contact("Emergency duty team", "01632 960 102", "Evenings, weekends, holidays", urgent=True),
    Contact("Early help hub", "01632 960 110", "Mon to Fri, 09:00 to 16:30"),
)

LAPTOP = LaptopView(
    device="WX-0417",
    council="Wexcombe",
    worker="Priya Shah",
    families=12,
    most_families=40,
    records=96,
    attachments=31,
    waiting=3,
    last_checked=NOW - timedelta(hours=5),
    program="0.1.0",
    forms="2026.11.1",
    vault=2,
    warn_days=5,
    read_only_days=7,
    cover_days=14,
    purge_days=28,
    recoveries=(Recovery(NOW - timedelta(days=3), ("Ann Lee", "Cy Fox"), "Forgotten on leave"),),
)
STATE = SyncState(waiting=12, attachments=1, last_checked=NOW - timedelta(days=6, hours=5))

FAMILIES = (
    FamilySummary(
        FAMILY,
        "YF-7Q4K-2M",
        "Okafor-Bell family",
        last_written=NOW - timedelta(minutes=25),
        waiting=12,
        others=("Meera Shah (school nurse)",),
        conflicts=1,
    ),
    FamilySummary(
        "0195802c-0000-7000-8000-000000000002",
        "YF-9D2P-6T",
        "Marsh & Whitlow",
        last_written=NOW - timedelta(days=1),
    ),
    FamilySummary("0195802c-0000-7000-8000-000000000003", "YF-1H8W-3C", waiting=1),
    FamilySummary(
        "0195802c-0000-7000-8000-000000000004",
        "YF-5B6N-8X",
        "Llewellyn family",
        last_written=NOW - timedelta(days=40),
        others=("Tom Reilly", "Ana Petrova"),
    ),
)

PLAN = PlanLine(
    "plan-1",
    (
        GoalLine(
            "Mornings are calmer and Tobi is at school on time",
            (
                ActionLine(
                    "Lay out clothes and bags together every evening",
                    "Grace and Tobi",
                    date(2026, 3, 16),
                    "started",
                ),
                ActionLine(
                    "Ask the school for a breakfast club place for both boys",
                    "Hannah Lowe (family worker)",
                    date(2026, 3, 13),
                ),
            ),
        ),
        GoalLine(
            "Grace has someone to talk to before the baby comes",
            (ActionLine("Ring the midwife about the Thursday group", "Grace"),),
        ),
    ),
    agreed=date(2026, 3, 10),
    review=date(2026, 4, 21),
)

UNSAFE = SafetyNotice(
    False,
    "Do not leave paper in this home",
    "The safety check says that it is not safe to leave paper here.",
    record="safety-1",
    checked=NOW - timedelta(days=6),
)
SAFE = SafetyNotice(True, "It is safe to leave paper here", record="safety-1", checked=NOW)

NOTE = RecordLine("n1", "private_note", "Private note", RecordState.DRAFT, missing=1)

OVERVIEW = FamilyOverview(
    FAMILY,
    "YF-7Q4K-2M",
    "Okafor-Bell family",
    people=(
        PersonLine("p1", "Grace Okafor", "mother, 31"),
        PersonLine("p2", "Daniel Bell", "father, 34; here half of the week"),
        PersonLine("p3", "Tobi Okafor-Bell", "child, 8; Year 3 at Larkhill Primary"),
        PersonLine("p4", "Sam Okafor-Bell", "child, 5; here half of the week"),
        PersonLine("p5", "Baby, due in June", "unborn"),
    ),
    steps=(
        NextStep(
            "voice",
            "What I want you to know",
            "Each child is heard before the plan is agreed.",
            person="p3",
            about="Tobi",
        ),
        NextStep("plan", "Our family plan", "Three actions are enough to begin.", record="plan-1"),
    ),
    begins=(NextStep("visit", "A visit", ""), NextStep("request", "Request for support", "")),
    records=(
        RecordLine(
            "r1",
            "assessment",
            "Your Family assessment",
            RecordState.DRAFT,
            missing=3,
            waiting=12,
            last_written=NOW - timedelta(minutes=25),
        ),
        RecordLine(
            "r2",
            "agreement",
            "Agreement to early help",
            RecordState.FINISHED,
            last_written=NOW - timedelta(days=1),
            writer="Hannah Lowe",
            arrived_from=("Meera Shah",),
        ),
        RecordLine(
            "r3",
            "household",
            "Who is in the family",
            RecordState.DRAFT,
            missing=0,
            last_written=NOW - timedelta(days=1),
            writer="Meera Shah",
        ),
    ),
    plan=PLAN,
    paper=UNSAFE,
    conflicts=(ConflictLine("r3", "/household/school", "Who is in the family", "Tobi's school"),),
    waiting=12,
)

MERGED = replace(
    OVERVIEW,
    merged=("EH-000112",),
    notice="A coordinator will ring you about this family.",
    records=tuple(
        replace(record, begun_as=begun_as)
        for record, begun_as in zip(
            OVERVIEW.records, ("EH-000112", *["YF-7Q4K-2M"] * 99), strict=False
        )
    ),
)

OUTCOME = SyncOutcome(
    NOW,
    sent=12,
    received=5,
    news=(
        FamilyNews(
            FAMILY,
            "Okafor-Bell family",
            ("Who is in the family: 2 answers from Meera Shah", "1 answer needs settling"),
        ),
        FamilyNews(
            "0195802c-0000-7000-8000-000000000004",
            "Llewellyn family",
            ("A new visit note from Tom Reilly",),
        ),
    ),
    state=SyncState(last_checked=NOW),
)

SET_ASIDE = SyncState(
    last_checked=NOW,
    set_aside=(
        FamilyNews(
            "0195802c-0000-7000-8000-000000000004",
            "Llewellyn family",
            (
                "2 changes handed in, and not shown to others yet. A coordinator will look at it.",
                "1 change not taken by the council's system. Shorten the answer.",
            ),
        ),
        FamilyNews(
            "",
            "A family that is not yours any more",
            (
                "1 change not taken by the council's system, and kept sealed on this laptop. Ring "
                "your council's IT help desk before this laptop is given back.",
            ),
        ),
    ),
)

OFFLINE = SyncOutcome(
    NOW,
    sent=0,
    received=0,
    state=STATE,
    offline=True,
    trouble=Trouble(
        "The council cannot be reached from here",
        "Carry on working: everything is kept on this laptop. Sync again when you are online.",
    ),
)

TEXT = (
    "Our family plan\nWhat we want to be different\nMornings are calmer and Tobi is at school on "
    "time.\nWho does what\nGrace and Tobi: lay out clothes and bags together every evening.",
    "When we meet again: Tuesday 21 April\nWhom to ring: Hannah Lowe, 01632 960 110",
)

OFFER = PrintOffer(
    "plan",
    "Our family plan",
    recipients=(
        Choice("grace", "Grace Okafor"),
        Choice("daniel", "Daniel Bell"),
        Choice("school", "School", "Only with the family's agreement to share with it."),
        Choice("ex", "Ray Bell", "former partner, lives somewhere else"),
    ),
    sizes=(Choice("standard", "Standard, 14 point"), Choice("large", "Large print, 18 point")),
    paper=SAFE,
    left_out={"school": "This copy leaves out what the family did not agree to share."},
    refused={"ex": "A court order names this person. Check with your manager."},
    liftable=frozenset({"ex"}),
    manners=(Choice("plain", "Ordinary"), Choice("easy", "Easy read")),
)


class Picture:
    """A page drawn here, in the shape that printing renders."""

    def __init__(self, words: str, width: int) -> None:
        image = QImage(width, round(width * 297 / 210), QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        font = QFont()
        font.setPixelSize(max(8, width // 30))
        painter.setFont(font)
        room = QRectF(image.rect()).adjusted(width * 0.1, width * 0.1, -width * 0.1, -width * 0.1)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), words)
        painter.end()
        self.width, self.height = image.width(), image.height()
        self.stride, self.pixels = image.bytesPerLine(), bytes(image.constBits())


OWED = OwedLine(
    FAMILY,
    "0195802c-0000-7000-8000-00000000000c",
    "Okafor-Bell family",
    "My plan: Tobi Okafor",
    "my_plan:tobi",
    "Tobi Okafor",
    "tobi",
    "Large print · Ordinary",
    "At school on Friday, into his hand",
    date(2026, 3, 6),
    late=True,
)

SHELF = (
    PaperGroup(
        "keep",
        (
            PaperLine("plan", "Our family plan", draft=True),
            PaperLine("my_plan:tobi", "My plan", "Tobi Okafor", draft=True),
        ),
    ),
    PaperGroup("copies", (PaperLine("record:1", "Agreement to early help"),)),
    PaperGroup("meeting", (PaperLine("invitation", "Invitation to a meeting"),)),
)
BLANKS = (PaperLine("assessment", "Your Family"), PaperLine("plan", "Our family plan"))

CHECKS = (
    "This is the paper of the home at 4 Elm Grove, Leigh.",
    "It is for Grace Okafor and nobody else.",
    "It names somebody who does not live there: Daniel Bell.",
)


@dataclass(frozen=True)
class Gathered:
    """What the pages are made of."""

    recipient: str
    size: str
    manner: str


class Desk:
    """The services' side of printing, kept in memory: what was recorded, in order."""

    def __init__(self, offer: PrintOffer = OFFER) -> None:
        self.now_offered = offer
        self.recorded: list[tuple[str, ...]] = []
        self.gathered: list[tuple[str, str]] = []
        self.error: Exception | None = None
        self.boxes = ""

    def offer(self) -> PrintOffer:
        return self.now_offered

    def gather(self, recipient: str, size: str, manner: str) -> Gathered:
        if self.error is not None:
            raise self.error
        self.gathered.append((recipient, size))
        return Gathered(recipient, size, manner)

    def first_page(self, gathered: GatheredPrint, width: int) -> PagePicture:
        return Picture(TEXT[0], width)

    def typeset(
        self,
        gathered: GatheredPrint,
        moved: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> PreparedPrint:
        def picture(page: int, width: int) -> PagePicture:
            return Picture(TEXT[page], width)

        moved(2)
        return PreparedPrint(
            gathered.recipient,
            gathered.size,
            TEXT,
            picture,
            draft=True,
            manner=gathered.manner,
            check=CHECKS,
            boxes=self.boxes,
        )

    def requested(self, prepared: PreparedPrint, printer: str) -> str:
        self.recorded.append(("requested", prepared.recipient, prepared.size, printer))
        return "copy-1"

    def became(self, copy: str, fate: CopyFate, told: CopyTold) -> None:
        said = tuple(part for part in (told.whom, told.how, told.why) if part)
        self.recorded.append((copy, fate.value, *(said if fate is CopyFate.GIVEN else ())))

    def owe(self, recipient: str, size: str, manner: str, reaches: str, due: date) -> None:
        self.recorded.append(("owed", recipient, size, reaches, due.isoformat()))

    def save_copy(self, prepared: PreparedPrint, path: str) -> None:
        if self.error is not None:
            raise self.error
        self.recorded.append(("saved", prepared.recipient, path))
