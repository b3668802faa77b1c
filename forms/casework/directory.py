"""The directory of services: searched without a network, dated, and saying when it is stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from forms.casework.people import read_date

STALE_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """One service. ``needs`` are domains (``SF03``) or needs (``SF03_1``); ages are in years.

    ``areas`` are neighbourhoods; none means everywhere. ``checked`` is when somebody last rang.
    """

    key: str
    name: str
    what: str
    needs: tuple[str, ...] = ()
    from_age: int = 0
    to_age: int = 120
    areas: tuple[str, ...] = ()
    telephone: str = ""
    address: str = ""
    opening: str = ""
    cost: str = ""
    how: str = ""
    website: str = ""
    checked: date | None = None

    def is_stale(self, today: date) -> bool:
        """True if nobody has checked it for ninety days: ring before you send anybody."""
        return self.checked is None or today - self.checked > STALE_AFTER


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """What is looked for; what is blank does not narrow."""

    need: str = ""
    age: int | None = None
    area: str = ""
    words: str = ""

    def takes(self, service: Service) -> bool:
        """True if a service fits."""
        domain = self.need.partition("_")[0]
        fits_need = not self.need or not {self.need, domain}.isdisjoint(
            {need.replace(".", "_") for need in service.needs}
        )
        fits_age = self.age is None or service.from_age <= self.age <= service.to_age
        fits_area = not self.area or not service.areas or self.area in service.areas
        said = f"{service.name} {service.what} {service.how}".casefold()
        return (
            fits_need
            and fits_age
            and fits_area
            and all(word in said for word in self.words.casefold().split())
        )


def services(rows: Iterable[Mapping[str, str]]) -> tuple[Service, ...]:
    """The services of a pack's table, in its order."""
    return tuple(_service(row) for row in rows)


def find_services(known: Iterable[Service], wanted: Wanted) -> tuple[Service, ...]:
    """Those that fit: the near ones before those for everywhere, by name."""
    found = [service for service in known if wanted.takes(service)]
    return tuple(sorted(found, key=lambda s: (not s.areas, s.name.casefold(), s.key)))


def _service(row: Mapping[str, str]) -> Service:
    def said(*names: str) -> str:
        return next((row[name].strip() for name in names if row.get(name, "").strip()), "")

    return Service(
        key=said("key", "code", "id"),
        name=said("name", "label"),
        what=said("what", "about", "description"),
        needs=tuple(said("needs", "need").split()),
        from_age=_years(said("from_age", "age_from"), 0),
        to_age=_years(said("to_age", "age_to"), 120),
        areas=tuple(one.strip() for one in said("areas", "area").split(";") if one.strip()),
        telephone=said("telephone", "number", "phone"),
        address=said("address", "where"),
        opening=said("opening", "when"),
        cost=said("cost"),
        how=said("how", "how_to_use"),
        website=said("website", "web"),
        checked=read_date(said("checked", "checked_on")),
    )


def _years(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() else otherwise
