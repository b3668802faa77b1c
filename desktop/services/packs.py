"""The council's packs on this device: the newest for what is begun, the old ones for what was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.services.sight import Sight
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.manifest import KeptFrom
from forms.pack import Pack
from forms.records.change import Change
from forms.records.naming import Naming
from forms.records.protective import Protective
from forms.records.upgrading import Upgrades, standing_version, version_order
from forms.xforms import Definition, load_definition

NOBODY = people_csv([])
_Key = tuple[str, str, tuple[str, ...]]


class FormMissing(Exception):
    """A record was begun on a form that this device does not have."""

    title = "This form is not on this laptop yet"

    def __init__(self, form: str, version: str) -> None:
        super().__init__(form)
        self.message = (
            f"The record was written on version {version} of “{form}”, which has not arrived here. "
            "It waits whole and nothing is lost. Sync with the council, then open it again."
        )


@dataclass(slots=True)
class Packs:
    """Every pack that this device keeps; ``newest`` is in force, as it stands ``today``.

    It holds what the packs that it was built upon held, so the others are read only when it lacks
    something: a device gathers dozens of them in a year or two.
    """

    published: Pack
    read_others: Callable[[], Iterable[Pack]] = tuple
    today: Callable[[], date] = field(default=lambda: date.max)
    upgrades: Upgrades = field(init=False)
    _definitions: dict[_Key, tuple[Definition, bytes]] = field(default_factory=dict)
    _in_force: tuple[date, Pack] | None = None
    _others: tuple[Pack, ...] | None = None

    def __post_init__(self) -> None:
        self.upgrades = Upgrades.of(self.published.upgrades)

    @property
    def newest(self) -> Pack:
        """The pack in force: what begins on a later day is offered as it was until then."""
        today = self.today()
        if self._in_force is None or self._in_force[0] != today:
            self._in_force = today, self.published.on(today)
        return self._in_force[1]

    def take(self, others: Packs) -> None:
        """Be these packs from now on; what is open stays as it was read."""
        self.published, self.read_others = others.published, others.read_others
        self.upgrades, self._others = others.upgrades, others._others
        self._in_force = None
        self._definitions.clear()

    def definition(
        self, form: str, version: str, people: bytes = NOBODY, begun: date | None = None
    ) -> Definition:
        """The form that a record was ``begun`` on; ``people`` is the list that its pickers offer.

        A record keeps the lists (the levels of a scheme) that were in force when it was begun.
        Errors: FormMissing, FormError (it is faulty).
        """
        pack = self._holding(form, version)
        editions = pack.editions_on(begun or self.today())
        key = form, version, editions
        known, listed = self._definitions.get(key, (None, b""))
        if known is None or listed != people:
            files = {**pack.lists_on(begun or self.today()), PEOPLE_LIST: people}
            known = load_definition(pack.form(form, version), files)
            self._definitions[key] = known, people
        return known

    def read(self, begun_on: str, changes: Sequence[Change]) -> tuple[str, tuple[Change, ...]]:
        """The version that a record is on, and its changes as that version words them.

        Errors: FormMissing, if one of them was written on a version that is not here yet.
        """
        version = standing_version(changes, begun_on)
        for form, written_on in {(change.form, change.version) for change in changes}:
            if written_on != version and not self._has(form, written_on):
                raise FormMissing(self.title(form), written_on)
        return version, self.upgrades.read(changes, version)

    def newer(self, form: str, version: str) -> str:
        """The version that a record could go on in; blank if it is on the newest."""
        offered = {about.id: about.version for about in self.newest.forms}
        now = offered.get(form, version)
        return now if version_order(now) > version_order(version) else ""

    def title(self, form: str) -> str:
        """What the council calls a form; its id if no pack here knows it."""
        for pack in self._all():
            for about in pack.kept_forms:
                if about.id == form:
                    return about.title
        return form

    def drafted(self, form: str) -> dict[str, str]:
        """The languages of a form whose words nobody has checked, and what papers say of it there.

        Blank where the pack says nothing in that language.
        """
        says = self.on_paper("note.drafted")
        known = (about for about in self.newest.kept_forms if about.id == form)
        return {one: says.get(one, "") for about in known for one in about.unchecked}

    def on_paper(self, key: str) -> Mapping[str, str]:
        """What a fixed word of papers is in each language of the pack; nothing if it says none."""
        rows = self.newest.tables.get("paper_words", ())
        return next((row for row in rows if row.get("key") == key), {})

    def protective(self, form: str) -> tuple[Protective, ...]:
        """The protective questions of a form."""
        return tuple(p for p in self.newest.protective if p.form == form)

    def naming(self, form: str) -> tuple[Naming, ...]:
        """The questions of a form that name somebody who must not see or know."""
        return tuple(one for one in self.newest.naming if one.form == form)

    def sight(self, beside: str, form: str, definition: Definition) -> Sight | None:
        """What of a form the ``family`` or the ``child`` sees, by the pack in force.

        None: the form is not for them. What follows from an answer that is kept from a family is
        kept from them too: whether it is asked, and in which words, would tell. A child is asked
        what follows from the worker's part, which only says how the child is asked.
        """
        kept = self.newest.kept_from(beside, form)
        if kept is None:
            return None
        follow = definition.following({one.path for one in kept}) if beside == "family" else ()
        return Sight((*kept, *(KeptFrom(path) for path in sorted(follow))))

    def changed_since(self, form: str, version: str, now: str) -> tuple[str, ...]:
        """What the version ``now`` of a form has that ``version`` had not, in words."""
        for pack in self._all():
            if any(about.id == form and about.version == now for about in pack.kept_forms):
                return pack.changed_since(form, version)
        return ()

    def _has(self, form: str, version: str) -> bool:
        return any(_holds(pack, form, version) for pack in self._all())

    def _all(self) -> Iterator[Pack]:
        """The pack in force first, then the others, which are read at the first need."""
        yield self.published
        if self._others is None:
            self._others = tuple(self.read_others())
            packs = (self.published, *self._others)
            self.upgrades = Upgrades.of(one for pack in packs for one in pack.upgrades)
        yield from self._others

    def _holding(self, form: str, version: str) -> Pack:
        for pack in self._all():
            if _holds(pack, form, version):
                return pack
        raise FormMissing(self.title(form), version)


def _holds(pack: Pack, form: str, version: str) -> bool:
    return any(
        about.id == form and version in (about.version, *about.versions)
        for about in pack.kept_forms
    )
