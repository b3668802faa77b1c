"""A meeting of the team, written as people speak; and what the worker's figures say of it all."""

from __future__ import annotations

from tests.journeys import pages
from tests.journeys.form_page import under
from tests.journeys.person import Person
from tests.journeys.travelling import Journey
from tests.journeys.tree import named

FAMILY = "Hartley family"
SAID = "It is calmer in the mornings."
HOW = "How is it going?"
OPEN_FAMILIES = "Early help open: families"


def hold_a_meeting(journey: Journey, person: Person) -> None:
    """Who is here, what they say, how an action of the plan goes; then the figures."""
    with journey.record.step("Hold a meeting of the team, and write as people speak") as step:
        pages.open_family(person, FAMILY)
        way, page = named("Button", starts="Meeting of the team"), "Meeting of the team"
        person.open("the meeting", way, named(pages.HEADINGS, page))
        person.press("Button", "Add somebody who is here")
        person.press("MenuItem", starts="Joanne Hartley")
        more = person.one("Button", starts="More Joanne Hartley")
        step.check("she is written down", more.name)
        person.press("Button", "Now When?")
        person.write_in("The family", SAID)
        step.do("wrote down who came, when, and what they said")
        person.click("how an action goes", under(HOW, "ComboBox"))
        person.press("ListItem", "Done")
        person.program.key("Return")
        person.press("Button", "Put how it goes into the notes")
        notes = under("How is each action of the plan going?", "EditableText")
        person.wait_for(
            "how the plan goes, in the notes",
            lambda screen: (found := notes(screen)) is not None and ": Done" in found.value,
        )
        person.one("StaticText", starts="Saved ")
        journey.picture(person, "meeting")
        pages.back_to_family(person, FAMILY)
        words = person.see("Team Around the Family")
        step.check("the meeting is in the family's record", "Team Around the Family" in words)
        pages.back(person)


def read_the_figures(journey: Journey, person: Person) -> None:
    """The worker's own figures, and the families behind one of them."""
    with journey.record.step("The worker reads their own figures") as step:
        person.press("Button", "Measures")
        person.see("Of the families on this laptop")
        person.wait_until_still()
        person.press("Button", f"Which families {OPEN_FAMILIES}")
        step.check("the family behind the figure is named", person.see(FAMILY))
        journey.picture(person, "measures")
        pages.back(person)
