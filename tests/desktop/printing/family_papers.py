"""Papers of one family with something in everything, in every manner, from their print desks."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop.printing.story import Story
from desktop.services.blank_desk import GatheredBlank
from desktop.services.clock import Clock
from desktop.services.gathered_copy import GatheredCopy, NothingForReader
from desktop.services.packs import Packs
from desktop.services.print_views import PrintDesk
from desktop.vault import Vault
from forms.pack import Pack
from forms.xforms import NodeKind
from tests.conftest import SteadyClock
from tests.desktop.printing.test_forms import some_answer
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.services.test_paper import NOW, who, write_family
from tests.desktop.ui.pages.case_examples import COUNCIL_FIGURES
from tests.desktop.vault.making import make_vault, open_vault

FILLED = (
    "agreement",
    "privacy_notice",
    "sharing",
    "request",
    "team_meeting",
    "closure",
    "safety_plan",
)
"""Beside those of `write_family`: what families sign and take home, with an answer everywhere."""

GROUPS = ("keep", "copies", "send")


def family_desk(vault: Vault, pack: Pack) -> tuple[Desk, str]:
    """The desk of the family of `write_family`, with more of what papers are made of."""
    desk = desk_with(vault, Packs(pack), Clock(SteadyClock(NOW)))
    write_family(desk)
    family = vault.families()[0].id
    for form in FILLED:
        _fill(desk, family, form)
    maya = who(desk, family)["Maya"]
    desk.fill(
        family,
        "child_voice",
        who__child=maya,
        words_of_child__words="I like tea",
        houses__worries="The dark",
        feelings__feel_home="4",
    )
    return desk, family


def family_stories(pack: Pack) -> Iterator[tuple[str, Story]]:
    """Each paper's name and story, in each of its manners.

    Those of meetings and of the ending are left to `every_paper`: there with more in them.
    """
    with tempfile.TemporaryDirectory() as folder:
        vault = open_vault(make_vault(Path(folder) / "vault"))
        desk, family = family_desk(vault, pack)
        for group in desk.paper.shelf(family):
            for paper in group.papers if group.key in GROUPS else ():
                name = f"{group.key} {paper.title} {paper.about}".strip()
                yield from _in_manners(name, desk.paper.desk(family, paper.key))
        yield from _in_manners("figures", desk.paper.figures_desk(COUNCIL_FIGURES))
        vault.close()


def _in_manners(name: str, desk: PrintDesk) -> Iterator[tuple[str, Story]]:
    offer = desk.offer()
    for manner in offer.manners:
        for reader in (one for one in offer.recipients if one.key not in offer.refused):
            made = _story(desk, reader.key, manner.key)
            if made is not None:
                yield f"{name} {manner.key}", made
                break


def _story(desk: PrintDesk, reader: str, manner: str) -> Story | None:
    """The paper; None where this reader may have nothing of it."""
    gathered = desk.gather(reader, "standard", manner)
    if isinstance(gathered, GatheredBlank):
        return gathered.story
    assert isinstance(gathered, GatheredCopy)
    try:
        return gathered.story()
    except NothingForReader:
        return None


def _fill(desk: Desk, family: str, form: str) -> None:
    """Something believable in every question that is asked, and in one row of each list."""
    writing, pick = desk.open(desk.records.begin(family, form)), random.Random(form)
    for repeat in list(writing.session.root.walk()):
        if repeat.kind is NodeKind.REPEAT and repeat.relevant and not repeat.count_is_fixed:
            writing.add_row(repeat.path)
    for _ in range(2):  # answers make further questions relevant
        for node in list(writing.session.root.walk()):
            asked = node.kind is NodeKind.QUESTION and node.relevant and not node.readonly
            if asked and not node.value and node.control not in ("note", "upload"):
                writing.answer(node.path, some_answer(node, pick))
    desk.records.seal(writing.freeze())
