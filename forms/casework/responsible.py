"""Who is responsible for a family's help at every moment (domain.md 1.2, 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

START_WELL, PARTNER, UNKNOWN = "start_well", "partner", "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class Lead:
    """Who leads from a day on. ``worker`` is an id where no name was written: who began the help.

    ``agency`` is the form's code, or blank if nobody said.
    """

    name: str
    agency: str
    organisation: str
    since: date
    until: date | None
    record: str
    number: str = ""
    worker: str = ""

    @property
    def group(self) -> str:
        """``start_well``, ``partner`` or ``unknown`` (domain.md 3.6.0: lead organisation group)."""
        if not self.agency:
            return UNKNOWN
        return START_WELL if self.agency == START_WELL else PARTNER

    def leads_on(self, day: date) -> bool:
        """True on every day from the first up to the one before the next lead's."""
        return self.since <= day and (self.until is None or day < self.until)


def leads(records: Iterable[KnownRecord]) -> tuple[Lead, ...]:
    """Everybody who led, in order and without a gap, from the day the first record was begun.

    Until somebody is named it is the worker who began. A new lead begins on the day from which they
    have accepted; a person who was only asked to lead is not responsible yet.
    """
    known = sorted(records, key=lambda r: (r.begun, r.id))
    if not known:
        return ()
    agencies = {
        e.said("person_name").casefold().strip(): e.said("agency")
        for e in entities(known, "professional")
    }
    first = Lead("", "", "", known[0].begun_on, None, known[0].id, worker=known[0].author)
    named = [lead for record in known for lead in _named(record, agencies)]
    ordered = [first, *sorted(named, key=lambda lead: (lead.since, lead.record))]
    if len(ordered) > 1 and ordered[1].since <= first.since:
        ordered = ordered[1:]
    return tuple(_without_repeats(ordered))


def lead_on(known: Iterable[Lead], day: date) -> Lead | None:
    """Who was responsible on that day; None before anything was written."""
    return next((lead for lead in known if lead.leads_on(day)), None)


def _named(record: KnownRecord, agencies: Mapping[str, str]) -> list[Lead]:
    found = []
    for entity in entities([record], "lead"):
        if entity.said("accepted") == "yes" and "accepted" not in entity.unsettled:
            since = read_date(entity.said("from")) or record.begun_on
            found.append(
                Lead(
                    entity.said("person_name"),
                    entity.said("agency"),
                    entity.said("organisation"),
                    since,
                    None,
                    record.id,
                    entity.said("number"),
                )
            )
    for dataset in ("assessment", "plan"):
        for entity in entities([record], dataset):
            if name := entity.said("lead").strip():
                since = record.finalised_on or record.begun_on
                agency = agencies.get(name.casefold(), "")
                number = entity.said("lead_number")
                found.append(Lead(name, agency, "", since, None, record.id, number))
    return found


def _without_repeats(ordered: list[Lead]) -> list[Lead]:
    """Each lead once, up to the day of the next; what a later record adds to one is kept."""
    kept: list[Lead] = []
    for lead in ordered:
        last = kept[-1] if kept else None
        if last is not None and last.name.casefold() == lead.name.casefold() and not lead.worker:
            kept[-1] = replace(
                last,
                agency=last.agency or lead.agency,
                organisation=last.organisation or lead.organisation,
                number=lead.number or last.number,
            )
            continue
        if last is not None:
            kept[-1] = replace(last, until=lead.since)
        kept.append(lead)
    return [lead for lead in kept if lead.until is None or lead.until > lead.since]
