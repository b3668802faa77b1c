"""The directory of services: searched without a network, dated, and saying when it is stale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from forms.casework.people import read_date

STALE_AFTER = timedelta(days=90)


EVERYWHERE = "whole borough"
DOMAINS_OF_KIND = {
    "young_carers": ("SF05",), "family_hub": ("SF02", "SF05"), "parenting": ("SF05",),
    "mental_health": ("SF03",), "health": ("SF03", "SF02"), "domestic_abuse": ("SF08",),
    "substance_use": ("SF04",), "housing": ("SF09",), "money": ("SF10",), "work": ("SF10",),
    "youth": ("SF01", "SF07"), "send": ("SF01",),
}  # fmt: skip
"""Which of the ten outcomes a kind of service helps with."""
_AGES = re.compile(r"\b(\d{1,2})-(\d{1,2})\b")
_UNDER = re.compile(r"\bunder (\d{1,2})\b")


@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """One service. ``needs`` are the outcomes (``SF03``) it helps with; ages are in years.

    ``area`` is a neighbourhood, blank for everywhere. ``checked`` is when somebody last rang.
    """

    key: str
    name: str
    kind: str
    what: str
    tags: str
    number: str
    area: str
    needs: tuple[str, ...]
    from_age: int
    to_age: int
    offered_from: date | None
    offered_until: date | None
    checked: date | None

    def is_offered(self, today: date) -> bool:
        """True unless it has not begun yet, or has ended."""
        begun = self.offered_from is None or self.offered_from <= today
        return begun and (self.offered_until is None or today <= self.offered_until)

    def is_stale(self, today: date) -> bool:
        """True if nobody has checked it for ninety days: ring before you send anybody."""
        return self.checked is None or today - self.checked > STALE_AFTER


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """What is looked for; what is blank does not narrow. ``need`` is ``SF03`` or ``SF03_1``."""

    need: str = ""
    age: int | None = None
    area: str = ""
    words: str = ""

    def takes(self, service: Service) -> bool:
        """True if a service fits."""
        fits_need = not self.need or self.need.partition("_")[0] in service.needs
        fits_age = self.age is None or service.from_age <= self.age <= service.to_age
        fits_area = not self.area or service.area in ("", self.area)
        said = f"{service.name} {service.what} {service.tags}".casefold()
        found = all(word in said for word in self.words.casefold().split())
        return fits_need and fits_age and fits_area and found


def services(rows: Iterable[Mapping[str, str]]) -> tuple[Service, ...]:
    """The services of a pack's directory, in its order."""
    return tuple(_service(row) for row in rows)


def find_services(
    known: Iterable[Service], wanted: Wanted, today: date, hubs: Mapping[str, str] | None = None
) -> tuple[Service, ...]:
    """Those that fit and are offered: the near ones before those for everywhere, by name.

    ``hubs`` says which service, by key, is the family hub of a neighbourhood (the pack's table
    ``areas``): it comes first for those who look there, for a child of whichever age.
    """
    hub = (hubs or {}).get(wanted.area, "")
    anywhere = replace(wanted, area="", age=None)
    found = [
        one
        for one in known
        if one.is_offered(today) and (anywhere if one.key == hub else wanted).takes(one)
    ]
    near = sorted(found, key=lambda s: (s.key != hub, not s.area, s.name.casefold(), s.key))
    return tuple(near)


def _service(row: Mapping[str, str]) -> Service:
    tags, kind, area = row.get("tags", ""), row.get("kind", ""), row.get("area", "").strip()
    ages, under = _AGES.search(tags), _UNDER.search(tags)
    youngest, eldest = (int(ages[1]), int(ages[2])) if ages else (0, 120)
    return Service(
        key=row["key"],
        name=row["name"],
        kind=kind,
        what=row.get("what", ""),
        tags=tags,
        number=row.get("number", ""),
        area="" if area.casefold() == EVERYWHERE else area,
        needs=DOMAINS_OF_KIND.get(kind, ()),
        from_age=youngest,
        to_age=int(under[1]) - 1 if under else eldest,
        offered_from=read_date(row.get("from", "")),
        offered_until=read_date(row.get("until", "")),
        checked=read_date(row.get("checked_on", "")),
    )
