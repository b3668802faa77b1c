"""The words that are offered, and the judging of passphrases."""

from __future__ import annotations

import math

import pytest

from desktop.vault.passphrase import (
    ENOUGH_BITS,
    WORDS_OFFERED,
    offered_passphrase,
    strength,
    word_list,
)


def test_five_words_offered_are_enough_even_for_one_who_knows_the_list() -> None:
    words = word_list()
    assert len(words) == len(set(words))
    assert WORDS_OFFERED * math.log2(len(words)) >= ENOUGH_BITS
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 8 for word in words)


def test_no_word_hides_in_two_others_run_together() -> None:
    """Typed without the spaces, what was offered is still one sequence of words in nearly all."""
    words = set(word_list())
    joined = [w for w in words if any(w[:n] in words and w[n:] in words for n in range(3, len(w)))]
    assert len(joined) < 0.02 * len(words)


def test_each_offer_is_another_and_each_is_strong() -> None:
    offers = {offered_passphrase() for _ in range(40)}
    assert len(offers) == 40
    for offer in offers:
        assert len(offer.split()) == WORDS_OFFERED
        assert strength(offer).is_enough


def test_no_word_is_offered_twice_for_it_would_be_refused() -> None:
    drawn = iter(["apple", "river", "apple", "river", "copper", "lantern", "apple", "meadow"])
    assert offered_passphrase(choose=lambda _: next(drawn)) == "apple river copper lantern meadow"


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "password",
        "Password123!",
        "qwertyuiop",
        "12345678901234567890",
        "priya shah 1984",
        "apple apple apple apple apple",
        "apple river",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "liverpool fc 2026",
    ],
)
def test_what_can_be_guessed_is_not_enough(passphrase: str) -> None:
    assert not strength(passphrase, ["Priya", "Shah"]).is_enough


def test_a_long_one_of_one_s_own_is_judged_without_failing() -> None:
    assert strength("the goat that ate our purple Tuesday gate twice " * 10).is_enough


def test_the_worker_s_own_name_does_not_help() -> None:
    name = "Aleksandra Wiśniewska-Okonkwo"
    assert strength(name, name.replace("-", " ").split()).bits < strength(name).bits
