"""A request for support: asked in the home, sent from the office, answered by a named person."""

from __future__ import annotations

from demonstration import COORDINATOR, PASSPHRASE, WORKER, enrol_laptop

from tests.journeys import overseen, pages, story
from tests.journeys.person import Person
from tests.journeys.story import Named, Section, Told
from tests.journeys.travelling import Journey
from tests.journeys.tree import named

UNFINISHED = "The family wants to answer the rest next week"
ANSWER = "Start Well rings Siobhan on Thursday"
REQUEST = (
    Section(
        "ask",
        (
            Told("kind", "start_well"),
            Named("about", (story.SON,)),
            Told("worried_about", "Kieran has missed most Mondays since September."),
            Told("what_tried", "A breakfast club, and lifts from his dad."),
            Told("want", "Somebody for Kieran to talk to, at school."),
        ),
    ),
    Section("family", (Told("told_family", "yes"), Told("agreed", "yes"))),
    Section("meanwhile", (Told("safe_now", "Tunde drives him. I ring on Mondays."),)),
)


def ask_for_support(journey: Journey, person: Person) -> None:
    """Finish a request without a network: it waits, and the page says so."""
    with journey.record.step("Ask for support: it waits, and has told nobody yet") as step:
        journey.fill(person, "request", REQUEST)
        pages.finish(person, UNFINISHED)
        person.one(pages.HEADINGS, story.FAMILY_NAME)
        said = person.see("Waits to be sent: it has told nobody yet.")
        step.check("the family's page says who is responsible", "You are responsible" in said)
        journey.picture(person, "request-waits")


def answered_by_the_coordinator(journey: Journey) -> None:
    """The named receiver reads it, has the family, and decides."""
    with journey.record.step("The coordinator accepts the request by name, and decides") as step:
        laptop = journey.scratch / "coordinator"
        enrol_laptop(laptop, journey.council, COORDINATOR)
        with journey.open_program(laptop) as person:
            pages.unlock(person, PASSPHRASE)
            person.press("Button", "The team")
            person.press("Button", "Requests for support")
            words = person.see(f"Responsible now: {WORKER}")
            step.check("nothing of what it says is there", story.MOTHER not in words)
            journey.picture(person, "requests")
            accept, decide = (named("Button", starts=one) for one in ("Accept", "Decide"))
            person.open("accept the request", accept, decide)
            person.see(f"Responsible now: {COORDINATOR}")
            told = "What whoever asked is told"
            person.open("decide the request", decide, named("EditableText", told))
            person.write_in(told, ANSWER)
            journey.picture(person, "decide-a-request")
            person.press("Button", starts="Send this decision")
            person.see("Decided.")
            step.check("nothing waits any more", person.see("There is nothing here now."))
            pages.back(person)
            pages.back(person)
            pages.sync(person)
            pages.back(person)
            pages.open_family(person, story.FAMILY_NAME)
            step.check("the family is on this laptop now", person.see(story.MOTHER))


def told_to_whoever_asked(journey: Journey) -> None:
    """The worker hears who has accepted, and what was decided; and that the closing is agreed."""
    with journey.open_program(journey.first_laptop) as person:
        hear_the_answer(journey, person)
        pages.back(person)
        overseen.hear_that_it_is_closed(journey, person)


def hear_the_answer(journey: Journey, person: Person) -> None:
    """At the next sync, and on the family's page."""
    with journey.record.step("The worker is told who accepted the request, and why") as step:
        pages.unlock(person, PASSPHRASE)
        person.press("Button", "Sync with the council")
        said = person.see(f"{COORDINATOR} has decided your request", pages.SYNC_TAKES_AT_MOST)
        step.check("the sync says so", said)
        pages.back(person)
        pages.open_family(person, story.FAMILY_NAME)
        person.see("Decided: Accepted")
        person.press("Button", "Read what is for you alone")
        words = person.see("The hub has answered your request")
        step.check("the hub's words are there", ANSWER in words)
        step.check("it says what is left to do", "Tell the family" in words)
        journey.picture(person, "request-answered")
