"""The manager of the demo council, on a laptop: the caseload, and what waits for them."""

from __future__ import annotations

from demonstration import COORDINATOR, MANAGER, PASSPHRASE, WORKER, enrol_laptop

from tests.journeys import pages, story
from tests.journeys.person import FIELDS
from tests.journeys.travelling import Journey
from tests.journeys.tree import named

REASON = "Amy knows the school"


def by_the_manager(journey: Journey) -> None:
    """The manager gives a family to the coordinator, who then has it; the council is serving."""
    with journey.record.step("The manager sees the caseload and gives a family") as step:
        laptop = journey.scratch / "manager"
        enrol_laptop(laptop, journey.council, MANAGER)
        with journey.open_program(laptop) as person:
            pages.unlock(person, PASSPHRASE)
            pages.sync(person)
            pages.back(person)
            person.press("Button", "The team")
            person.one("Button", starts="Give to somebody")
            words = person.see(WORKER)
            step.check("no family's name is on the page", story.FAMILY_NAME not in words)
            give = named("Button", starts="Give to somebody")
            person.open("who is given the family", give, named(FIELDS, "Why"))
            person.write_in("Why", REASON)
            person.press("Button", starts="Give EH")
            step.check("the coordinator has it too", person.see(COORDINATOR))
            journey.picture(person, "the-team")
