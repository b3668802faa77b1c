"""Examples of requests for support, handing over, devices held, and measures."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from sync.contract.examples.family import AT, DEVICE, FAMILY, RECORD
from sync.contract.messages import (
    AcceptedRequest,
    AllHeld,
    AllMeasured,
    AskListed,
    AskMeasures,
    CountedSoFar,
    DecideRequest,
    Earlier,
    Figure,
    FlatRecord,
    HandOver,
    HeldDevice,
    HeldDevices,
    HeldWork,
    Listed,
    ListedFamily,
    Measured,
    Published,
    PublishQuarter,
    Revised,
    SendRequest,
    ShowHeld,
    Shown,
    SupportRequest,
    SupportRequests,
    Worker,
)

_PRIYA = Worker(id="priya.shah", name="Priya Shah", role="worker", team="Early Help North")
_CY = Worker(id="cy.bell", name="Cy Bell", role="coordinator")
_REQUEST = SupportRequest(
    record=RECORD,
    family=FAMILY,
    number="EH-000123",
    urgent=False,
    sent_by=_PRIYA,
    sent=AT,
    accepted_by=_CY,
    accepted=AT,
    outcome="accepted",
    words="Family support will ring you and Mum this week.",
    decided=AT,
    responsible=_CY,
)

EXAMPLES: tuple[BaseModel, ...] = (
    SendRequest(record=RECORD),
    DecideRequest(outcome="accepted", words="Family support will ring you and Mum this week."),
    _REQUEST,
    SupportRequests(requests=(_REQUEST,)),
    AcceptedRequest(
        request=_REQUEST,
        said=FlatRecord(id=RECORD, form="request", version="1", authors=(_PRIYA,), answers=()),
    ),
    HandOver(giver="priya.shah", receiver="tom.okafor", reason="Priya moves to another team."),
    HeldDevices(
        devices=(
            HeldDevice(
                device=DEVICE,
                name="Laptop 12",
                worker=_PRIYA,
                client="0.1.0",
                enrolled=AT,
                last_contact=AT,
                families=("EH-000123",),
            ),
        )
    ),
    AllHeld(
        held=(
            HeldWork(
                record=RECORD,
                family=FAMILY,
                number="EH-000123",
                form="plan",
                version="4",
                author=_PRIYA,
                code="form_unknown",
                words="Kept at the centre until it has the form “plan”, version 4.",
                changes=3,
                since=AT,
                can_be_shown=False,
            ),
        )
    ),
    ShowHeld(reason="Written on the day before the family was handed over."),
    Shown(changes=3),
    AskMeasures(scope="own", first=date(2026, 1, 1), last=date(2026, 3, 31)),
    CountedSoFar(counted=1800, families=5000),
    AllMeasured(
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        computed=AT,
        written=AT,
        families=12,
        measures=(
            Measured(
                key="M1",
                title="Early helps open: episodes",
                numerator="episodes open at the last day",
                denominator="",
                version=1,
                total=Figure(counted=11),
            ),
        ),
        before=(
            Earlier(
                first=date(2025, 10, 1),
                last=date(2025, 12, 31),
                published=True,
                figures={"M1": Figure(counted=9)},
            ),
        ),
        published=Published(
            number=1,
            at=AT,
            by=_CY,
            written=AT,
            revised=(Revised(measure="M1", before=Figure(counted=10), now=Figure(counted=11)),),
        ),
    ),
    AskListed(scope="team", first=date(2026, 1, 1), last=date(2026, 3, 31), measure="M33"),
    Listed(families=(ListedFamily(id=FAMILY, reference="YF-7Q4K-2M", number="EH-000123"),)),
    PublishQuarter(last=date(2026, 3, 31)),
)
