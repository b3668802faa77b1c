"""The lease: how long a device may be used without contact."""

from __future__ import annotations

from pydantic import Field

from sync.contract.messages.kinds import Base64, Identifier, Reply, Time, Word, WorkerId


class DevicePolicy(Reply):
    """What a council sets for its laptops. Days count from the lease's ``at``, without contact."""

    warn_days: int = Field(default=5, ge=0, le=365)
    read_only_days: int = Field(default=7, ge=0, le=365)
    cover_days: int = Field(default=14, ge=0, le=365)
    idle_minutes: int = Field(default=5, ge=2, le=15)
    visit_minutes: int = Field(default=15, ge=2, le=60)
    most_families: int = Field(default=40, ge=1, le=10_000)


class Recovered(Reply):
    """One use of the council's recovery key for this device. ``by``: the custodians."""

    request: Identifier
    at: Time
    by: tuple[Word, ...]
    reason: str


class Lease(Reply):
    """How long the device may be used without contact; signed with the council's key.

    It comes with every access token, so with each contact after a quarter of an hour. A device
    keeps the one with the latest ``at`` and never an older one. From ``warn_days`` on it warns;
    from ``read_only_days`` on it takes only safety and contact notes, new records and blank forms;
    from ``cover_days`` on the families held are covered until the next contact. Nothing is erased.
    ``escrow_key`` (X25519) is what unsent work is sealed to; it is not the recovery key.
    ``recovered``, oldest first, is told to the worker; whoever had the laptop cannot take it away.
    """

    device: Identifier
    worker: WorkerId
    role: str
    at: Time
    policy: DevicePolicy
    escrow_key: Base64
    recovered: tuple[Recovered, ...] = ()
    signature: Base64
