"""The plan: agreed, printed, refused where paper is not safe, and printed again."""

from __future__ import annotations

from pathlib import Path

from tests.journeys import pages, story
from tests.journeys.form_page import under
from tests.journeys.paper import is_tagged, words_on
from tests.journeys.person import Person
from tests.journeys.record import Step
from tests.journeys.travelling import Journey
from tests.journeys.tree import named

WHOLE_FAMILY = "The whole family"
PRINTS = {"plan": "Print the plan", "plan-large-print": "Large print of the plan"}
PRINT_PAGE = "Print: Our family plan"
REASON = "Siobhan, alone with me: he has moved out and the locks are changed"


def agree_a_plan(journey: Journey, person: Person) -> None:
    """A plan with three actions."""
    with journey.record.step("A plan with three actions") as step:
        form = journey.fill(person, "plan", story.PLAN)
        journey.picture(person, "plan-form")
        pages.close_form(person, form, story.FAMILY_NAME)
        step.check("the family's page says so", "3 actions" in person.see("3 actions"))
        journey.picture(person, "family-with-plan")
        see = named("Button", "See the plan")
        person.open("the plan", see, named(pages.HEADINGS, "Our family plan"))
        for action in actions():
            step.check(f"the plan says: {action}", action in person.see(action))
        journey.picture(person, "plan")
        pages.back_to_family(person, story.FAMILY_NAME)


def actions() -> list[str]:
    """What will be done, as the plan of the story has it."""
    told = story.every_answer(story.PLAN)
    return [one.value for one in told if isinstance(one, story.Told) and one.question == "what"]


def print_both(journey: Journey, person: Person) -> None:
    """Both plans, from the preview."""
    for name, button in PRINTS.items():
        with journey.record.step(f"Print from the preview: {name}") as step:
            file = journey.out / f"{name}.pdf"
            pages.open_print(person, button, PRINT_PAGE)
            pages.save_copy(person, WHOLE_FAMILY, file)
            journey.picture(person, f"preview-of-{name}")
            step.do("chose for whom, looked at the pages, and saved a copy after the warning")
            check_paper(step, file)
            pages.back_to_family(person, story.FAMILY_NAME)


def check_paper(step: Step, file: Path) -> None:
    """What a plan on paper must have."""
    words = words_on(file)
    step.check("the copy is a tagged PDF", is_tagged(file))
    for action in actions():
        step.check(f"it says: {action}", action in words)
    step.check("it says whom to ring", "01632 960100" in words)


def refuse_to_print(journey: Journey, person: Person) -> None:
    """Not safe to leave paper: nothing is printed, and the page says why."""
    with journey.record.step("Not safe to leave paper: printing refused with the reason") as step:
        answer_paper(person, "no")
        pages.open_print(person, "Print the plan", "Nothing is printed here")
        step.check("the reason is said", person.see("not safe to leave paper in the home"))
        journey.picture(person, "printing-refused")
        pages.back_to_family(person, story.FAMILY_NAME)
        remember_paper(journey, "no")


def answer_paper(person: Person, value: str) -> None:
    """Answer in the safety check whether paper may be left; a looser answer needs a reason."""
    form = pages.open_form(person, "safety_check")
    form.go_to("talking")
    question = form.words["safe_paper"]
    option = under(question.label, "RadioButton", question.choices[value])
    person.click(question.choices[value], option)
    if value == "yes":
        person.write_in("Who agreed to this, and why is it safe now?", REASON)
        person.press("Button", starts="Save this answer")
    person.wait_for(
        "the answer chosen",
        lambda screen: (found := option(screen)) is not None and "checked" in found.states,
    )
    pages.close_form(person, form, story.FAMILY_NAME)


def remember_paper(journey: Journey, value: str) -> None:
    """What the centre must hold from now on."""
    now, _, *rest = journey.told["safety_check"]
    talking = (story.Told("safe_talk", "yes"), story.Told("safe_paper", value))
    journey.told["safety_check"] = (now, story.Section("talking", talking), *rest)


def loosen_and_print(journey: Journey, person: Person) -> None:
    """Loosen the safety answer with a reason, and print again."""
    with journey.record.step("Loosen the safety answer with a reason, and print again") as step:
        journey.council.stop()  # else the program may have sent it by itself before we look
        pages.open_family(person, story.FAMILY_NAME)
        answer_paper(person, "yes")
        step.do(f"gave the reason: {REASON}")
        pages.open_print(person, "Print the plan", "Nothing is printed here")
        waits = person.see("the centre does not have that change yet")
        step.check("nothing is printed until the centre has it", waits)
        pages.back_to_family(person, story.FAMILY_NAME)
        pages.back(person)
        journey.council.start()
        pages.sync(person)
        pages.back(person)
        pages.open_family(person, story.FAMILY_NAME)
        pages.open_print(person, "Print the plan", PRINT_PAGE)
        again = journey.scratch / "plan-again.pdf"
        pages.save_copy(person, WHOLE_FAMILY, again)
        journey.picture(person, "printed-again")
        check_paper(step, again)
