"""The journey of issue 2: from an unlock without a network to the same family on a second laptop.

The parent process is here. It starts the program and the council's EHM, drives the program by keys
and mouse, kills it, and reads the centre over its API. What is checked is what a person would see.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from demonstration import PASSPHRASE, DemoCouncil, enrol_laptop

from tests.journeys import asked, at_home, kept, met, on_paper, overseen, pages, story
from tests.journeys.record import Record, say
from tests.journeys.travelling import Journey


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
        kept.on_the_second_laptop(journey)
        overseen.by_the_manager(journey)
        asked.answered_by_the_coordinator(journey)
        asked.told_to_whoever_asked(journey)
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
        step.do("the worker signed in with the council's provider: PKCE, back over loopback")


def at_the_home(journey: Journey) -> None:
    """All that is done in the family's home, where there is no network."""
    with journey.open_program(journey.first_laptop) as person:
        at_home.unlock(journey, person)
        at_home.begin(journey, person)
        at_home.check_safety(journey, person)
        at_home.write_household(journey, person)
        at_home.give_notice_and_agree(journey, person)
        at_home.hear_the_child(journey, person)
        at_home.assess(journey, person)
        on_paper.agree_a_plan(journey, person)
        on_paper.print_both(journey, person)
        on_paper.refuse_to_print(journey, person)
        asked.ask_for_support(journey, person)
        saved = kept.kill_in_mid_sentence(journey, person)
    with journey.open_program(journey.first_laptop) as person:
        kept.find_it_again(journey, person, saved)


def at_the_office(journey: Journey) -> None:
    """Back where there is a network."""
    with journey.open_program(journey.first_laptop) as person:
        pages.unlock(person, PASSPHRASE)
        kept.sync_and_compare(journey, person)
        on_paper.loosen_and_print(journey, person)
        pages.back_to_family(person, story.FAMILY_NAME)
        pages.back(person)
        met.hold_a_meeting(journey, person)
        met.read_the_figures(journey, person)
        overseen.close_the_hartleys(journey, person)
