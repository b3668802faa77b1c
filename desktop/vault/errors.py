"""What can go wrong with a vault, in words for the person at the laptop.

    VaultError
    ├── WrongPassphrase, TooManyTries           the passphrase
    ├── KeyFileDamaged, KeyFileFromNewerVersion the key file
    ├── VaultMissing, VaultExists, VaultInUse   the folder
    ├── StoreDamaged, StoreCutShort, StoreFromNewerVersion
    └── DiskFull, DiskFailed                    nothing was half written

Each has a ``title`` and a ``message`` that says what to do. None holds a name, an answer or a key.
"""

from __future__ import annotations

_ASK_FOR_RECOVERY = (
    "Type it again, slowly. If it still does not open, ring your council's IT help desk and ask "
    "for a recovery. Nothing has been deleted."
)
_COULD_NOT_OPEN = "This did not open"


class VaultError(Exception):
    """Something that the person at the laptop must know about the vault."""

    title = "The vault has a problem"
    message = "Ring your council's IT help desk. Nothing has been deleted."

    def __init__(self) -> None:
        super().__init__(self.title)


class WrongPassphrase(VaultError):
    """The key file is sound and this passphrase does not open it."""

    title = _COULD_NOT_OPEN
    message = _ASK_FOR_RECOVERY


class KeyFileDamaged(VaultError):
    """The key file is not what was written. On screen the same words as a wrong passphrase."""

    title = _COULD_NOT_OPEN
    message = _ASK_FOR_RECOVERY


class TooManyTries(VaultError):
    """A try came before the wait after earlier wrong ones was over. ``seconds``: how long still."""

    title = "Please wait a little"

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.message = (
            f"Several tries were wrong. Wait {int(seconds) + 1} seconds, then try again. "
            "Nothing is deleted, however many tries it takes."
        )


class KeyFileFromNewerVersion(VaultError):
    """A later version of the program wrote this key file."""

    title = "This needs a newer Your Family"
    message = (
        "A newer version of Your Family was used on this laptop. Install that version again, or "
        "ring your council's IT help desk. Nothing has been changed."
    )


class StoreFromNewerVersion(KeyFileFromNewerVersion):
    """A later version of the program wrote this store."""


class VaultMissing(VaultError):
    """There is no vault in the folder, or one of its two files is gone."""

    title = "No vault was found on this laptop"
    message = (
        "If you have worked on this laptop before, stop and ring your council's IT help desk: "
        "files may have been moved. If it is new to you, enrol it first."
    )


class VaultExists(VaultError):
    """The folder holds a vault already; it is never written over."""

    title = "There is a vault here already"
    message = "Open it with its passphrase. To begin a new one, ask your council's IT help desk."


class VaultInUse(VaultError):
    """Another running program holds this vault."""

    title = "Your Family is already open"
    message = "Look for its window on the task bar. If you cannot find it, restart the laptop."


class StoreDamaged(VaultError):
    """The encrypted store is not what was written; nothing of the damaged part was read."""

    title = "What is kept on this laptop is damaged"
    message = (
        "Do not write on this laptop now. Ring your council's IT help desk: everything that was "
        "sent to the council is safe there, and the rest may still be rescued from this laptop."
    )


class StoreCutShort(StoreDamaged):
    """The store is shorter than it was, as after a copy that was broken off."""


class DiskFull(VaultError):
    """The disk has no room for this. What was there before is sound and unchanged."""

    title = "This laptop's disk is full"
    message = (
        "The last change is on the screen but not saved. Empty the recycle bin or remove files "
        "that you do not need, then choose Try again."
    )


class DiskFailed(VaultError):
    """The disk refused to write or read. What was there before is unchanged."""

    title = "This laptop's disk did not take that"
    message = (
        "The last change is on the screen but not saved. Choose Try again. If it happens again, "
        "write it on paper and ring your council's IT help desk."
    )


class AlreadySealed(VaultError):
    """A sealed change is history and cannot be rewritten: write the answers as a new change."""

    title = "That change is already part of the history"
    message = "Type the answer again. What you wrote before is kept."


class AttachmentMissing(VaultError):
    """The bytes of this attachment have not come from the council yet."""

    title = "This picture or signature is not on this laptop yet"
    message = "It comes with the next sync. Nothing is lost."


class AttachmentTooBig(VaultError):
    """More bytes than an attachment may have."""

    title = "That file is too big"
    message = "A picture or file may have 20 megabytes. Take a smaller picture and try again."
