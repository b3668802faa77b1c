"""Who asked for what, for information governance. Reading it is a line in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.words import tr
from sync.contract.messages import AuditLine, AuditPage, ReadAudit

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EVERYBODY = "everybody"
_ROLES = {
    _EVERYBODY: "Everybody",
    "worker": "Workers",
    "contributor": "Contributors",
    "coordinator": "Coordinators",
    "manager": "Managers",
    "analyst": "Analysts",
    "information_governance": "Information governance",
}


@dataclass(slots=True)
class AuditBoard:
    """Nothing is read before a reason is given; the reason is a line of the audit."""

    moments: Moments
    _found: AuditPage | None = None
    _asked: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("The audit")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr("Who asked for what. That you read it, and why, is noted in it too.")

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """What to ask for, then what was found: a card a day, oldest first."""
        roles = tuple((key, tr(words)) for key, words in _ROLES.items())
        asking = Deed(
            "read",
            tr("Read the audit"),
            (Question("role", tr("Whose doings"), roles), Question("why", tr("Why"))),
            tr("Read it now"),
        )
        if self._found is None:
            return (Matter("audit", tr("Nothing is read yet"), (), (), (asking,)),)
        whole = (
            tr("No line before these was changed or taken out.")
            if self._found.is_whole
            else tr("A line was changed or taken out. Tell the council's IT at once.")
        )
        deeds = (asking, Deed("more", tr("Read on"))) if self._found.more else (asking,)
        head = Matter("audit", self._asked["why"], (whole,), (), deeds)
        days = groupby(self._found.lines, lambda line: line.at.date())
        return (
            head,
            *(
                Matter(str(day), self.moments.day(day), tuple(map(self._line, lines)))
                for day, lines in days
            ),
        )

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Read from the beginning, or read on."""
        after = 0
        if deed == "more" and self._found is not None and self._found.lines:
            after = self._found.lines[-1].n
        else:
            self._asked = dict(said)
        role = self._asked["role"] if self._asked["role"] != _EVERYBODY else ""
        self._found = wire.audit(ReadAudit(after=after, role=role, reason=self._asked["why"]))
        return ""

    def _line(self, one: AuditLine) -> str:
        words = self._found.words if self._found is not None else {}
        name = words.get(one.worker, one.worker)
        who = f"{name} ({one.role.replace('_', ' ')})" if one.role else name
        said = tuple(
            _ID.sub(lambda found: words.get(found[0], found[0]), part)
            for part in (one.family, one.record, one.reason, one.detail)
        )
        parts = (one.at.strftime("%H:%M"), who, one.act, *said)
        return " · ".join(part for part in parts if part)
