"""The manager of the demo council, on a laptop: the caseload, and what waits for them."""

from __future__ import annotations

from demonstration import COORDINATOR, MANAGER, PASSPHRASE, WORKER, enrol_laptop

from tests.journeys import pages, story
from tests.journeys.person import FIELDS, Person
from tests.journeys.story import Named, Section
from tests.journeys.travelling import Journey
from tests.journeys.tree import named

REASON = "Amy knows the school"
AGREED = "I have read it, and agree"
CLOSED = "Hartley family"
CLOSING = (Section("end", (Named("reason", ("Needs are met",)),)),)


def by_the_manager(journey: Journey) -> None:
    """The manager gives a family to the coordinator, and agrees to what waits; online."""
    laptop = journey.scratch / "manager"
    enrol_laptop(laptop, journey.council, MANAGER)
    with journey.open_program(laptop) as person:
        give_a_family(journey, person)
        agree_to_what_waits(journey, person)


def give_a_family(journey: Journey, person: Person) -> None:
    """From the team's caseload, without a name of any family."""
    with journey.record.step("The manager sees the caseload and gives a family") as step:
        pages.unlock(person, PASSPHRASE)
        pages.sync(person)
        pages.back(person)
        person.press("Button", "The team")
        person.one("Button", starts="Give to somebody")
        words = person.see(WORKER)
        step.check("no family's name is on the page", story.FAMILY_NAME not in words)
        give = named("Button", starts="Give to somebody", last=True)
        person.open("who is given the family", give, named(FIELDS, "Why"))
        person.write_in("Why", REASON)
        person.press("Button", starts="Give EH")
        step.check("the coordinator has it too", person.see(f"{COORDINATOR} and {WORKER}"))
        journey.picture(person, "the-team")


def close_the_hartleys(journey: Journey, person: Person) -> None:
    """The worker ends the help for a family; a manager has to agree."""
    with journey.record.step("Close a family: it waits for a manager to agree") as step:
        pages.open_family(person, CLOSED)
        form = pages.open_form(person, "closure")
        form.answer_all(CLOSING)
        pages.finish(person, "The family has gone on holiday")
        person.one(pages.HEADINGS, CLOSED)
        step.check("its page says so", person.see("A manager has not agreed yet."))
        pages.back(person)
        pages.sync(person)
        pages.back(person)


def agree_to_what_waits(journey: Journey, person: Person) -> None:
    """The closing, and the safety answer that was made less careful: each read first."""
    with journey.record.step("The manager reads what waits, and agrees") as step:
        person.press("Button", "To agree to")
        words = person.see("A safety answer that was made less careful")
        step.check("the closing waits", "Help that is to end" in words)
        step.check("nothing of what was written is there", "Siobhan" not in words)
        read, agree = (named("Button", starts=one) for one in ("Read it EH", "Agree EH"))
        for n in range(2):
            person.open("read what waits", read, agree)
            said = named("EditableText", "Your words for whoever asked")
            person.open("agree to it", agree, said)
            person.write("the words for whoever asked", said, AGREED)
            journey.picture(person, f"agree-to-it-{n + 1}")
            person.press("Button", starts="Agree to it now")
            person.see("Agreed. It is in the family's record.")
            person.wait_until_still()
        step.check("nothing waits any more", person.see("There is nothing here now."))


def hear_that_it_is_closed(journey: Journey, person: Person) -> None:
    """After a sync, the worker sees that the help has ended, and who agreed."""
    with journey.record.step("The worker sees that the closing is agreed to") as step:
        pages.open_family(person, CLOSED)
        words = person.see("Ended on")
        step.check("nobody is waited for", "A manager has not agreed yet." not in words)
        step.check("the manager's note is there", "Manager's oversight" in words)
        journey.picture(person, "closed")
