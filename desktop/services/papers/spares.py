"""Papers with nothing of any family on them: a blank form, the card of a service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from desktop.printing.dates import long_date
from desktop.printing.document import FootWords
from desktop.printing.figures_page import FigureWords, ServiceCard, service_story
from desktop.printing.story import Story
from desktop.services.packs import Packs
from desktop.services.papers.form_copies import blank_copy, form_manners
from desktop.services.papers.manners import PLAIN, all_manners, foot_words, in_manner
from forms.casework.directory import Service


@dataclass(frozen=True, slots=True, repr=False)
class Spare:
    """One such paper. ``is_form``: its foot says that it is a blank form. ``whose`` is whom it is
    for, ``hint`` something of them, ``care`` what the worker thinks of first. ``manners`` are key
    to words.
    """

    key: str
    title: str
    is_form: bool
    version: str
    whose: str
    hint: str
    care: str
    file_name: str
    manners: Mapping[str, str]
    story: Callable[[str], Story]
    foot_words: Callable[[str], tuple[FootWords, ...]]


def blank_form(packs: Packs, form: str) -> Spare:
    """A form with nothing in it (domain.md 8.2, product 6): in its languages, alone or in two."""
    pack, about = packs.newest, packs.newest.about(form)
    definition = packs.definition(form, about.version)
    others = [name for name in definition.languages if name != definition.default_language]
    manners = form_manners(definition)
    return Spare(
        f"blank:{form}",
        about.title,
        True,
        about.version,
        "Nobody yet",
        "a spare, to be filled by hand",
        "",
        f"blank-{form}.pdf".replace("_", "-"),
        {**manners, **{name: f"{name} alone" for name in others}},
        partial(blank_copy, pack, form, definition),
        partial(foot_words, pack),
    )


def service_card(packs: Packs, service: Service) -> Spare:
    """Where to get help: one service of the directory, to take home (domain.md 3.6)."""
    pack = packs.newest

    def story(manner: str) -> Story:
        def make(words: FigureWords) -> Story:
            checked = long_date(service.checked, words.dates) if service.checked else ""
            where = service.area or words.everywhere
            card = ServiceCard(service.name, service.what, service.number, where, checked)
            return service_story((card,), words)

        return in_manner(pack, manner or PLAIN, FigureWords, make) or make(FigureWords())

    return Spare(
        "service",
        service.name,
        False,
        "",
        "Who takes it home",
        "no name is on it",
        "Others in the home may find a card. Ask first whether it is safe to take one.",
        "service-card.pdf",
        all_manners(pack, FigureWords),
        story,
        partial(foot_words, pack),
    )
