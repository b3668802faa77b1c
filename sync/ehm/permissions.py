"""Who may ask for what: one table that a person can read. ``docs/ehm-api.md`` prints it.

A role opens a door; what is behind it is still only what this worker's caseload, and the audience
of each record, gives them. Handing in has no row: whoever was ever given a device may hand in what
they wrote, whatever became of their role.
"""

from __future__ import annotations

from enum import StrEnum

from sync.ehm.problems import Refusal


class Role(StrEnum):
    """What somebody is at the council, or beside it (domain.md 5.1)."""

    WORKER = "worker"
    CONTRIBUTOR = "contributor"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    ANALYST = "analyst"
    FORM_OWNER = "form_owner"
    INFORMATION_GOVERNANCE = "information_governance"

    @property
    def words(self) -> str:
        """As people say it."""
        return self.value.replace("_", " ")

    @classmethod
    def of(cls, said: str) -> Role:
        """The role of these words; ``ValueError`` if there is none."""
        try:
            return cls(said.strip().lower().replace(" ", "_"))
        except ValueError:
            known = ", ".join(role.words for role in cls)
            raise ValueError(f"there is no role {said!r}; choose from: {known}") from None


class Act(StrEnum):
    """What can be asked of the EHM."""

    KNOW = "know"
    CARRY = "carry"
    BEGIN = "begin"
    INVITE = "invite"
    LOOK = "look"
    TEAM = "team"
    ALLOCATE = "allocate"
    SETTLE = "settle"
    MATCH = "match"
    PUT_RIGHT = "put_right"
    REQUESTS = "requests"
    APPROVE = "approve"
    MEASURE = "measure"
    MEASURE_ALL = "measure_all"
    ORDER = "order"
    AUDIT = "audit"
    ACCESS = "access"

    @property
    def words(self) -> str:
        """As ``docs/ehm-api.md`` says it."""
        return _WORDS[self]


_WORDS = {
    Act.KNOW: "get the council's forms; know their own role and permissions",
    Act.CARRY: "have families on a device: feed, digest, files, flat export",
    Act.BEGIN: "begin a family",
    Act.INVITE: "invite a contributor to a family of their own",
    Act.LOOK: "ask whether somebody is known; look into a family, with a reason, audited",
    Act.TEAM: "see the team's caseload, without anything that was written",
    Act.ALLOCATE: "give a family to somebody, let somebody cover, take it away",
    Act.SETTLE: "decide whom “somebody must not see this” means; share on a recorded decision",
    Act.MATCH: "decide whether two families are one, or share a child; undo it",
    Act.PUT_RIGHT: "take misfiled words out of a record, or to the right family",
    Act.REQUESTS: "accept and decide requests for support",
    Act.APPROVE: "agree to a closure, Level 4, sharing without agreement or a loosened answer; "
    "write oversight notes",
    Act.MEASURE: "measures of their own caseload, or as a manager of their team",
    Act.MEASURE_ALL: "measures of the council; an analyst without small numbers or lists",
    Act.ORDER: "have a lost laptop locked or, two people together, wiped",
    Act.AUDIT: "read the audit",
    Act.ACCESS: "make the draft of what is written about one person, for a request of theirs",
}

_CASEWORK = frozenset({Role.WORKER, Role.COORDINATOR, Role.MANAGER})
_OVERSIGHT = frozenset({Role.COORDINATOR, Role.MANAGER})

PERMISSIONS: dict[Act, frozenset[Role]] = {
    Act.KNOW: frozenset(Role),
    Act.CARRY: _CASEWORK | {Role.CONTRIBUTOR},
    Act.BEGIN: _CASEWORK,
    Act.INVITE: _CASEWORK,
    Act.LOOK: _CASEWORK,
    Act.TEAM: _OVERSIGHT,
    Act.ALLOCATE: _OVERSIGHT,
    Act.SETTLE: _OVERSIGHT,
    Act.MATCH: _OVERSIGHT,
    Act.PUT_RIGHT: _OVERSIGHT | {Role.INFORMATION_GOVERNANCE},
    Act.REQUESTS: _OVERSIGHT,
    Act.APPROVE: _OVERSIGHT,
    Act.MEASURE: _CASEWORK,
    Act.MEASURE_ALL: frozenset({Role.COORDINATOR, Role.MANAGER, Role.ANALYST}),
    Act.ORDER: _OVERSIGHT | {Role.INFORMATION_GOVERNANCE},
    Act.AUDIT: frozenset({Role.INFORMATION_GOVERNANCE}),
    Act.ACCESS: frozenset({Role.INFORMATION_GOVERNANCE}),
}


def may(role: Role, act: Act) -> bool:
    """True if the table has it."""
    return role in PERMISSIONS[act]


def acts_of(role: Role) -> tuple[Act, ...]:
    """Everything that a role may ask, in the order of the table."""
    return tuple(act for act in Act if may(role, act))


def not_allowed() -> Refusal:
    """What somebody is told who asks for more than their role may."""
    return Refusal(
        403,
        "not_allowed",
        "This is not part of your role",
        "Your role at the council does not include this. If it should, ask your manager.",
    )


def check(role: Role, act: Act) -> None:
    """Raises ``not_allowed`` unless the table has it."""
    if not may(role, act):
        raise not_allowed()


def as_table() -> str:
    """The table in Markdown, as ``docs/ehm-api.md`` has it."""
    lines = [
        f"| may | {' | '.join(role.words for role in Role)} |",
        f"|---|{'---|' * len(Role)}",
    ]
    for act in Act:
        ticks = " | ".join("yes" if may(role, act) else "" for role in Role)
        lines.append(f"| {act.words} | {ticks} |")
    return "\n".join(lines) + "\n"
