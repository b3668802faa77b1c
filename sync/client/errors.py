"""What can stop an exchange, in words for the worker. Nothing here ever costs any work.

SyncError
├── NotReachable          no line, name not found, refused
├── TooSlow               a time limit ran out
├── CertificateRefused    TLS: not the machine we meant
├── NotTheEhm             a login page, a proxy, another service
├── EhmFailed             5xx, or it asks us to wait
├── AnswerRefused         too large, cut short, not the message it should be
└── Declined              the EHM said no, with its own code and words
    ├── SignInNeeded      401
    ├── DeviceRevoked     410, with the council's order
    ├── DeviceLocked      403 device_locked, with the council's order
    └── Forked            409 forked: it was put back from a backup
"""

from __future__ import annotations

from sync.contract.messages import Order, Problem


class SyncError(Exception):
    """Why an exchange stopped. ``title`` and ``message`` are for the worker."""

    title = "The council's system could not be reached"
    message = "What you wrote is safe on this laptop and will be sent later."
    retry = True
    retry_after: float | None = None

    def __init__(self) -> None:
        super().__init__(type(self).__name__)


class NotReachable(SyncError):
    """No network, or no such machine on it."""

    message = (
        "There is no connection to the council's system. What you wrote is safe on this laptop "
        "and will be sent when there is one."
    )


class TooSlow(SyncError):
    """A reply did not come in time."""

    title = "The connection is too slow"
    message = (
        "The council's system did not answer in time. What you wrote is safe on this laptop. "
        "Nothing needs doing: it is tried again by itself."
    )


class CertificateRefused(SyncError):
    """The other end could not prove that it is the council's."""

    title = "The connection is not safe"
    message = (
        "The network here could not prove that it leads to the council, so nothing was sent. "
        "Try another network; if that does not help, tell the helpdesk."
    )


class NotTheEhm(SyncError):
    """Something else answered."""

    title = "This network wants something first"
    message = (
        "A page of this network answered instead of the council's system. Open a web browser, "
        "sign in to the Wi-Fi if it asks, and sync again."
    )


class EhmFailed(SyncError):
    """The EHM, or something before it, is in trouble."""

    title = "The council's system has a fault"
    message = (
        "The council's system could not do it just now. What you wrote is safe on this laptop "
        "and is tried again by itself."
    )

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__()
        self.retry_after = retry_after


class AnswerRefused(SyncError):
    """The answer is not one that the program takes in."""

    title = "The council's system answered strangely"
    message = (
        "The answer was damaged or far too large, so it was not taken in. What you wrote is safe "
        "on this laptop. If this happens again, tell the helpdesk."
    )


class Declined(SyncError):
    """The EHM said no; its words are the message."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.title = problem.title
        self.message = problem.words
        self.retry = problem.retry
        self.code = problem.code
        self.status = problem.status


class SignInNeeded(Declined):
    """The EHM does not know who this is (any more). Work goes on without it."""


class DeviceRevoked(Declined):
    """The council has ended this device's registration."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.order: Order | None = problem.order


class DeviceLocked(Declined):
    """The council has locked this device."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.order: Order | None = problem.order


class NotWanted(Declined):
    """The EHM keeps nothing that names this file and is this worker's: it need not be sent."""


class Forked(Declined):
    """The EHM does not hold what this device has seen of it."""


def declined(problem: Problem) -> Declined:
    """The error for a problem that the EHM stated."""
    if problem.status == 401:
        return SignInNeeded(problem)
    if problem.status == 410:
        return DeviceRevoked(problem)
    if problem.code == "device_locked":
        return DeviceLocked(problem)
    if problem.code == "not_wanted":
        return NotWanted(problem)
    return Forked(problem) if problem.code == "forked" else Declined(problem)
