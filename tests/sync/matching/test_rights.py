"""Who has a family by a merge: nobody who should not, and no longer than a right upholds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from sync.contract.messages import KnowsFamily
from sync.ehm import caseload, families, history, looking, people
from sync.ehm.app import open_store
from sync.ehm.changes import Sender
from sync.ehm.matching import bonds
from sync.ehm.permissions import Role
from tests.sync.running_ehm import NOON
from tests.sync.writing import Pen


class Office:
    """Workers, each with a family of their own of the same letter."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.ann = people.add(connection, "Ann", Role.COORDINATOR, worker="ann")
        self.family: dict[str, str] = {}
        for name in ("Ada", "Ben", "Cal"):
            worker = people.add(connection, name, Role.WORKER, worker=name[0].lower())
            new = Pen(worker).family()
            families.begin(connection, worker, new)
            families.give(connection, worker, new.id)
            self.family[worker] = new.id

    def merge(self, one: str, other: str) -> str:
        pair = self.family[one], self.family[other]
        return bonds.merge(self.connection, *pair, self.ann, "", NOON).id

    def undo(self, bond: str) -> None:
        bonds.undo(self.connection, bond, self.ann, "", NOON)

    def have(self) -> dict[str, str]:
        """Who has the family of each letter."""
        members = history.members(self.connection, list(self.family.values()))
        return {letter: "".join(members[family]) for letter, family in self.family.items()}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(f"sqlite:///{tmp_path}/ehm.db", council_name="Demo", is_demo=True)
    with closing(store), store.writing() as connection:
        yield Office(connection)


def test_who_came_through_a_merge_that_is_undone_goes_with_it(office: Office) -> None:
    first = office.merge("a", "b")
    office.merge("a", "c")
    assert office.have() == {"a": "abc", "b": "abc", "c": "abc"}
    office.undo(first)
    assert office.have() == {"a": "ac", "b": "b", "c": "ac"}


def test_what_was_given_while_they_were_one_stays(office: Office) -> None:
    first = office.merge("a", "b")
    caseload.allocate(office.connection, office.ann, "c", office.family["a"], "", NOON)
    office.undo(first)
    assert office.have() == {"a": "ac", "b": "bc", "c": "c"}


def test_a_cover_ends_with_all_that_a_merge_gave_through_it(office: Office) -> None:
    until = NOON + timedelta(days=7)
    caseload.cover(office.connection, office.ann, "a", "c", until, NOON)
    office.merge("a", "b")
    assert office.have() == {"a": "abc", "b": "abc", "c": "c"}
    caseload.end_covers(office.connection, until)
    assert office.have() == {"a": "ab", "b": "ab", "c": "c"}


def test_a_merge_shows_no_family_to_somebody_who_said_that_they_know_it(office: Office) -> None:
    sender = Sender("c", "laptop", is_revoked=False, at=NOON)
    caseload.allocate(office.connection, office.ann, "c", office.family["a"], "", NOON)
    looking.knows(office.connection, sender, office.family["b"], KnowsFamily(what="hide"))
    office.merge("a", "b")
    assert office.have() == {"a": "abc", "b": "ab", "c": "c"}


def test_a_merge_lets_no_contributor_into_a_family_that_did_not_ask_them(office: Office) -> None:
    guest = people.add(office.connection, "Dr Dee", Role.CONTRIBUTOR, worker="d", agency="gp")
    families.give(office.connection, guest, office.family["a"])
    office.merge("a", "b")
    assert office.have() == {"a": "abd", "b": "ab", "c": "c"}
