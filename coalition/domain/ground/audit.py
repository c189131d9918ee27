"""What the coalition remembers of every change, as a chain of hashes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64  # what the first entry follows
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: who, what, on what, when.

    Args:
        actor: ``account:7``, ``public``, ``clock`` (what a deadline did) or ``operator``
            (the command line).
        action: Dotted past tense, noun first: ``ballot.cast``.
        subject: ``kind:id`` of what changed: ``round:12``.
        at: UTC.
        detail: Small, flat, hashes and codes; never a person's words.
        seq: Place in the chain, from 1; 0 before it is appended.
        previous, digest: Hex SHA-256 of the entry before and of this one.
    """

    actor: str
    action: str
    subject: str
    at: datetime
    detail: Mapping[str, Any]
    seq: int = 0
    previous: str = ""
    digest: str = ""


def canonical(value: object) -> str:
    """Return the one JSON text of ``value``: sorted keys, no spaces, ASCII."""
    return _ENCODER.encode(value)


def instant(at: datetime) -> str:
    """Return an instant as text with microseconds and ``Z``, the same on every database."""
    return f"{at.astimezone(UTC).isoformat(timespec='microseconds')[:-6]}Z"


def fingerprint(value: object) -> str:
    """Return the hex SHA-256 of the canonical JSON of ``value``."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def chained(entry: AuditEntry, previous: str, seq: int) -> str:
    """Return the digest of ``entry`` as number ``seq`` after ``previous``.

    The leading zero byte separates entries from anything else that is hashed
    (RFC 6962, section 2.1).
    """
    body = canonical(
        [seq, entry.actor, entry.action, entry.subject, instant(entry.at), dict(entry.detail)]
    )
    return hashlib.sha256(b"\x00" + previous.encode() + body.encode()).hexdigest()


def sealed(salt: str, *words: str) -> str:
    """Return the salted hash that stands for words kept where they can be erased.

    Args:
        salt: Random hex kept beside the words and erased with them, so that what
            remains cannot be guessed back.
    """
    return fingerprint([salt, *words])
