"""Whatever is written where nobody may print it, every paper stays as it was, for every reader.

Markers go into every place that the pack prints for nobody: restricted, adoption, safe contact,
third parties. Which places a seed chooses. The suite looks at a few papers; the long run at each
paper for each reader.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.services.gathered_copy import NothingForReader
from desktop.services.packs import Packs
from desktop.services.print_views import Choice
from forms.pack import Pack
from forms.records.answer_path import schema_path
from forms.xforms import NodeKind
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.services.test_paper import NOW, PERSON, record_of, who, write_family
from tests.desktop.vault.making import open_vault

MARK = "MARKED"
FEW = 4
"""Papers of readers that the suite looks at."""


@pytest.fixture(scope="module")
def rich(made_once: Path, pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The family of `write_family`, with more of what papers are made of."""
    folder = tmp_path_factory.mktemp("rich") / "vault"
    vault = open_vault(Path(shutil.copytree(made_once, folder)))
    desk = desk_with(vault, Packs(pack), Clock(SteadyClock(NOW)))
    write_family(desk)
    family = vault.families()[0].id
    maya = who(desk, family)["Maya"]
    desk.fill(family, "child_voice", who__child=maya, words_of_child__words="I like tea")
    desk.fill(family, "visit_note", what__facts="We laughed")
    desk.fill(family, "request", ask__want="Somebody to talk to")
    desk.fill(family, "closure", later__sustain="We talk on Sundays")
    desk.fill(family, "contribution")
    write_others(desk, family)
    vault.close()
    return folder


def write_others(desk: Desk, family: str) -> None:
    """A reader of each kind that `write_family` has not: so every rule of the pack has one."""
    people = desk.open(record_of(desk, family, "household"))
    for name, role, relation, lives, born in (
        ("Leo", "child", "", "here", "2011-07-08"),
        ("Gran", "adult", "grandparent", "here", "1958-01-01"),
        ("Kofi", "parent", "father", "elsewhere", "1989-01-01"),
        ("Tess", "parent", "partner", "here", "1991-01-01"),
        ("Aunt Bea", "adult", "other", "elsewhere", "1970-01-01"),
    ):
        told = {"role": role, "given_name": name, "relation": relation, "lives": lives}
        row, _ = people.add_row(PERSON)
        for question, value in (told | {"born": born, "included": "yes"}).items():
            people.answer(f"{row}/{question}", value)
    desk.records.seal(people.freeze())
    helpers = desk.open(desk.records.begin(family, "professionals"))
    helper = "/professionals/who/professional"
    row, _ = helpers.add_row(helper)
    for question, value in (("agency", "school"), ("professional_name", "Miss Khan")):
        helpers.answer(f"{row}/{question}", value)
    desk.records.seal(helpers.freeze())
    desk.fill(family, "sharing", agencies__share_school="yes")


@pytest.fixture
def desk(rich: Path, pack: Pack, tmp_path: Path, clock: SteadyClock) -> Iterator[Desk]:
    vault = open_vault(Path(shutil.copytree(rich, tmp_path / "vault")))
    yield desk_with(vault, Packs(pack), Clock(clock))
    vault.close()


def hidden_roots(pack: Pack, form: str) -> tuple[str, ...]:
    """The parts of a form that go on no paper, whoever reads it."""
    rows = [row for row in pack.tables["recipients"] if row["form"] == form]
    nobody = {row["path"] for row in rows if (row["reader"], row["prints"]) == ("*", "no")}
    others = {row["path"] for row in rows if row["reader"] != "*" and row["prints"] != "no"}
    third = (root for root in nobody if not any(path.startswith(root) for path in others))
    return (*pack.never_printed(form), *third)


def mark(filling: Filling, roots: tuple[str, ...], chance: random.Random) -> int:
    """Markers in about half the texts below ``roots``, in new rows where rows are hidden too."""
    for node in list(filling.session.root.walk()):
        if node.kind is NodeKind.REPEAT and is_in(node.schema_path, roots):
            filling.add_row(node.path)
    marked = 0
    for node in list(filling.session.root.walk()):
        is_text = node.control == "input" and node.type in {"string", "text"}
        refuses = node.name == "contact_order"  # that keeps the whole paper from somebody
        hidden = is_text and not refuses and is_in(schema_path(node.path), roots)
        if hidden and chance.random() < 0.5:
            filling.answer(node.path, f"{MARK} {marked}")
            marked += 1
    return marked


def is_in(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def write_markers(desk: Desk, family: str, chance: random.Random) -> int:
    """In the records there are, in one more of each form that is wholly hidden, and beside them."""
    marked = 0
    pack = desk.packs.newest
    for form in pack.forms:
        roots = hidden_roots(pack, form.id)
        if not roots or form.id == "safety_check":
            continue
        records = [row.id for row in desk.vault.records(family) if row.form == form.id]
        if not records and f"/{form.id}" in roots:
            records = [desk.records.begin(family, form.id)]
        for record in records:
            writing = desk.open(record)
            marked += mark(writing, roots, chance)
            desk.records.seal(writing.freeze())
    desk.fill(family, "safety_check", talking__safe_paper="yes", contact__safe_contact=MARK)
    desk.fill(family, "visit_note", what__facts=MARK, after__restricted="third_party safety")
    people = desk.open(record_of(desk, family, "household"))
    refuge, _ = people.add_row("/household/homes/address")
    people.answer(f"{refuge}/line_1", f"1 {MARK} Road")
    people.answer(f"{refuge}/confidential", "yes")
    desk.records.seal(people.freeze())
    return marked + 3


def content(desk: Desk, family: str, product: str, reader: str) -> tuple[bytes, str]:
    """The bytes and words of a copy; nothing where nothing is left for the reader."""
    counter = desk.paper.desk(family, product)
    gathered = replace(counter.gather(reader, "standard"), number="1", now=NOW)
    try:
        prepared = counter.typeset(gathered)
    except NothingForReader:
        return b"", ""
    return counter._made[id(prepared)].pdf, "\n".join(prepared.text)


def pairs_of(desk: Desk, family: str) -> list[tuple[str, Choice]]:
    """Each paper with each reader that may be given it."""
    papers = [paper.key for group in desk.paper.shelf(family) for paper in group.papers]
    offers = [desk.paper.desk(family, paper).offer() for paper in papers]
    return [
        (paper, choice)
        for paper, offer in zip(papers, offers, strict=True)
        for choice in offer.recipients
        if choice.key not in offer.refused
    ]


LONG = (pytest.mark.long, pytest.mark.timeout(1200))  # all papers, twice
SEEDS = [1, *(pytest.param(seed, marks=LONG) for seed in range(2, 6))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_paper_shows_that_there_is_something_kept_back(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    family = desk.vault.families()[0].id
    pairs = [(paper, choice.key) for paper, choice in pairs_of(desk, family)]
    chosen = chance.sample(pairs, FEW) if seed == 1 else pairs
    before = {pair: content(desk, family, *pair) for pair in chosen}
    assert any(words for _, words in before.values())
    assert write_markers(desk, family, chance) > 15
    for pair, was in before.items():
        pdf, words = content(desk, family, *pair)
        assert MARK not in words, pair
        assert (pdf, words) == was, pair
