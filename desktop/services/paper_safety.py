"""Whether paper may be printed for a family at this moment. The cautious answer governs."""

from __future__ import annotations

from desktop.services.families import Families
from desktop.services.known_records import FamilyRecords
from desktop.services.packs import Packs
from desktop.services.views import SafetyNotice
from forms.records.answer_path import schema_path


class NotSafe(Exception):
    """Paper may not be left in this home; nothing was prepared."""

    title = "Nothing is printed here"

    def __init__(self, message: str) -> None:
        super().__init__(self.title)
        self.message = message


def paper_notice(written: FamilyRecords, packs: Packs, families: Families) -> SafetyNotice:
    """Whether paper is safe, and whether every protective answer of the family is settled."""
    notice = families.safety("paper", written)
    if notice is None:
        words = written.permission("paper", packs).words
        return SafetyNotice(False, words, "Open the safety check and ask.")
    return _unsettled(written, packs) or notice if notice.safe else notice


def check_paper(written: FamilyRecords, packs: Packs, families: Families) -> None:
    """Error: NotSafe, with the reason."""
    notice = paper_notice(written, packs, families)
    if not notice.safe:
        raise NotSafe(f"{notice.words} {notice.what_to_do}".strip())


def _unsettled(written: FamilyRecords, packs: Packs) -> SafetyNotice | None:
    """The first protective question with two answers: it decides who may see what."""
    for record in written.known:
        guarded = {guard.path for guard in packs.protective(record.form)}
        for path in record.heads.conflicts():
            if schema_path(path) in guarded:
                title = packs.title(record.form)
                return SafetyNotice(
                    False,
                    f"Two people answered differently in “{title}”, about who may see what.",
                    "Settle that answer first. Until then nothing is printed.",
                    record.id,
                )
    return None
