"""How a family's help stands, on the family's page: what they know, and what is for the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from desktop.services.case_views import Standing
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.link_row import LinkRow
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import (
    answer_words,
    drift_words,
    due_words,
    prompt_words,
    question_words,
    task_words,
)
from desktop.ui.words import breakable, listed, tr

CHRONOLOGY, PICTURES, BOARD, MEETING = "chronology", "pictures", "board", "meeting"
_TASKS_AT_ONCE = 3


def standing_card(standing: Standing, moments: Moments, go: Callable[[str], None]) -> Card:
    """Where they live, the level, who agreed, who is responsible, what is next; and the ways on."""
    card = Card()
    for label, words in _facts(standing, moments):
        card.body.addWidget(Quiet(label))
        card.body.addWidget(Body(words))
    for task in standing.tasks[:_TASKS_AT_ONCE]:
        card.body.addWidget(Quiet(due_words(task, moments)))
        card.body.addWidget(Body(task_words(task)))
    ways = (
        (CHRONOLOGY, tr("What happened, in order")),
        (PICTURES, tr("Family tree, helpers, and how far we have come")),
        (BOARD, tr("Plan board")),
        (MEETING, tr("Meeting of the team: hold it now, and write as people speak")),
    )
    for key, words in ways:
        line = LinkRow(words)
        line.setObjectName(f"way-{key}")
        line.clicked.connect(lambda _=False, key=key: go(key))
        card.body.addWidget(line)
    return card


def for_worker_parts(standing: Standing) -> list[QWidget]:
    """What to think of, signs of drift, and what an audit would ask."""
    parts: list[QWidget] = []
    if standing.drift:
        parts.append(_list(tr("Is this help still helping?"), map(drift_words, standing.drift)))
    if standing.prompts:
        words = (prompt_words(kind, name) for kind, name in standing.prompts)
        parts.append(_list(tr("To think of"), words))
    asked = [one for one in standing.asked if one[1] != "yes"]
    if asked:
        lines = (
            f"{question_words(question)} {answer_words(answer)}."
            + (f" {breakable(listed([n for n in names if n]))}" if any(names) else "")
            for question, answer, names in asked
        )
        parts.append(_list(tr("What an audit would ask"), lines))
    return parts


def _facts(standing: Standing, moments: Moments) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if standing.home_is_protected:
        found.append((tr("Where"), tr("The address is protected.")))
    elif standing.home:
        found.append((tr("Where"), breakable(standing.home)))
    if standing.level is not None and standing.level_since is not None:
        words = tr(
            "Level {n}, {words}, since {day}",
            n=standing.level_code or standing.level,
            words=standing.level_words,
            day=moments.day(standing.level_since),
        )
        found.append((tr("Level of need"), words))
    else:
        found.append((tr("Level of need"), tr("Not decided yet")))
    found.append((tr("Agreement"), _agreement(standing)))
    if standing.lead and standing.lead_since is not None:
        words = tr(
            "{name}, since {day}",
            name=breakable(standing.lead),
            day=moments.day(standing.lead_since),
        )
        number = standing.lead_number.replace(" ", "\u00a0")
        said = [words, number] if number else [words]
        found.append((tr("Who leads"), " · ".join(said)))
    if standing.ended is not None:
        day = moments.day(standing.ended)
        found.append((tr("Help"), tr("Ended on {day}", day=day)))
    elif standing.begun is not None:
        words = tr("Open since {day}", day=moments.day(standing.begun))
        if standing.closing_waits is not None:
            day = moments.day(standing.closing_waits)
            waits = tr(
                "No manager has agreed yet to the closing of {day}. Until then the help goes on.",
                day=day,
            )
            words = f"{words}. {waits}"
        found.append((tr("Help"), words))
    return found


def _agreement(standing: Standing) -> str:
    said = []
    if standing.agreed:
        said.append(tr("{names} agreed.", names=breakable(listed(list(standing.agreed)))))
    if standing.not_agreed:
        names = breakable(listed(list(standing.not_agreed)))
        said.append(
            tr("{names} has not agreed yet.", names=names)
            if len(standing.not_agreed) == 1
            else tr("{names} have not agreed yet.", names=names)
        )
    return " ".join(said) or tr("Nobody has agreed yet.")


def _list(heading: str, lines: Iterable[str]) -> Card:
    card = Card()
    card.body.addWidget(Heading(heading, 3))
    for line in lines:
        card.body.addWidget(Body(line))
    return card
