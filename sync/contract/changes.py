"""Changes between their two shapes: of the records, and of the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime

from forms.records.answer import Absent, Answer
from forms.records.change import Change, Written
from sync.contract.messages import WireAnswer, WireChange

_ATTACHMENT = re.compile(r"sha256-[0-9a-f]{64}(?:\.[a-z0-9]{1,12}){1,2}")


def to_wire(change: Change) -> WireChange:
    """The message that carries a change."""
    return WireChange.model_validate(
        {
            "id": change.id,
            "record": change.record,
            "family": change.family,
            "form": change.form,
            "version": change.version,
            "author": change.author,
            "device": change.device,
            "number": change.number,
            "at": change.at,
            "zone": change.zone,
            "answers": {
                path: {
                    "value": written.answer.value,
                    "absent": written.answer.absent.value if written.answer.absent else None,
                    "reason": written.answer.reason,
                    "base": written.base,
                }
                for path, written in change.answers.items()
            },
        }
    )


def from_wire(message: WireChange) -> Change:
    """The change that a message carries."""
    return Change(
        id=message.id,
        record=message.record,
        family=message.family,
        form=message.form,
        version=message.version,
        author=message.author,
        device=message.device,
        number=message.number,
        at=message.at,
        zone=message.zone,
        answers={
            path: Written(
                Answer(each.value, Absent(each.absent) if each.absent else None, each.reason),
                each.base,
            )
            for path, each in message.answers.items()
        },
    )


def from_canonical(said: str) -> Change:
    """The change of which this is the canonical JSON (``digest.canonical``). Nothing is checked."""
    plain = json.loads(said)
    answers = {path: _written(**each) for path, each in plain.pop("answers").items()}
    return Change(**plain | {"at": datetime.fromisoformat(plain["at"])}, answers=answers)


def head_of_canonical(said: str) -> Change:
    """As ``from_canonical``, without its answers, which are not read: they are the first field."""
    plain = json.loads("{" + said[said.rindex('},"at":"') + len("},") :])
    return Change(**plain | {"at": datetime.fromisoformat(plain["at"]), "answers": {}})


def _written(
    value: str = "", absent: str | None = None, reason: str = "", base: Sequence[str] = ()
) -> Written:
    return Written(Answer(value, Absent(absent) if absent else None, reason), tuple(base))


def erased(change: WireChange, paths: tuple[str, ...]) -> WireChange:
    """The change with the words of these paths taken out (of all, if none is named)."""
    answers = {
        path: WireAnswer(base=each.base) if not paths or path in paths else each
        for path, each in change.answers.items()
    }
    return change.model_copy(update={"answers": answers})


def says(answer: WireAnswer) -> bool:
    """False for an answer that was cleared, or whose words were taken out."""
    return bool(answer.value or answer.absent or answer.reason)


def attachment_names(change: WireChange) -> frozenset[str]:
    """The attachments that answers of this change are."""
    return frozenset(
        each.value
        for each in change.answers.values()
        if "sha256-" in each.value and _ATTACHMENT.fullmatch(each.value)
    )
