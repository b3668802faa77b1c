"""Digests: whether device and EHM hold the same, without sending it.

A change's fingerprint is the SHA-256 of its canonical JSON. A family's digest is the sum of the
fingerprints of its changes modulo 2**256, so both sides can keep it up as changes come, in any
order. Counts are not enough: they stay equal when one change stands in for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from sync.contract.messages import WireAnswer, WireChange

EMPTY = "0" * 64


def canonical(change: WireChange) -> bytes:
    """UTF-8 JSON: keys and bases sorted, no spaces, fields that have their default left out."""
    return _in_order(change).model_dump_json(exclude_defaults=True).encode()


def _in_order(change: WireChange) -> WireChange:
    paths = sorted(change.answers)
    is_in_order = paths == list(change.answers)
    if is_in_order and all(len(each.base) < 2 for each in change.answers.values()):
        return change  # as most come: a first sync looks at millions
    answers = {path: _answer_in_order(change.answers[path]) for path in paths}
    return change.model_copy(update={"answers": answers})


def _answer_in_order(answer: WireAnswer) -> WireAnswer:
    if len(answer.base) < 2:
        return answer
    return answer.model_copy(update={"base": tuple(sorted(answer.base))})


def fingerprint(change: WireChange) -> str:
    """The SHA-256 of the canonical JSON of a change: 64 hexadecimal digits."""
    return fingerprint_of(canonical(change))


def fingerprint_of(said: bytes) -> str:
    """The fingerprint of a change whose canonical JSON this is."""
    return hashlib.sha256(said).hexdigest()


def family_digest(fingerprints: Iterable[str], start: str = EMPTY) -> str:
    """The digest of a family from the fingerprints of its changes; ``start`` to add to one."""
    total = int(start, 16) + sum(int(each, 16) for each in fingerprints)
    return f"{total % 2**256:064x}"


def without(digest: str, fingerprints: Iterable[str]) -> str:
    """The digest after these changes were taken away."""
    total = int(digest, 16) - sum(int(each, 16) for each in fingerprints)
    return f"{total % 2**256:064x}"


def everything(families: Mapping[str, str]) -> str:
    """One digest of all families held: SHA-256 over ``family:digest`` lines in order of id.

    Families without a change do not count.
    """
    lines = "".join(
        f"{family}:{families[family]}\n" for family in sorted(families) if families[family] != EMPTY
    )
    return hashlib.sha256(lines.encode()).hexdigest()
