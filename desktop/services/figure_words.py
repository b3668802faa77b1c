"""Figures in words: what each is about, and its quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.services.figure_views import Number
from forms.casework.measures.catalogue import BY_KEY
from forms.casework.measures.measure import Count
from forms.casework.measures.measure import outside as as_it_leaves

SUBJECTS: Mapping[str, str] = {
    "open_help": "Families being helped",
    "asking": "Asking for help, and asking again",
    "timely": "On time",
    "quality": "How the help is given, and what it changes",
    "says": "What families say",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def quarter_words(first: date, last: date) -> str:
    """``July to September 2026``."""
    return f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {last.year}"


def short_quarter(last: date) -> str:
    """A quarter by its last month: ``to Sep 2026``."""
    return f"to {MONTHS[last.month - 1][:3]} {last.year}"


def subject_of(key: str) -> str:
    """What a measure is about; measures that this program does not know are about quality."""
    return BY_KEY[key].subject if key in BY_KEY else "quality"


def period_of(key: str) -> str:
    """Over which days a measure counts, as its definition says; blank for one no longer defined."""
    return BY_KEY[key].period if key in BY_KEY else ""


def smallest(key: str) -> int:
    """The smallest number that a measure shows outside the service."""
    return BY_KEY[key].smallest if key in BY_KEY else 0


def count_of(number: Number) -> Count:
    """A figure as the measures hold it."""
    return Count(number.counted, number.of, number.mean, number.median, number.hidden)


def outside(key: str, number: Number) -> Count:
    """A figure as it may leave the service: no small number, and the others to the nearest 5."""
    return as_it_leaves(count_of(number), smallest(key))
