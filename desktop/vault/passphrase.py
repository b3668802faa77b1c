"""Passphrases: random words to offer, and how hard one is to guess, reckoned without a network."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORDS_OFFERED = 5
ENOUGH_BITS = 50  # what a funded attacker with a copy of the files should still not reach
_MOST_JUDGED = 72  # the judge's own limit; what comes after only makes it harder


class PassphraseTooEasy(Exception):
    """What was chosen is guessed too soon."""

    title = "Choose another passphrase"
    message = "That passphrase is too easy to guess. Use at least four random words."


@dataclass(frozen=True, slots=True)
class Strength:
    """``bits``: two to that power is about how many guesses it takes."""

    bits: float

    @property
    def is_enough(self) -> bool:
        """True if it may protect a vault."""
        return self.bits >= ENOUGH_BITS


@cache
def word_list() -> tuple[str, ...]:
    """The words that are offered: short, common and kind, none twice."""
    text = files("resources").joinpath("passphrase_words.txt").read_text("utf-8")
    return tuple(text.split())


def offered_passphrase(
    words: Sequence[str] = (), choose: Callable[[Sequence[str]], str] = secrets.choice
) -> str:
    """``WORDS_OFFERED`` different random words of the list (or of ``words``), a space between.

    None twice, for `strength` counts a word that is said again as nothing and might refuse it.
    """
    chosen: list[str] = []
    while len(chosen) < WORDS_OFFERED:
        word = choose(words or word_list())
        if word not in chosen:
            chosen.append(word)
    return " ".join(chosen)


def strength(passphrase: str, about_the_worker: Sequence[str] = ()) -> Strength:
    """How hard a passphrase is to guess. ``about_the_worker``: name and such, which do not help.

    Words of the offered list count as what they are, not as random letters.
    """
    from zxcvbn import zxcvbn  # its word lists take memory, and it is seldom needed

    if not passphrase:
        return Strength(0.0)
    judged = zxcvbn(passphrase[:_MOST_JUDGED], list(about_the_worker))
    bits = math.log2(max(1.0, float(judged["guesses"])))
    said = passphrase.casefold().split()
    if said and set(said) <= set(word_list()):
        bits = min(bits, len(set(said)) * math.log2(len(word_list())))
    return Strength(bits)


def require_strength(passphrase: str) -> None:
    """Raises PassphraseTooEasy."""
    if not strength(passphrase).is_enough:
        raise PassphraseTooEasy
