"""Opening one laptop with the council's recovery key, without the key ever leaving the council.

The laptop asks with what its key file's recovery slot shows anyway, and with a key of its own made
for this one request. The council answers with what opens that one slot, sealed to that key and
signed with the reason and the names of who did it. Nothing that is said on the way opens anything
for whoever hears it, and the store's own key never travels.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field

from sync.contract import signatures
from sync.contract.messages.kinds import Base64, Identifier, Reply, Request, Time, Word

_SLOT = b"your-family recovery 1"
_ANSWER = b"your-family recovery answer 1"
_NONCE_BYTES = 12

DEMO_KEY = X25519PrivateKey.from_private_bytes(
    hashlib.sha256(b"The recovery key of demonstrations, known to all").digest()
)
"""Opens every laptop of a demonstration. It is published, so nothing else may be sealed to it."""

DEMO_PUBLIC_KEY = DEMO_KEY.public_key().public_bytes_raw()


class NotOurAnswer(Exception):
    """This answer is for another request, or not from the laptop's council."""

    title = "This answer is not for this laptop"
    message = (
        "It was made for another request, or changed on the way. Ask for a new answer, with the "
        "request that this laptop made last. Nothing has been deleted."
    )


class RecoveryRequest(Request):
    """What a laptop asks with. It holds no secret."""

    id: Identifier
    device: Identifier
    vault: Identifier
    at: Time
    ephemeral_key: Base64
    council_key: Base64
    answer_to: Base64

    @property
    def check_words(self) -> str:
        """Twelve digits that the worker and the help desk read to each other by telephone."""
        digest = hashlib.sha256(_text_of(self)).digest()
        digits = f"{int.from_bytes(digest[:8]) % 10**12:012}"
        return " ".join(digits[at : at + 4] for at in range(0, 12, 4))


class RecoveryAnswer(Reply):
    """What the council answers. ``by``: the custodians who gave their shares."""

    request: Identifier
    device: Identifier
    at: Time
    by: tuple[Word, ...]
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]
    sealed_with: Base64
    nonce: Base64
    sealed: Base64
    signature: Base64


def slot_key(shared: bytes, ephemeral_key: bytes, council_key: bytes) -> bytes:
    """What wraps the recovery slot of a key file, from the exchange of its two keys."""
    purpose = _SLOT + ephemeral_key + council_key
    return HKDF(hashes.SHA256(), 32, None, purpose).derive(shared)


def slot_key_of(request: RecoveryRequest, private_key: X25519PrivateKey) -> bytes:
    """What opens the slot that is asked for. ``ValueError`` if it is not of this council key."""
    council_key = private_key.public_key().public_bytes_raw()
    if signatures.from_base64(request.council_key) != council_key:
        raise ValueError("this laptop's recovery slot was made with another key")
    ephemeral_key = signatures.from_base64(request.ephemeral_key)
    shared = private_key.exchange(X25519PublicKey.from_public_bytes(ephemeral_key))
    return slot_key(shared, ephemeral_key, council_key)


def seal_answer(
    request: RecoveryRequest, opens: bytes, unsealed: RecoveryAnswer, signing_key: bytes
) -> RecoveryAnswer:
    """The answer with ``opens`` sealed to the request's own key, and signed by the council."""
    once = X25519PrivateKey.generate()
    once_public = once.public_key().public_bytes_raw()
    shared = once.exchange(
        X25519PublicKey.from_public_bytes(signatures.from_base64(request.answer_to))
    )
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealing = _answer_key(shared, once_public, request)
    sealed = AESGCM(sealing).encrypt(nonce, opens, _text_of(request))
    answer = unsealed.model_copy(
        update={
            "sealed_with": _base64(once_public),
            "nonce": _base64(nonce),
            "sealed": _base64(sealed),
        }
    )
    return answer.model_copy(
        update={"signature": signatures.sign(signing_key, answer_text(answer))}
    )


def open_answer(
    request: RecoveryRequest,
    answer: RecoveryAnswer,
    answer_to: X25519PrivateKey,
    council_signs_with: str,
) -> bytes:
    """What opens the slot. Raises NotOurAnswer."""
    if (answer.request, answer.device) != (request.id, request.device):
        raise NotOurAnswer
    if not signatures.is_signed(council_signs_with, answer_text(answer), answer.signature):
        raise NotOurAnswer
    try:
        once = signatures.from_base64(answer.sealed_with)
        shared = answer_to.exchange(X25519PublicKey.from_public_bytes(once))
        return AESGCM(_answer_key(shared, once, request)).decrypt(
            signatures.from_base64(answer.nonce),
            signatures.from_base64(answer.sealed),
            _text_of(request),
        )
    except (ValueError, InvalidTag) as error:
        raise NotOurAnswer from error


def answer_text(answer: RecoveryAnswer) -> bytes:
    """What the council signs of an answer: all of it but the signature."""
    unsigned = answer.model_copy(update={"signature": ""})
    return b"your-family recovery answer\n" + unsigned.model_dump_json().encode()


def _answer_key(shared: bytes, once: bytes, request: RecoveryRequest) -> bytes:
    purpose = _ANSWER + once + signatures.from_base64(request.answer_to)
    return HKDF(hashes.SHA256(), 32, None, purpose).derive(shared)


def _text_of(request: RecoveryRequest) -> bytes:
    return request.model_dump_json().encode()


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
