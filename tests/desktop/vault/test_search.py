"""Families are found by any word that was said."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.vault import Vault
from desktop.vault.search import fold
from tests.desktop.vault.making import Pen


def _families(vault: Vault, **said: str) -> dict[str, Pen]:
    pens = {}
    for name, words in said.items():
        pens[name] = Pen().begin(vault)
        vault.write(pens[name].change({f"/{n}": w for n, w in enumerate(words.split("|"))}))
    vault.seal_all()
    return pens


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kowalska", ["polish"]),
        ("KOWALSKA lodz", ["polish"]),
        ("Łódź", ["polish"]),
        ("محمد", ["arabic"]),
        ("احمد", ["arabic"]),
        ("obrien", ["irish"]),
        ("O’Brien", ["irish"]),
        ("ਕਿਰਨ", ["punjabi"]),
        ("dog obri", ["irish"]),
        ("li", ["short"]),
        ("kowalska dog", []),
        ("", []),
        ("  - ' \" * ", []),
        ('"', []),
        ("NOT kowalska", []),
        ("yes", []),
    ],
)
def test_found_by(vault: Vault, words: str, found: list[str]) -> None:
    pens = _families(
        vault,
        polish="Zofia Kowalska|born in Łódź",
        arabic="أحمد بن مُحَمَّد",
        irish="Aoife O'Brien|afraid of the dog",
        punjabi="ਕਿਰਨ ਕੌਰ",
        short="Wu Li",
    )
    assert vault.search(words) == [pens[name].family for name in found]


def test_words_said_together_come_before_words_said_apart(vault: Vault) -> None:
    pens = _families(vault, apart="Sam|Carter", together="Sam Carter")
    assert vault.search("sam carter") == [pens["together"].family, pens["apart"].family]


def test_what_was_replaced_is_found_no_more(vault: Vault) -> None:
    pen = Pen().begin(vault)
    vault.write(pen.change({"/name": "Jordan"}))
    (first,) = vault.seal(pen.record)
    vault.write(pen.change({"/name": "Jayden"}, {"/name": (first.id,)}))
    vault.seal_all()
    assert vault.search("jordan") == []
    assert vault.search("jayden") == [pen.family]


def test_names_of_attachments_and_the_program_s_own_paths_are_not_words(vault: Vault) -> None:
    pen = Pen().begin(vault)
    name = vault.keep(b"{}", "application/vnd.your-family.strokes+json")
    vault.write(pen.change({"/signature": name, "@finalised": '{"heads": "harbour"}'}))
    vault.seal_all()
    assert vault.search("sha256") == []
    assert vault.search("harbour") == []


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=20), max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_is_found_by_each_of_its_words(vault: Vault, said: list[str]) -> None:
    pen = Pen().begin(vault)
    vault.write(pen.change({f"/{n}": text for n, text in enumerate(said)}))
    vault.seal_all()
    for word in " ".join(map(fold, said)).split():
        assert pen.family in vault.search(word), word


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
