"""Receipt codes: a code that opens a voice's own page. It is made from the response, and only its hash is kept."""

import base64
import hashlib
import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from consultations.models import Response

ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def code_for(response: Response, key: str = "") -> str:
    """The receipt of a response: 20 characters (100 bits) in groups of four, without letters that look alike."""
    secret = (key or settings.SECRET_KEY).encode()
    digest = hmac.new(secret, b"receipt:" + response.key.bytes, hashlib.sha256).digest()
    plain = base64.b32encode(digest).decode()[:20].translate(ALPHABET)
    return "-".join(plain[i : i + 4] for i in range(0, 20, 4))


def hash_of(code: str) -> str:
    """What is kept of a code, however it was typed: case, spaces and dashes do not matter, O is 0 and I or L is 1."""
    plain = (
        "".join(sign for sign in code.upper() if sign.isalnum())
        .replace("O", "0")
        .replace("I", "1")
        .replace("L", "1")
    )
    return hashlib.sha256(b"samvad receipt:" + plain.encode()).hexdigest()


def code_of(response: Response) -> str:
    """The code of a stored response, also after SECRET_KEY was turned; empty when no key fits any more."""
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        code = code_for(response, key)
        if hmac.compare_digest(hash_of(code), response.receipt_hash):
            return code
    return ""


def seal_of(text: str, key: str) -> str:
    """A short seal computed from the words: it changes when they change."""
    return salted_hmac("consultations.seal", key + text, algorithm="sha256").hexdigest()[:32]
