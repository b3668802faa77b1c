"""The other pages of the program, as a person meets them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.form_page import FormPage
from tests.journeys.person import Person
from tests.journeys.tree import Control, Look, Screen, named
from tests.journeys.wording import form_title

REFERENCE = re.compile(r"\bYF-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
HEADINGS = "StaticText|Heading"
UNDER_WAY = "Looking for", "Sending", "Fetching", "Putting"
ENROLLING_TAKES_AT_MOST = 60.0
UNLOCKING_TAKES_AT_MOST = 60.0
SYNC_TAKES_AT_MOST = 90.0  # seconds
PAGES_TAKE_AT_MOST = 30.0


def unlock(person: Person, passphrase: str) -> None:
    """Type the passphrase and press Enter; the list of families follows."""
    person.one(HEADINGS, "Unlock Your Family")
    person.press("Button", "Show the passphrase")  # a hidden one cannot be read back
    person.write("the passphrase", named("EditableText", "Passphrase"), passphrase)
    person.program.key("Return")
    families = named("EditableText", "Find a family")
    person.wait_for("the list of families", families, UNLOCKING_TAKES_AT_MOST)


def enrol(person: Person, server: str, code: str) -> str:
    """Type the council's address and a code, take the words offered; the passphrase."""
    person.one(HEADINGS, "Enrol this laptop")
    person.write_in("Your council's address", server)
    person.write_in("Enrolment code", code)
    person.press("Button", "Use these words")
    field = person.one("EditableText", "Passphrase")
    return field.value


def press_enrol(person: Person) -> None:
    """Enrol, and wait for the unlock page."""
    person.press("Button", "Enrol")
    person.see("This laptop is enrolled", ENROLLING_TAKES_AT_MOST)


def shown_passphrase(person: Person) -> str:
    """The passphrase that the unlock page shows in a demonstration."""
    words = person.see("The passphrase is: ")
    return words.partition("The passphrase is: ")[2].splitlines()[0].strip()


def begin_family(person: Person) -> str:
    """Begin a family; the reference that its page shows."""
    person.press("Button", "New family")
    person.one(HEADINGS, "A new family")
    person.wait_until_still()
    return reference_of(person)


def reference_of(person: Person) -> str:
    """The printed reference on a family's page."""
    found = person.wait_for("a reference", lambda screen: REFERENCE.search(screen.words))
    return found.group()


def open_family(person: Person, name: str) -> None:
    """Find a family by typing part of its name, and open it."""
    person.write_in("Find a family", name)
    person.wait_until_still()
    row = named("Button", starts=f"{name}. ")
    person.open(f"the family {name!r}", row, named(HEADINGS, name))
    person.wait_until_still()


def back(person: Person) -> None:
    """Press Back in the bar at the top."""
    person.press("Button", "Back")


def back_to_family(person: Person, family: str) -> None:
    """Go back to a family's page and wait until it is drawn anew."""
    back(person)
    person.one(HEADINGS, family)
    person.wait_until_still()


def open_form(person: Person, form: str, about: str = "") -> FormPage:
    """Begin a form, or go on with it, from the family's page."""
    title = form_title(form)
    whole = f"{title}: {about}" if about else title
    opened = named("Button", starts=("Continue", "Check answers"))
    person.open(f"the form {whole!r}", step_or_record(whole), opened)
    return FormPage(person, form)


def step_or_record(title: str) -> Look:
    """A button that begins or goes on with a form, or the row of the form, among the steps."""
    exact = (f"Begin {title}", f"Go on {title}", title)

    def look(screen: Screen) -> Control | None:
        buttons = screen.find("Button")
        for button in buttons:
            if button.name in exact or button.name.startswith(f"{title}. "):
                return button
        return None

    return look


def close_form(person: Person, form: FormPage, family: str) -> None:
    """See that all is saved, and go back to the family."""
    form.saved()
    back_to_family(person, family)


def check_answers(person: Person) -> str:
    """From a form, go to the page that shows every answer; its words."""
    last = sections_of(person)[-1]
    person.press("Button", starts=last)
    person.wait_until_still()  # its questions appear a few at a time, and move the button down
    person.open(
        "the check of answers", named("Button", "Check answers"), named(HEADINGS, "Check answers")
    )
    person.wait_until_still()
    return person.program.read().words


def finish(person: Person, why: str) -> None:
    """From a form: check the answers, and finish with questions left unanswered."""
    check_answers(person)
    reason = named("EditableText", starts="Why finish with")
    person.write("why it is finished", reason, why)
    person.press("Button", "Finish")


def back_to_form(person: Person) -> None:
    """Go back from the answers to the form."""
    back(person)
    sections_of(person)


def sections_of(person: Person) -> list[str]:
    """The names of the section buttons beside a form."""
    panes = person.wait_for("the sections", lambda screen: screen.find(name="Sections"))
    return [button.name.partition(", ")[0] + ", " for button in panes[0].find("Button")]


def sync(person: Person) -> list[str]:
    """From the list of families: sync, and come back. What was said on the way."""
    person.press("Button", "Sync with the council")
    person.one(HEADINGS, "Sync with the council")
    person.wait_until_still()
    person.press("Button", "Sync now")
    said: list[str] = []

    def ended(screen: Screen) -> bool:
        said.extend(found.name for found in screen.find("StaticText", starts=UNDER_WAY))
        bars = [found for found in screen.find("ProgressBar") if not found.in_view.is_empty]
        said.extend(f"progress {bar.value}" for bar in bars)
        return "Checked with the council at" in screen.words

    person.wait_for("the end of the sync", ended, SYNC_TAKES_AT_MOST)
    return list(dict.fromkeys(said))


def open_print(person: Person, button: str, heading: str) -> None:
    """From the family's page, ask for the plan on paper; the page with this heading follows."""
    person.open(button, named("Button", button), named(HEADINGS, heading))


def save_copy(person: Person, recipient: str, place: Path) -> None:
    """On the print page: say for whom, look at the pages, and save a copy after the warning."""
    person.choose(f"the reader {recipient!r}", named("RadioButton", starts=recipient))
    person.wait_for(
        "the first page",
        lambda screen: screen.find(starts="Page 1 of "),
        PAGES_TAKE_AT_MOST,
    )
    person.choose("what to check", named("CheckBox", "I have checked this"))
    person.press("Button", "Save a copy…")
    person.see("This leaves the vault")
    person.write_in("Where to save the copy", str(place))
    person.press("Button", "Save this copy")
    person.see("Saved at")
