"""Choosing somebody who is not written down yet: into the household and chosen, in one step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.services.new_people import Added, NewPeople
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.form import FormPage


class NewPersonPresenter(QObject):
    """Undoing the choice takes the person out of the household again; redoing puts them back."""

    def __init__(
        self,
        page: FormPage,
        lane: AnyLane,
        people: NewPeople,
        say: Callable[[Exception], None],
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._people, self._say = page, lane, people, say
        self._added: list[tuple[str, Added]] = []
        self._out: set[str] = set()
        page.wishes.person_added.connect(self._add)
        page.acts.stepped.connect(self._follow)

    def _add(self, path: str, name: str, role: str) -> None:
        opened = self._page.filling.opened
        self._page.leave()

        def added(one: Added) -> None:
            self._added.append((path, one))
            self._page.choose_new(path, one.person, one.definition)

        self._lane.submit(lambda: self._people.add(opened, name, role), added, self._say)

    def _follow(self) -> None:
        """After undo or redo: whoever was added here is written down if they are chosen here."""
        for path, added in self._added:
            is_chosen = any(
                added.person in value.split() for value in self._page.filling.values(path)
            )
            if not is_chosen and added.person not in self._out:
                self._out.add(added.person)
                self._submit(self._people.take_back, added)
            elif is_chosen and added.person in self._out:
                self._out.discard(added.person)
                self._submit(self._people.put_back, added)

    def _submit(self, act: Callable[[Added], None], added: Added) -> None:
        self._lane.submit(lambda: act(added), None, self._say)
