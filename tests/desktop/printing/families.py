"""An invented family and its plan, used by the tests and the budgets of printing."""

import math
from datetime import UTC, date, datetime

from desktop.printing.child_plan import ChildPlanSheet, ChildStep, Drawn, Feeling
from desktop.printing.contacts import ContactLine
from desktop.printing.document import Foot
from desktop.printing.plan import (
    Goal,
    Meeting,
    PlannedAction,
    PlanSheet,
    PlanWords,
    Signed,
)
from desktop.printing.story import Strokes

MADE = datetime(2026, 1, 12, 15, 4, tzinfo=UTC)
FOOT = Foot("The Okafor-Lee family, 12 January 2026", "3", "4f1a 09c2", MADE)


def signature(seed: float) -> Strokes:
    wave = tuple(
        (20 + step * 3, 60 + 35 * math.sin(step / 6 + seed) * math.cos(step / 17))
        for step in range(110)
    )
    return Strokes(400, 120, (wave, ((370, 40), (385, 80)), ((200, 20),)))


PLAN = PlanSheet(
    family="The Okafor-Lee family",
    made_on=date(2026, 1, 12),
    people=("Nkechi", "Tom", "Ada", "Ben"),
    going_well=(
        "Ada loves her new school and has two good friends.",
        "Grandma Rose helps on Tuesdays.",
        "Ben says please and thank you without being asked.",
    ),
    goals=(
        Goal(
            "We want calm mornings, so that everyone leaves the house on time and with breakfast.",
            how_we_know="Ada is at school by 8:50, four days out of five.",
        ),
        Goal("I want my own space to draw.", whose="Ada"),
        Goal("Mum gets a proper night’s sleep at least five nights a week.", unsettled=True),
    ),
    actions=(
        PlannedAction(
            "Put school bags and shoes by the door each evening",
            "Ada and Ben, with Dad",
            date(2026, 1, 19),
        ),
        PlannedAction(
            "Ask the school about a place at breakfast club",
            "Sam Reid (family worker)",
            date(2026, 1, 16),
            done=True,
        ),
        PlannedAction(
            "Book a visit with the health visitor about Ben’s sleep",
            "Nkechi (Mum)",
            date(2026, 1, 23),
        ),
        PlannedAction(
            "Clear the box room so that Ada has a table to draw at",
            "Tom (Dad) and Grandma Rose",
            when="Before we meet next",
        ),
    ),
    what_if="Ring Sam first. If Sam is away, ring the early help team.",
    contacts=(
        ContactLine(
            "Sam Reid, your family worker", "01942 000 101", "Monday to Friday, 9am to 5pm"
        ),
        ContactLine("Emergency", "999", "If anyone is in danger now, at any time", urgent=True),
    ),
    next_review=Meeting(date(2026, 3, 9), "3:30pm", "At your home"),
    signed=(
        Signed("Nkechi Okafor", "Mum", date(2026, 1, 12), signature(0)),
        Signed("Sam Reid", "family worker", date(2026, 1, 12), signature(2)),
        Signed("Ada", "aged 9"),
    ),
)


ADA = ChildPlanSheet(
    child="Ada",
    made_on=date(2026, 1, 12),
    said="I like it when we all have tea together.\nI don’t like the shouting.",
    going_well="My new school. Miss Khan. My cat Biscuit.",
    worries="When Mum is sad.",
    dreams="A room with a table to draw at. 🎨",
    wants="I want my own space to draw.",
    feelings=(Feeling("Home", 3), Feeling("School", 5)),
    trusted=(("Grandma Rose", "she listens"), ("Miss Khan", "")),
    steps=(
        ChildStep("makes a space for you to draw", "Dad", date(2026, 2, 8)),
        ChildStep("talks to the doctor about sleep", "Mum", when="This month"),
    ),
    drawings=(Drawn("My house", signature(3)), Drawn("", signature(4))),
    contacts=(ContactLine("Childline", "0800 1111", "Any time, and it is free"),),
    next_meeting=Meeting(date(2026, 3, 9), "After school", "At your home"),
)

ARABIC = PlanWords(
    language="ar",
    title="خطة عائلتنا",
    made="{family}. وضعنا هذه الخطة في {date}.",
    people="هذه الخطة من أجل {people}.",
    joined="{first} و{last}",
    going_well="ما يسير على ما يرام",
    goals="ما نريد أن يتغير",
    how_we_know="سنعرف ذلك لأن:",
    actions="من سيفعل ماذا، ومتى",
    action="خطوة",
    what="ماذا",
    who="من",
    by_when="متى",
    done="تم",
    to_tick="لم يتم بعد",
    ticked="تم",
    meeting="متى نلتقي مرة أخرى",
    day="اليوم",
    time="الوقت",
    place="المكان",
    what_if="إذا شعرنا بالقلق أو ازدادت الأمور صعوبة",
    signatures="نوافق على هذه الخطة",
    signed="توقيع {name}",
    to_sign="مكان لتوقيع {name}",
    date_to_write="التاريخ:",
    unsettled="لهذا السؤال إجابتان.",
    other_formats="أخبرونا إذا كنتم بحاجة إلى هذه الورقة بخط كبير. الهاتف 01942 000 100.",
)
