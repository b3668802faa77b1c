"""The journey of issue 2: from an unlock without a network to the same family on a second laptop.

The parent process is here. It starts the program and the council's EHM, drives the program by keys
and mouse, kills it, and reads the centre over its API. What is checked is what a person would see.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from demonstration import PASSPHRASE, DemoCouncil, enrol_laptop

from tests.journeys import pages, story
from tests.journeys.central import CentralReader
from tests.journeys.comparison import compare
from tests.journeys.form_page import FormPage, under
from tests.journeys.paper import is_tagged, words_on
from tests.journeys.person import FIELDS, Person
from tests.journeys.program import Program
from tests.journeys.record import Record, Step, say
from tests.journeys.tree import named
from tests.journeys.wording import form_wordings

LEAST_ANSWERS = 60
SCREEN = {
    "screens": [
        {
            "name": "laptop",
            "x": 0,
            "y": 0,
            "width": 1366,
            "height": 900,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
    ]
}
WHOLE_FAMILY = "The whole family"
PRINTS = {"plan": "Print the plan", "plan-large-print": "Large print of the plan"}
PRINT_PAGE = "Print: Our family plan"
REASON = "Siobhan, alone with me: he has moved out and the locks are changed"


@dataclass(slots=True)
class Journey:
    """One journey: where it is, and what was told so far."""

    out: Path
    scratch: Path
    council: DemoCouncil
    record: Record
    reference: str = ""
    answered: int = 0
    pictures: int = 0
    clicks_lost: int = 0
    told: dict[str, tuple[story.Section, ...]] = field(default_factory=dict)

    @property
    def first_laptop(self) -> Path:
        """Where the worker's laptop keeps its store."""
        return self.scratch / "laptop"

    @property
    def second_laptop(self) -> Path:
        """Where the worker's other laptop keeps its store."""
        return self.scratch / "second-laptop"

    @contextlib.contextmanager
    def open_program(self, laptop: Path, shown: str = PASSPHRASE) -> Iterator[Person]:
        """The program, running on a laptop's store until this ends; ``shown`` on its first page."""
        arguments = ["--folder", str(laptop), "--demo-passphrase", shown, "--theme", "light"]
        with Program("desktop.app", arguments, self._settings()) as program:
            person = Person(program)
            try:
                yield person
            finally:
                self.clicks_lost += person.clicks_lost

    def picture(self, person: Person, name: str) -> None:
        """A picture of the page, in the order of the journey."""
        self.pictures += 1
        person.picture(self.out / f"{self.pictures:02}-{name}.png")

    def fill(
        self, person: Person, form: str, sections: tuple[story.Section, ...], about: str = ""
    ) -> FormPage:
        """Open a form, answer it and remember what was told."""
        page = pages.open_form(person, form, about)
        page.answer_all(sections)
        self.answered += page.answered
        self.told[form] = sections
        return page

    def _settings(self) -> dict[str, str]:
        platform = os.environ.get("QT_QPA_PLATFORM", "")
        if platform != "offscreen":
            return {}
        file = self.scratch / "screen.json"
        file.write_text(json.dumps(SCREEN), "utf-8")
        return {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}


def travel(out: Path) -> bool:
    """Make the whole journey; True if every step passed. Proof is left in `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for left in out.iterdir():
        if left.suffix in {".png", ".pdf", ".json"}:
            left.unlink()
    scratch = Path(tempfile.mkdtemp(prefix="your-family-journey-"))
    record = Record(out / "journey.json")
    journey = Journey(out, scratch, DemoCouncil(scratch / "council"), record)
    try:
        prepare(journey)
        at_the_home(journey)
        at_the_office(journey)
        on_the_second_laptop(journey)
    except Exception as error:  # noqa: BLE001  whatever stopped it is in journey.json and said
        say(f"\nThe journey stopped. {type(error).__name__}: {error}")
        return False
    finally:
        journey.council.stop()
        shutil.rmtree(scratch, ignore_errors=True)
    if journey.clicks_lost:
        say(f"\n{journey.clicks_lost} clicks fell on a page while it was redrawn; done again.")
    say(f"\n{len(record.steps)} steps, {journey.answered} answers. The proof is in {out}.")
    return record.passed


def prepare(journey: Journey) -> None:
    """What the council's IT does beforehand."""
    with journey.record.step("The council sets up its system and a laptop") as step:
        journey.council.found()
        with journey.council.serving():
            enrol_laptop(journey.first_laptop, journey.council)
        step.do("built the pack, founded the EHM, enrolled a laptop, and stopped the EHM")


def at_the_home(journey: Journey) -> None:
    """All that is done in the family's home, where there is no network."""
    with journey.open_program(journey.first_laptop) as person:
        unlock(journey, person)
        begin(journey, person)
        check_safety(journey, person)
        write_household(journey, person)
        give_notice_and_agree(journey, person)
        hear_the_child(journey, person)
        assess(journey, person)
        agree_a_plan(journey, person)
        print_both(journey, person)
        refuse_to_print(journey, person)
        saved = kill_in_mid_sentence(journey, person)
    with journey.open_program(journey.first_laptop) as person:
        find_it_again(journey, person, saved)


def at_the_office(journey: Journey) -> None:
    """Back where there is a network."""
    with journey.open_program(journey.first_laptop) as person:
        pages.unlock(person, PASSPHRASE)
        sync_and_compare(journey, person)
        loosen_and_print(journey, person)


def unlock(journey: Journey, person: Person) -> None:
    """Unlock while the EHM is not running."""
    with journey.record.step("Unlock, while the EHM is not running") as step:
        passphrase = pages.shown_passphrase(person)
        step.check("the unlock page shows the demo passphrase", passphrase == PASSPHRASE)
        journey.picture(person, "unlock")
        step.do("typed it and pressed Enter")
        pages.unlock(person, passphrase)
        words = person.see("Hartley family")
        step.check("the families of the demo council are listed", "Rahman family" in words)
        journey.picture(person, "families")


def begin(journey: Journey, person: Person) -> None:
    """Make a family that the centre does not know."""
    with journey.record.step("Make a family that the centre does not know") as step:
        step.do("pressed New family")
        journey.reference = pages.begin_family(person)
        step.check("it has a reference to print", journey.reference)
        journey.picture(person, "new-family")


def check_safety(journey: Journey, person: Person) -> None:
    """The safety check, and the numbers to ring without a network."""
    with journey.record.step("The safety check, with the numbers to ring offline") as step:
        form = journey.fill(person, "safety_check", story.SAFETY_CHECK)
        step.do("answered whether it is safe to talk and to leave paper")
        step.check("the form says that it is saved", form.saved())
        journey.picture(person, "safety-check")
        step.do("pressed F1")
        person.program.key("F1")
        words = person.see("telephone first")
        for number in ("999", "01632 960100", "01632 960101"):
            step.check(f"the page shows {number}", number in words)
        journey.picture(person, "level-4-numbers")
        person.program.key("Left", "Alt")
        person.one("StaticText", starts="Safety check")
        pages.close_form(person, form, "A new family")


def write_household(journey: Journey, person: Person) -> None:
    """The household of five."""
    with journey.record.step("A household of five") as step:
        form = journey.fill(person, "household", story.HOUSEHOLD)
        step.do("wrote down five people: one not born yet, one elsewhere half the week")
        journey.picture(person, "household")
        pages.close_form(person, form, story.FAMILY_NAME)
        names = (story.MOTHER, story.FATHER, story.SON, "Unborn baby")
        words = person.see(story.MOTHER)
        for name in names:
            step.check(f"the family's page names {name}", name in words)
        journey.picture(person, "family")


def give_notice_and_agree(journey: Journey, person: Person) -> None:
    """Privacy notice and agreement, signed."""
    with journey.record.step("Privacy notice, and agreement with a signature drawn") as step:
        form = journey.fill(person, "privacy_notice", story.PRIVACY_NOTICE)
        journey.picture(person, "privacy-notice")
        pages.close_form(person, form, story.FAMILY_NAME)
        form = journey.fill(person, "agreement", story.AGREEMENT)
        step.do("drew two signatures with the mouse")
        journey.picture(person, "agreement")
        step.check("the agreement says that it is saved", form.saved())
        pages.close_form(person, form, story.FAMILY_NAME)


def hear_the_child(journey: Journey, person: Person) -> None:
    """One child's own words, and a drawing."""
    with journey.record.step("One child's voice, with a drawing and the child's own words") as step:
        form = journey.fill(person, "child_voice", story.CHILD_VOICE, story.DAUGHTER)
        journey.picture(person, "child-voice")
        form.go_to("houses")
        journey.picture(person, "child-drawing")
        step.check("the record says that it is saved", form.saved())
        pages.close_form(person, form, story.FAMILY_NAME)


def assess(journey: Journey, person: Person) -> None:
    """The assessment, in all ten domains."""
    with journey.record.step("The assessment, with answers in all ten domains") as step:
        form = pages.open_form(person, "assessment")
        follow_up = form_wordings("assessment")["sf01_evidence"].label
        form.go_to("sf01")
        relevant = form_wordings("assessment")["sf01_relevant"]
        before = person.program.read().find(FIELDS, follow_up)
        step.check("the follow-up question is not asked before its reason", not before)
        form.choose(relevant, relevant.choices["yes"])
        form.answer_all(story.ASSESSMENT)
        journey.answered += form.answered
        journey.told["assessment"] = story.ASSESSMENT
        step.do(f"gave {form.answered} answers")
        form.go_to("sf01")
        appeared = person.one(FIELDS, follow_up)
        step.check("the follow-up question appeared, and has its answer", appeared.value)
        journey.picture(person, "assessment")
        form.go_to("sf05")
        prompt = "Offer a young carers referral"
        step.check("a prompt follows from an answer", prompt in person.see(prompt))
        pages.close_form(person, form, story.FAMILY_NAME)
        enough = journey.answered >= LEAST_ANSWERS
        step.check(f"at least {LEAST_ANSWERS} answers", enough, journey.answered)


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


@dataclass(frozen=True, slots=True)
class SeenAsSaved:
    """What the screen showed as saved before the kill."""

    answers: str
    sentence: str


def kill_in_mid_sentence(journey: Journey, person: Person) -> SeenAsSaved:
    """Kill the process while words are being typed."""
    with journey.record.step("Kill the process with SIGKILL in mid-sentence") as step:
        form = pages.open_form(person, "assessment")
        answers = pages.check_answers(person)
        journey.picture(person, "check-answers")
        pages.back_to_form(person)
        form.go_to("meaning")
        field = named(FIELDS, form.words["unknown"].label, last=True)
        person.write("the last question", field, story.UNFINISHED_SENTENCE)
        said = form.saved()
        shown = field(person.program.read())
        sentence = shown.value if shown else ""
        step.check(f"the screen says {said!r} beside the half sentence", sentence)
        journey.picture(person, "before-the-kill")
        person.type(" says about")
        person.program.kill()
        step.do("typed on, and killed the process before it could save")
        return SeenAsSaved(answers, sentence)


def find_it_again(journey: Journey, person: Person, saved: SeenAsSaved) -> None:
    """Start again and find every answer that was shown as saved."""
    with journey.record.step("Start again and find every answer that was shown as saved") as step:
        pages.unlock(person, PASSPHRASE)
        pages.open_family(person, story.FAMILY_NAME)
        form = pages.open_form(person, "assessment")
        form.go_to("meaning")
        field = named(FIELDS, form.words["unknown"].label, last=True)
        found = person.bring_into_view("the half sentence", field).value
        step.check("the half sentence is there", found.startswith(saved.sentence), found)
        journey.picture(person, "after-the-kill")
        now = pages.check_answers(person)
        lost = [line for line in saved.answers.splitlines() if line not in now]
        lost = [line for line in lost if "to answer" not in line and "left unanswered" not in line]
        step.check("every line of the answers is there", not lost, lost)
        meaning = story.Section("meaning", (story.Told("unknown", found),))
        journey.told["assessment"] = (*journey.told["assessment"], meaning)
        journey.answered += 1


def sync_and_compare(journey: Journey, person: Person) -> None:
    """Start the EHM, sync, and read the family back through its API."""
    with journey.record.step("Start the EHM and sync, with progress to be seen") as step:
        journey.council.start()
        said = pages.sync(person)
        step.check("progress was shown", said, said)
        step.do("saw: " + "; ".join(said))
        journey.picture(person, "sync")
        pages.back(person)
    with journey.record.step("Read the family back through the EHM and compare") as step:
        reader = CentralReader.enrolled(journey.council.address, journey.council.new_code())
        held = reader.family_with(journey.reference)
        found = compare(journey.told, held, reader)
        step.do(f"compared {found.same} answers")
        step.check("every answer is as it was given", not found.different, found.different)
        given = sum(len(list(story.every_answer(form))) for form in journey.told.values())
        step.check(f"all {given} answers are there", found.same == given, found.same)


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


def on_the_second_laptop(journey: Journey) -> None:
    """Enrol a second device, sync, and see the same family there."""
    with journey.record.step("A second laptop: enrol, sync, and see the same family") as step:
        code = journey.council.new_code()
        with journey.open_program(journey.second_laptop, shown="") as person:
            chosen = pages.enrol(person, journey.council.address, code)
            journey.picture(person, "enrol")
            pages.press_enrol(person)
            step.do("typed a second code and took the words that were offered")
            pages.unlock(person, chosen)
            pages.sync(person)
            pages.back(person)
            pages.open_family(person, story.FAMILY_NAME)
            words = person.see(story.MOTHER)
            for name in (story.FATHER, story.SON, "3 actions"):
                step.check(f"its page says {name}", name in words)
            journey.picture(person, "second-laptop")
            form = pages.open_form(person, "assessment")
            told = pages.check_answers(person)
            for answer in story.every_answer(story.ASSESSMENT):
                if isinstance(answer, story.Told) and form.words[answer.question].kind == "text":
                    step.check(f"it has the answer to {answer.question}", answer.value in told)
