"""How far the history of an EHM reaches."""

from __future__ import annotations

from pydantic import Field

from sync.contract.messages.kinds import PRINTABLE, Request


class Head(Request):
    """How far the EHM's history reaches, and the hash of all of it.

    Every reply carries it; the device keeps it with what came in and names it in every request, so
    a server that was put back from a backup is noticed on the first answer.
    """

    epoch: str = Field(max_length=40, pattern=PRINTABLE)
    seq: int = Field(ge=0, lt=2**63)
    hash: str = Field(max_length=64, pattern=PRINTABLE)

    def as_text(self) -> str:
        """For a header, where the body is not JSON: ``epoch.seq.hash``."""
        return f"{self.epoch}.{self.seq}.{self.hash}"

    @classmethod
    def from_text(cls, text: str) -> Head:
        """The head in a header; ``ValueError`` if it is none."""
        epoch, seq, hashed = text.split(".")
        return cls(epoch=epoch, seq=int(seq), hash=hashed)
