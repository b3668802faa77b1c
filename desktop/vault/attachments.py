"""Pictures, drawings and signatures, inside the store and named by what they hold."""

from __future__ import annotations

from desktop.vault.errors import AttachmentMissing, AttachmentTooBig
from desktop.vault.store import Store
from forms.records.attachment import attachment_name

STROKES = "application/vnd.your-family.strokes+json"
LARGEST = 20_000_000
_EXTENSIONS = {
    STROKES: "strokes.json",
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "text/plain": "txt",
}
_MEDIA_TYPES = {extension: media_type for media_type, extension in _EXTENSIONS.items()}


def keep_attachment(store: Store, content: bytes, media_type: str) -> str:
    """Keep these bytes, durable on return; their name. Raises AttachmentTooBig."""
    if len(content) > LARGEST:
        raise AttachmentTooBig
    name = attachment_name(content, _EXTENSIONS.get(media_type, "bin"))
    insert_attachment(store, name, content)
    return name


def insert_attachment(store: Store, name: str, content: bytes, is_sent: bool = False) -> None:
    """Keep bytes under the name that they are known to have."""
    media_type = _MEDIA_TYPES.get(name.partition(".")[2], "application/octet-stream")
    store.run(
        "INSERT INTO attachment (name, media_type, size, sent, content) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO NOTHING",
        (name, media_type, len(content), is_sent, content),
    )


def read_attachment(store: Store, name: str) -> bytes:
    """The bytes of this name. Raises AttachmentMissing."""
    found = store.value("SELECT content FROM attachment WHERE name = ?", (name,))
    if found is None:
        raise AttachmentMissing
    return bytes(found)
