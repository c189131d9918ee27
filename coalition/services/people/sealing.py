"""Secrets the table must read again, kept so that the database alone gives none away.

AES-256-GCM under a key derived from the table's key file, bound to its account: a
sealed secret opens under no other key and in no other row.
"""

from base64 import b64decode, b64encode
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.second_factors import SecondFactorUnreadable

_NONCE = 12  # bytes, as AES-GCM wants them
_PURPOSE = b"coalition second factor"


def seal(key: bytes, account_id: AccountId, secret: str) -> str:
    """Return what may be kept of ``secret``."""
    nonce = token_bytes(_NONCE)
    return b64encode(
        nonce + _cipher(key).encrypt(nonce, secret.encode(), _row(account_id))
    ).decode()


def unseal(key: bytes, account_id: AccountId, sealed: str) -> str:
    """Return the secret again.

    Raises:
        SecondFactorUnreadable: it was sealed under another key, or for another account.
    """
    kept = b64decode(sealed)
    try:
        plain = _cipher(key).decrypt(kept[:_NONCE], kept[_NONCE:], _row(account_id))
    except InvalidTag:
        raise SecondFactorUnreadable from None
    return plain.decode()


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(key))


def _row(account_id: AccountId) -> bytes:
    return f"account:{account_id}".encode()
