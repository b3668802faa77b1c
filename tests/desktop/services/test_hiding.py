"""The PIN of Hide: chosen, checked, kept as a verifier, and three wrong ones lock."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.hiding import TRIES, Hiding, PinChecked, PinTooEasy, is_too_easy
from desktop.vault.errors import WrongPassphrase
from tests.desktop.vault.making import PASSPHRASE, make_vault, open_vault


@pytest.fixture
def hiding(tmp_path: Path) -> Iterator[Hiding]:
    folder = make_vault(tmp_path / "vault")
    vault = open_vault(folder)
    yield Hiding(vault, folder)
    vault.close()


def test_the_pin_that_was_chosen_is_right_and_no_other(hiding):
    assert not hiding.has_pin
    hiding.choose_pin("2580")
    assert hiding.has_pin
    assert hiding.check_pin("2580") == PinChecked(True)
    assert hiding.check_pin("2581") == PinChecked(False, 2)


def test_three_wrong_tries_lock_and_then_the_right_one_is_too_late(hiding):
    hiding.choose_pin("2580")
    assert [hiding.check_pin(wrong).must_lock for wrong in ("2581", "", "٢٥٨٠")] == [
        False,
        False,
        True,
    ]
    assert hiding.check_pin("2580").must_lock
    assert [entry.event.kind for entry in hiding.vault.audit()][-1] == "locked after wrong PINs"


def test_a_right_try_forgives_the_wrong_ones_before_it(hiding):
    hiding.choose_pin("2580")
    for _ in range(2 * TRIES):
        assert not hiding.check_pin("9999").must_lock
        assert hiding.check_pin("2580").right


def test_without_a_pin_none_is_right(hiding):
    assert not hiding.check_pin("").right


def test_the_pin_outlives_a_lock_and_is_nowhere_in_the_store(hiding):
    hiding.choose_pin("74920385")
    hiding.vault.close()
    hiding.vault = open_vault(hiding.folder)
    assert hiding.check_pin("74920385").right
    assert "74920385" not in repr(hiding.vault.recall("hide pin"))


@given(
    st.text(st.characters(max_codepoint=0x700), max_size=9)
    | st.from_regex(r"[0-9]{4,8}", fullmatch=True)
)
def test_what_is_taken_for_a_pin_is_short_digits_that_are_not_tried_first(pin):
    taken = not is_too_easy(pin)
    steps = {ord(b) - ord(a) for a, b in pairwise(pin)}
    looks_right = 4 <= len(pin) <= 8 and set(pin) <= set("0123456789")
    if taken:
        assert looks_right
    elif looks_right:
        assert steps <= {0} or steps <= {1, -9} or steps <= {-1, 9}


@pytest.mark.parametrize(
    "pin", ["1111", "1234", "8765", "0123", "98765432", "123", "12 34", "abcd"]
)
def test_easy_ones_are_refused(hiding, pin):
    with pytest.raises(PinTooEasy):
        hiding.choose_pin(pin)
    assert not hiding.has_pin


def test_the_passphrase_is_confirmed_while_the_vault_is_open(hiding):
    hiding.check_passphrase(bytearray(PASSPHRASE))
    with pytest.raises(WrongPassphrase):
        hiding.check_passphrase(bytearray(b"lantern otter maple"))
