"""What is entered is what is printed; what cannot be printed is replaced where it comes in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.printing.text import printable
from desktop.services.entering import REPLACED, enterable
from tests.desktop.services.making import Desk


@pytest.mark.parametrize("refused", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_what_no_page_can_show_is_replaced_visibly(refused: str) -> None:
    assert enterable(f"a{refused}b") == f"a{REPLACED}b"


@given(st.text(st.characters(exclude_categories=())))
def test_what_was_entered_is_printed_as_it_was_entered(text: str) -> None:
    entered = enterable(text)
    assert enterable(entered) == entered
    entered.encode()
    assert printable(entered) == unicodedata.normalize("NFC", entered).replace("\t", " ")


def test_an_answer_is_written_as_it_will_be_printed(desk: Desk) -> None:
    family = desk.families.begin()
    record = desk.fill(family, "assessment", start__hope="calm\x00 \ud83d mornings <angry> & 🙂")
    said = desk.open(record).standing("/assessment/start/hope").answer.value
    assert said == f"calm{REPLACED} {REPLACED} mornings <angry> & 🙂"
