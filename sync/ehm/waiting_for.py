"""For what a change waits that is kept and not shown, in words."""

from __future__ import annotations

MOVED_WORDS = "moved_words"
"""Held at the family that it was moved to: a restore lost it, and somebody who does not have the
family that it was moved from handed it in again."""

_WHY_HELD = {
    "device_revoked": "Handed in. A coordinator will look at it.",
    "family_unknown": "Kept at the centre until the family is registered there.",
    "not_your_family": "Handed in. A coordinator will look at it.",
    "not_your_record": "Handed in. A coordinator will look at it.",
    "not_your_words": "Handed in. A coordinator will look at it, for somebody else wrote it.",
    MOVED_WORDS: "Handed in again after it was moved to this family. Please look at it.",
    "record_erased": "This record was taken out at the centre. A coordinator will ring you.",
    "form_unknown": "Kept at the centre until it has the form “{form}”, version {version}.",
}


def in_words(code: str, form: str, version: str) -> str:
    """In words, for what a change waits that is held for this code."""
    return _WHY_HELD[code].format(form=form, version=version)
