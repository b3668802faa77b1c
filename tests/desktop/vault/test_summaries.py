"""A kept summary is true or gone, whatever happens to what it was worked out from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.vault.summaries import Summaries, SummaryRow
from tests.desktop.vault.making import BEGUN, BareStore, Pen, changes_of

KEPT = SummaryRow("The Okafor-Bell family", BEGUN, 3, 1)


@pytest.fixture
def bare(tmp_path: Path) -> BareStore:
    return BareStore(tmp_path / "vault.db")


def test_what_is_kept_is_there_after_opening_again(bare):
    store = bare.make()
    pen = Pen()
    changes_of(store).receive([(pen.change({"/q": "a"}), "0" * 64)])
    Summaries(store).keep("2026.1", {pen.family: KEPT})
    store.close()
    store = bare.open()
    assert Summaries(store).kept("2026.1") == {pen.family: KEPT}
    assert Summaries(store).kept("2026.2") == {}
    store.close()


WAYS = {
    "received": lambda changes, pen, _: changes.receive([(pen.change({"/q": "b"}), "0" * 64)]),
    "written": lambda changes, pen, _: changes.write(pen.change({"/q": "b"})),
    "removed": lambda changes, _, place: changes.remove([place]),
    "blanked": lambda changes, _, place: changes.blank([place], ["/q"]),
    "acknowledged": lambda changes, _, place: changes._store.run(
        "UPDATE written SET acknowledged = 0 WHERE place = ?", (place,)
    ),
    "family left": lambda changes, pen, _: changes._store.run(
        "DELETE FROM family WHERE id = ?", (pen.family,)
    ),
}


@settings(max_examples=25)
@given(way=st.sampled_from(list(WAYS)), undone=st.booleans())
def test_any_change_of_a_family_throws_its_summary_away_and_no_other(tmp_path_factory, way, undone):
    store = BareStore(tmp_path_factory.mktemp("s") / "vault.db").make()
    changes, pen, other = changes_of(store), Pen(), Pen()
    changes.receive([(each.change({"/q": "a"}), "0" * 64) for each in (pen, other)])
    summaries = Summaries(store)
    summaries.keep("p", {each.family: KEPT for each in (pen, other)})
    place = store.value("SELECT place FROM change ORDER BY place LIMIT 1")
    try:
        with store.transaction():
            WAYS[way](changes, pen, place)
            if undone:
                raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    expected = {other.family, pen.family} if undone else {other.family}
    assert set(summaries.kept("p")) == expected
    store.close()
