"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(written: str, known: Iterable[str], before: str = "", after: str = "") -> str:
    """“Write x instead.”, if something known is close to what is written; blank if not.

    ``before`` and ``after`` are put around it: ``${`` and ``}``.
    """
    close = get_close_matches(written, sorted(known), n=1, cutoff=0.6)
    return f"Write {before}{close[0]}{after} instead." if close else ""
