"""What can go wrong, as the EHM says it: a code for programs, words for the worker."""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.messages import Order, Problem


@dataclass(eq=False)
class Refusal(Exception):
    """Answered as ``application/problem+json``."""

    status: int
    code: str
    title: str
    words: str
    retry: bool = False
    order: Order | None = None
    retry_after: int | None = None

    def problem(self) -> Problem:
        """The message."""
        return Problem(
            title=self.title,
            status=self.status,
            code=self.code,
            words=self.words,
            retry=self.retry,
            order=self.order,
        )


def not_wanted() -> Refusal:
    """A file that nothing names which is this worker's to complete: it need not wait to be sent."""
    return Refusal(
        404,
        "not_wanted",
        "This file is not wanted",
        "What names this file was taken out at the centre, or is not yours to complete.",
    )


def sign_in_again() -> Refusal:
    """No access token, or one that is too old or forged."""
    return Refusal(
        401,
        "sign_in",
        "Sign in again",
        "Please sign in again. What you wrote is safe on this laptop.",
        retry=True,
    )


def sign_in_due() -> Refusal:
    """The device is known; its worker has to sign in with the council's provider."""
    return Refusal(
        401,
        "sign_in_due",
        "Sign in to get what is new",
        "What you wrote is handed in. To get what is new, sign in when you like.",
    )


def device_revoked(order: Order | None) -> Refusal:
    """The council has ended this device's registration."""
    return Refusal(
        410,
        "device_revoked",
        "This laptop is no longer registered",
        "The council has ended this laptop's registration. Please ring the helpdesk.",
        order=order,
    )


def device_locked(order: Order) -> Refusal:
    """The council has locked this device: it can hand in, and is given nothing."""
    return Refusal(
        403,
        "device_locked",
        "This laptop is locked",
        "The council has locked this laptop. What you wrote is safe. Please ring the helpdesk.",
        order=order,
    )


def client_too_old(oldest: str) -> Refusal:
    """The program on the device is too old for anything but handing in."""
    return Refusal(
        426,
        "client_too_old",
        "This program is too old",
        "What you wrote is handed in. To fetch anything new, the program must be brought to "
        f"version {oldest} first. Please ring the helpdesk.",
    )


def forked() -> Refusal:
    """The EHM does not hold the head that the device has seen: it was put back from a backup."""
    return Refusal(
        409,
        "forked",
        "The centre's records were put back to an earlier day",
        "The centre's records were put back to an earlier day. "
        "This laptop will hand in again what is missing there.",
        retry=True,
    )


def not_found() -> Refusal:
    """Nothing there, or nothing for this worker: the two are told apart to nobody."""
    return Refusal(404, "not_found", "Not found", "There is nothing here for you.")


def unreadable(title: str = "The request could not be read") -> Refusal:
    """The envelope is broken."""
    return Refusal(
        422,
        "unreadable",
        title,
        "The EHM could not read what was sent. Nothing is lost. Please tell the helpdesk.",
    )


def too_large() -> Refusal:
    """More than the EHM takes at once."""
    return Refusal(
        413,
        "too_large",
        "Too much at once",
        "That was more than the EHM takes at once. It will be sent in smaller parts.",
        retry=True,
    )
