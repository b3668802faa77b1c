"""How this device stands with the council, in words. Offline is normal and is never a warning."""

from __future__ import annotations

from desktop.services.views import SyncOutcome, SyncProgress, SyncState, SyncStep
from desktop.ui.moments import Moments
from desktop.ui.words import counted, listed, tr


def waiting_in_words(changes: int, attachments: int = 0) -> str:
    """ "12 changes and 1 drawing or signature wait to be sent", or that everything has gone."""
    parts = []
    if changes:
        parts.append(counted(changes, "{n} change", "{n} changes"))
    if attachments:
        parts.append(
            counted(attachments, "{n} picture or signature", "{n} pictures and signatures")
        )
    if not parts:
        return tr("Everything here has been sent to the council.")
    if changes + attachments == 1:
        return tr("{what} waits to be sent.", what=listed(parts))
    return tr("{what} wait to be sent.", what=listed(parts))


def checked(state: SyncState, moments: Moments) -> str:
    """When this device last compared notes with the council."""
    if state.last_checked is None:
        return tr("Not checked with the council yet.")
    return tr("Last checked with the council {when}.", when=moments.when(state.last_checked))


def progress_in_words(progress: SyncProgress) -> str:
    """What is being done now, how much of it is done, and how much is left."""
    if progress.step is SyncStep.CONNECTING:
        return tr("Looking for the council's system")
    if progress.step is SyncStep.TIDYING:
        return tr("Putting what came in its place")
    what = {
        SyncStep.SENDING: tr("Sending changes"),
        SyncStep.SENDING_FILES: tr("Sending pictures and signatures"),
        SyncStep.FETCHING: tr("Fetching changes"),
        SyncStep.FETCHING_FILES: tr("Fetching pictures and signatures"),
    }[progress.step]
    done, total = progress.done, progress.total
    if total is not None:
        left = max(0, total - done)
        return tr(
            "{what}: {done} of {total}, {left} left", what=what, done=done, total=total, left=left
        )
    return tr("{what}: {done} so far", what=what, done=done) if done else what


def outcome_in_words(outcome: SyncOutcome) -> str:
    """What went and what came."""
    if not outcome.sent and not outcome.received:
        return tr("Nothing had changed, here or at the council.")
    sent = counted(outcome.sent, "{n} change sent", "{n} changes sent")
    received = counted(outcome.received, "{n} change received", "{n} changes received")
    return tr("{sent}, {received}.", sent=sent, received=received)
