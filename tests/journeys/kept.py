"""Nothing is lost: killed in mid-sentence, read back from the centre, on a second laptop."""

from __future__ import annotations

from dataclasses import dataclass

from demo_browser import browser_of
from demonstration import PASSPHRASE, WORKER

from tests.journeys import pages, story
from tests.journeys.central import CentralReader
from tests.journeys.comparison import compare
from tests.journeys.person import FIELDS, Person
from tests.journeys.travelling import Journey
from tests.journeys.tree import named


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
        browser, code = browser_of(WORKER), journey.council.new_code()
        reader = CentralReader.enrolled(journey.council.address, code, browser)
        held = reader.family_with(journey.reference)
        found = compare(journey.told, held, reader)
        step.do(f"compared {found.same} answers")
        step.check("every answer is as it was given", not found.different, found.different)
        given = sum(len(list(story.every_answer(form))) for form in journey.told.values())
        step.check(f"all {given} answers are there", found.same == given, found.same)


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
