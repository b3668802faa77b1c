"""In the family's home, where there is no network: from the unlock to the assessment."""

from __future__ import annotations

from demonstration import PASSPHRASE

from tests.journeys import pages, story
from tests.journeys.person import FIELDS, Person
from tests.journeys.travelling import Journey
from tests.journeys.wording import form_wordings

LEAST_ANSWERS = 60


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
