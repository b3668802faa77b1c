"""What waits for a second person: read it, agree to it, or send it back with words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.words import counted, tr
from sync.contract.messages import Approve, Line, ReadWaiting, Waiting

ASKED_AGAIN = 3
"""How often the council is asked again at once; each time it reads for a few seconds."""
_UNREAD = "unread"
_KINDS = {
    "closure": "Help that is to end",
    "level_4": "A step up to Level 4",
    "override": "Sharing without agreement",
    "loosened": "A safety answer that was made less careful",
}
_RETURNED = {
    "closure": "Sent back, it would be open again and the help would go on.",
    "level_4": "It has gone to the hub already: sending it back stops nothing. Ring the worker.",
    "override": "Sent back, it would say that nothing is shared.",
    "loosened": "It holds already. Sent back, the more careful answer would count again at once.",
}

_MOVED = (
    "It was written for another family and moved to this one. What a manager said of it there was"
    " said of the other family: somebody has to look at it again here."
)


@dataclass(slots=True)
class ApprovalsBoard:
    """Nothing of a record is here until it is read, and reading it is in the audit."""

    moments: Moments
    _waiting: dict[str, Waiting] = field(default_factory=dict)
    _read: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("To agree to")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr(
            "Read each before you decide: who reads what is noted. Your words go to whoever asked."
            " Nobody agrees to their own."
        )

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """What waits for longest first.

        After new forms the council reads every family again first: it is asked a few times, and
        then what there is so far is shown, with the way to go on.
        """
        found = wire.waiting()
        for _ in range(ASKED_AGAIN):
            if found.unread:
                found = wire.waiting()
        self._waiting = {_id(one): one for one in found.waiting}
        rest = (_unread(found.unread),) if found.unread else ()
        return (*rest, *(self._matter(id_, one) for id_, one in self._waiting.items()))

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Read, agree or send back; or go on looking, which reading does."""
        if matter == _UNREAD:
            return ""
        one = self._waiting.get(matter)
        if one is None:
            return tr("It does not wait any more: somebody has dealt with it, or it was changed.")
        if deed == "read":
            read = wire.read_waiting(ReadWaiting(record=one.record, seen=one.seen))
            self._read[matter] = tuple(map(_answered, read.lines))
            return ""
        decision = cast(Literal["approve", "return"], deed)
        wire.approve(
            one.record,
            Approve(
                kind=one.kind,
                seen=one.seen,
                path=one.path or None,
                decision=decision,
                words=said["words"],
            ),
        )
        if deed == "return":
            return tr("Sent back with your words.")
        return tr("Agreed. It is in the family's record.")

    def _matter(self, id_: str, one: Waiting) -> Matter:
        lines = [tr(_KINDS[one.kind]), tr("Asked by {name}", name=one.asked_by.name)]
        if one.moved:
            lines.append(tr(_MOVED))
        words = Question("words", tr("Your words for whoever asked"), long=True)
        happens = tr(_RETURNED[one.kind])
        back = Deed("return", tr("Send back"), (words,), tr("Send it back now"), happens)
        if id_ not in self._read:
            lines.append(happens)
            deeds: tuple[Deed, ...] = (Deed("read", tr("Read it")),)
        else:
            lines += self._read[id_]
            deeds = (Deed("approve", tr("Agree"), (words,), tr("Agree to it now")), back)
        since = tr("Since {when}", when=self.moments.when(one.since))
        return Matter(id_, one.number, tuple(lines), (since,), deeds)


def _unread(families: int) -> Matter:
    words = counted(
        families,
        "{n} family is still to be read again, because the council's forms are new.",
        "{n} families are still to be read again, because the council's forms are new.",
    )
    return Matter(
        _UNREAD,
        tr("This list is not whole yet"),
        (words, tr("What waits in them is not listed here until then.")),
        (),
        (Deed("again", tr("Go on reading")),),
    )


def _answered(line: Line) -> str:
    words = "{question} {answer}" if line.question.endswith("?") else "{question}: {answer}"
    return tr(words, question=line.question, answer=line.answer)


def _id(one: Waiting) -> str:
    return f"{one.seen}{one.path}"
