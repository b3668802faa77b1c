"""The invented family of the journey and what they say: the answers that are typed and clicked.

Questions are named as in the forms; the words on the screen are looked up there. Values are as a
record holds them: a choice by its name, a date as 2026-11-24.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, typed or chosen."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Named:
    """People chosen from those of the household, by the name that the screen shows."""

    question: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signature or a drawing, made with the mouse."""

    question: str


@dataclass(frozen=True, slots=True)
class Added:
    """One more of something that repeats, with its answers."""

    repeat: str
    answers: tuple[Answer, ...]


Answer = Told | Named | Drawn | Added


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one section of a form, in the order in which they are given."""

    name: str
    answers: tuple[Answer, ...]


FAMILY_NAME = "Brennan and Okoye"
MOTHER, FATHER = "Siobhan Brennan", "Tunde Okoye"
SON, DAUGHTER = "Kieran Brennan", "Mimi Okoye"  # she likes to be called so
WORKER = "Priya Shah"

SAFETY_CHECK = (
    Section(
        "now",
        (Told("harm_now", "no"), Told("adult_risk", "none")),
    ),
    Section(
        "talking",
        (Told("safe_talk", "yes"), Told("safe_paper", "yes")),
    ),
    Section(
        "contact",
        (
            Told(
                "safe_contact",
                "Text Siobhan first; she is on shift until three.\nNever leave a voicemail.",
            ),
        ),
    ),
)


def _grown_up(role: str, given: str, last: str, born: str, relation: str) -> tuple[Answer, ...]:
    return (
        Told("role", role),
        Told("given_name", given),
        Told("last_name", last),
        Told("born", born),
        Told("lives", "here"),
        Told("relation", relation),
        Told("parental_responsibility", "yes"),
        Told("language", "english"),
        Told("gender", "female" if relation == "mother" else "male"),
    )


HOUSEHOLD = (
    Section("family", (Told("family_name", FAMILY_NAME),)),
    Section(
        "homes",
        (
            Added(
                "address",
                (
                    Told("home_kind", "main"),
                    Told("line_1", "7 Lantern Row"),
                    Told("town", "Hindley"),
                    Told("postcode", "WN2 4ZZ"),
                    Told("confidential", "no"),
                ),
            ),
        ),
    ),
    Section(
        "people",
        (
            Added("person", _grown_up("parent", "Siobhan", "Brennan", "1991-04-12", "mother")),
            Added("person", _grown_up("parent", "Tunde", "Okoye", "1988-09-30", "father")),
            Added(
                "person",
                (
                    Told("role", "child"),
                    Told("given_name", "Kieran"),
                    Told("last_name", "Brennan"),
                    Told("born", "2013-02-03"),
                    Told("lives", "both"),
                    Told("nights", "Thursday to Saturday with his nan, Maureen, in Leigh"),
                    Told("school", "Lantern High"),
                    Told("attendance", "86"),
                ),
            ),
            Added(
                "person",
                (
                    Told("role", "child"),
                    Told("given_name", "Amara"),
                    Told("last_name", "Okoye"),
                    Told("preferred_name", "Mimi"),
                    Told("born", "2019-06-21"),
                    Told("lives", "here"),
                    Told("school", "St Brigid’s Primary"),
                    Told("print_size", "18"),
                ),
            ),
            Added(
                "person",
                (
                    Told("role", "unborn"),
                    Told("last_name", "Okoye"),
                    Told("due", "2027-02-14"),
                ),
            ),
        ),
    ),
)

PRIVACY_NOTICE = (
    Section(
        "people",
        (
            Added(
                "told",
                (
                    Named("told_who", (MOTHER,)),
                    Told("told_how", "paper read_aloud"),
                    Told("told_language", "english"),
                    Told("told_on", "2026-11-23"),
                    Told("told_understood", "yes"),
                ),
            ),
        ),
    ),
    Section(
        "talk",
        (
            Told(
                "explained",
                "We read it together at the kitchen table. She asked who at school can see it.",
            ),
        ),
    ),
)

AGREEMENT = (
    Section(
        "people",
        (
            Added(
                "decision",
                (
                    Named("who", (MOTHER,)),
                    Told("standing", "adult"),
                    Told("answer", "agrees"),
                    Told("method", "signed"),
                    Drawn("signature"),
                    Told("agreed_on", "2026-11-23"),
                ),
            ),
        ),
    ),
    Section("worker", (Drawn("worker_signature"), Told("worker_signed_on", "2026-11-23"))),
)

CHILD_VOICE = (
    Section(
        "who",
        (
            Told("on", "2026-11-23"),
            Told("how", "talked drew"),
            Told("alone", "yes"),
            Told("alone_where", "In her room, on the rug, with the door open"),
        ),
    ),
    Section(
        "words_of_child",
        (
            Told("words", "I like it when Kieran does my hair. It is loud when nobody sleeps."),
            Told("day", "I get up first and I feed Biscuit. Then I wait for Mum’s alarm."),
        ),
    ),
    Section(
        "houses",
        (
            Told("good", "Biscuit the cat, my nan’s soup, drawing"),
            Drawn("good_drawing"),
            Told("worries", "When Kieran goes out and does not say where"),
        ),
    ),
    Section(
        "feelings",
        (
            Told("feel_home", "4"),
            Told("feel_family", "4"),
            Told("feel_school", "5"),
            Told("how_things_are", "7"),
        ),
    ),
    Section(
        "hopes",
        (
            Told("want", "I want my own lamp, and for the baby to like me."),
            Told("goal_in_plan", "yes"),
        ),
    ),
    Section("sharing", (Told("share_ok", "some"), Told("share_with", "family school"))),
    Section(
        "worker",
        (
            Told(
                "impact",
                "Amara watches everybody and makes herself small. She is proud of her drawing.",
            ),
        ),
    ),
)


def _talked_about(domain: str, strengths: str, worries: str, score: str, *more: Answer) -> Section:
    return Section(
        domain,
        (
            Told(f"{domain}_relevant", "yes"),
            Told(f"{domain}_strengths", strengths),
            Told(f"{domain}_worries", worries),
            *more,
            Told(f"{domain}_score_family", score),
        ),
    )


ASSESSMENT = (
    Section(
        "well",
        (
            Told(
                "going_well",
                "We eat together on Sundays. Nan comes round. The children make each other laugh.",
            ),
            Told("existing_safety", "Someone is always home by four; Nan has a key."),
        ),
    ),
    Section(
        "start",
        (
            Told("started", "2026-11-23"),
            Told("route", "family"),
            Told("existing_check", "not_yet"),
            Told("reason", "Kieran has missed school since September and nobody is sleeping."),
        ),
    ),
    Section(
        "your_story",
        (
            Told("story", "We moved in with one bag each & started again. It is home now."),
            Told("previous", "A mentor at school helped, until he left in July."),
        ),
    ),
    _talked_about(
        "sf01",
        "Amara loves reading; she is on the gold level.",
        "Kieran missed 14 days this term.",
        "4",
        Told("sf01_needs", "SF01_1"),
        Told("sf01_evidence", "The school’s letter of 6 November, and Kieran says so too."),
    ),
    _talked_about("sf02", "The midwife is happy.", "Where will the cot go?", "7"),
    _talked_about(
        "sf03",
        "Siobhan walks to work and back.",
        "Nobody sleeps more than five hours.",
        "5",
    ),
    Section("sf04", (Told("sf04_relevant", "no_issues"),)),
    _talked_about(
        "sf05",
        "They say sorry to each other.",
        "Shouting at bedtime, most nights.",
        "5",
        Told("young_carer", "yes"),
    ),
    Section("sf06", (Told("sf06_relevant", "no_issues"),)),
    Section("sf07", (Told("sf07_relevant", "no_issues"),)),
    Section("sf08", (Told("sf08_relevant", "no_issues"),)),
    _talked_about("sf09", "A kind landlord.", "Two bedrooms, and soon five people.", "4"),
    _talked_about("sf10", "Two wages.", "£38 a week goes on an old loan.", "6"),
    Section(
        "mapping",
        (
            Told("family_worries", "That Kieran stops going at all, and we are too tired to see."),
            Told("wellbeing_goal", "Kieran in school every day and everybody asleep by ten."),
            Told("family_needs", "A way back into school, and a quieter evening."),
        ),
    ),
)

UNFINISHED_SENTENCE = "We have not asked Tunde’s mother yet what she"

PLAN = (
    Section(
        "start",
        (
            Told("lead", "Priya Shah, early help"),
            Told("strengths", "We turn up, we laugh, and we tell each other the truth."),
        ),
    ),
    Section(
        "goals",
        (
            Added(
                "goal",
                (
                    Told("outcome", "Kieran is in school every day he can be."),
                    Told("measure", "The register, looked at together on Fridays"),
                    Told("start_score", "3"),
                    Told("target_score", "8"),
                    Added(
                        "action",
                        (
                            Told("what", "Meet Ms Dale and plan the first two weeks"),
                            Told("who", "Siobhan and Kieran"),
                            Told("by_when", "2026-12-04"),
                        ),
                    ),
                    Added(
                        "action",
                        (
                            Told("what", "Drive Kieran on Mondays"),
                            Told("who", "Tunde"),
                            Told("by_when", "2026-11-30"),
                        ),
                    ),
                    Added(
                        "action",
                        (
                            Told("what", "Ring about a young carers’ group"),
                            Told("who", "Priya Shah"),
                            Told("by_when", "2026-12-01"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Section("next", (Told("next_review", "2027-01-11"),)),
)


def every_answer(sections: tuple[Section, ...]) -> Iterator[Told | Named | Drawn]:
    """The answers of a form, those in repeats among them."""
    for section in sections:
        yield from _flat(section.answers)


def _flat(answers: tuple[Answer, ...]) -> Iterator[Told | Named | Drawn]:
    for answer in answers:
        if isinstance(answer, Added):
            yield from _flat(answer.answers)
        else:
            yield answer
