"""The calls of those who oversee a team: one method for each path. The EHM decides who may."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sync.client.wire import HttpWire
from sync.contract.messages import (
    AcceptedRequest,
    AccessDraft,
    AllHeld,
    AllJoined,
    AllMeasured,
    Allocate,
    AllWaiting,
    Approve,
    AskAccess,
    AskedOrder,
    AskedOrders,
    AskListed,
    AskMeasures,
    AskOrder,
    AuditPage,
    CountedSoFar,
    Cover,
    Covered,
    Decide,
    DecideRequest,
    FindSubject,
    HandOver,
    HeldDevices,
    Listed,
    MatchQueue,
    Me,
    Noted,
    Oversight,
    OversightNote,
    PossibleMatch,
    PublishQuarter,
    ReadAudit,
    ReadWaiting,
    ShowHeld,
    Shown,
    Subjects,
    SupportRequest,
    SupportRequests,
    Team,
    UndoBond,
    Undone,
    WaitingRead,
)


@dataclass(frozen=True, slots=True)
class TeamWire:
    """Over one wire, whose limits and errors (``SyncError``) hold here too.

    A few methods over thirty: the API has so many calls, and each is a line or two.
    """

    wire: HttpWire

    def me(self) -> Me:
        """Who I am, and what my role may ask."""
        return self.wire.ask(Me, "GET", "/v1/me")

    # somebody's own data
    def subjects(self, message: FindSubject) -> Subjects:
        """Who is in a family, for a request for one's own data."""
        return self.wire.ask(Subjects, "POST", "/v1/subject-access/people", message)

    def access_draft(self, message: AskAccess) -> AccessDraft:
        """What is written about one person: a draft for an officer."""
        return self.wire.ask(AccessDraft, "POST", "/v1/subject-access/draft", message)

    # figures
    def measures(self, message: AskMeasures) -> AllMeasured:
        """Every measure over a period, and how it was before."""
        return self.wire.ask(AllMeasured, "POST", "/v1/measures", message)

    def count_ahead(self, message: AskMeasures) -> CountedSoFar:
        """Has these figures counted for a few seconds, and says how far it is."""
        return self.wire.ask(CountedSoFar, "POST", "/v1/measures/count", message)

    def listed(self, message: AskListed) -> Listed:
        """The families behind one figure."""
        return self.wire.ask(Listed, "POST", "/v1/measures/families", message)

    def publish_quarter(self, message: PublishQuarter) -> None:
        """Publishes a quarter of the council that is over."""
        self.wire.tell("/v1/quarters", message)

    # who has which family
    def team(self) -> Team:
        """Who of the team has which family."""
        return self.wire.ask(Team, "GET", "/v1/team")

    def look_ahead(self) -> CountedSoFar:
        """Has the team's families looked through for a few seconds, and says how far it is."""
        return self.wire.ask(CountedSoFar, "GET", "/v1/oversight/count")

    def oversight(self) -> Oversight:
        """Which families of the team need looking at."""
        return self.wire.ask(Oversight, "GET", "/v1/oversight")

    def allocate(self, family: str, message: Allocate) -> None:
        """Gives a family to somebody, or takes it away."""
        self.wire.tell(f"/v1/families/{quote(family)}/workers", message)

    def hand_over(self, family: str, message: HandOver) -> None:
        """From one worker to another in one step."""
        self.wire.tell(f"/v1/families/{quote(family)}/hand-over", message)

    def cover(self, message: Cover) -> Covered:
        """Lets somebody stand in for a worker until a time."""
        return self.wire.ask(Covered, "POST", "/v1/covers", message)

    # requests for support
    def requests(self) -> SupportRequests:
        """What is not decided yet."""
        return self.wire.ask(SupportRequests, "GET", "/v1/requests")

    def accept(self, record: str) -> AcceptedRequest:
        """I take it on by name; what it says comes back, and the family is mine."""
        return self.wire.ask(AcceptedRequest, "POST", f"/v1/requests/{quote(record)}/accept")

    def decide_request(self, record: str, message: DecideRequest) -> SupportRequest:
        """The decision, which is told to whoever asked."""
        path = f"/v1/requests/{quote(record)}/decide"
        return self.wire.ask(SupportRequest, "POST", path, message)

    # what waits for a second person, and notes
    def waiting(self) -> AllWaiting:
        """What I can agree to."""
        return self.wire.ask(AllWaiting, "GET", "/v1/approvals")

    def read_waiting(self, message: ReadWaiting) -> WaitingRead:
        """What it says, in words; audited."""
        return self.wire.ask(WaitingRead, "POST", "/v1/approvals/read", message)

    def approve(self, record: str, message: Approve) -> Noted:
        """Agrees to it, or sends it back with words."""
        return self.wire.ask(Noted, "POST", f"/v1/approvals/{quote(record)}", message)

    def note_oversight(self, family: str, message: OversightNote) -> Noted:
        """A manager's note, as a record of the family."""
        return self.wire.ask(Noted, "POST", f"/v1/families/{quote(family)}/oversight", message)

    # families that may be one
    def matches(self) -> MatchQueue:
        """What waits for a coordinator."""
        return self.wire.ask(MatchQueue, "GET", "/v1/matches")

    def decide_match(self, match: str, message: Decide) -> PossibleMatch:
        """Merges, links, or keeps apart."""
        path = f"/v1/matches/{quote(match)}/decide"
        return self.wire.ask(PossibleMatch, "POST", path, message)

    def bonds(self) -> AllJoined:
        """What was merged and linked."""
        return self.wire.ask(AllJoined, "GET", "/v1/bonds")

    def undo(self, bond: str, message: UndoBond) -> Undone:
        """Takes a merge or a link back."""
        return self.wire.ask(Undone, "POST", f"/v1/bonds/{quote(bond)}/undo", message)

    # laptops
    def devices(self) -> HeldDevices:
        """Who holds which families on which device."""
        return self.wire.ask(HeldDevices, "GET", "/v1/team/devices")

    def asked_orders(self) -> AskedOrders:
        """Locks and wipes that were asked for."""
        return self.wire.ask(AskedOrders, "GET", "/v1/asked-orders")

    def ask_order(self, message: AskOrder) -> AskedOrder:
        """Asks for a lock or a wipe; safe to repeat with the same id."""
        return self.wire.ask(AskedOrder, "POST", "/v1/asked-orders", message)

    def confirm_order(self, asked: str) -> AskedOrder:
        """The second person's word for a wipe."""
        return self.wire.ask(AskedOrder, "POST", f"/v1/asked-orders/{quote(asked)}/confirm")

    def withdraw_order(self, asked: str) -> AskedOrder:
        """Takes back a wipe that is not confirmed, or lifts a lock."""
        return self.wire.ask(AskedOrder, "POST", f"/v1/asked-orders/{quote(asked)}/withdraw")

    # what is held, and the audit
    def held(self) -> AllHeld:
        """What is kept and not shown."""
        return self.wire.ask(AllHeld, "GET", "/v1/held")

    def show_held(self, record: str, message: ShowHeld) -> Shown:
        """A person has looked at it."""
        return self.wire.ask(Shown, "POST", f"/v1/held/{quote(record)}/show", message)

    def audit(self, message: ReadAudit) -> AuditPage:
        """Lines of the audit; reading them is a line in it."""
        return self.wire.ask(AuditPage, "POST", "/v1/audit", message)
