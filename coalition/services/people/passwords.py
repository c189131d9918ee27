"""Passwords: hashed so that nobody, with the database in hand, can read one."""

import unicodedata
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import bcrypt

from coalition.domain.people import accounts as rules

COST = 12  # rounds as a power of two: about 0.3 s on a small server
# Of a random password nobody kept: what an unknown address is compared with, so that
# it costs as long as a wrong password.
NOBODY = "$2b$12$s4wfr18F4DVk03PruArtb.YO/aE7jeQAh5t2t.Ac49k0TWbymmszS"
ALWAYS = ("working table", "coalition", "password", "contraseña")  # familiar everywhere
_COMMON = Path(__file__).with_name("common_passwords.txt")


def prehash(password: str) -> str:
    """Return what bcrypt is given: short whatever the length, the same for every spelling.

    bcrypt takes 72 bytes; a sentence in Spanish or 200 characters are more.
    """
    seen = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return b64encode(sha256(seen).digest()).decode()


def hashed(password: str, *, cost: int = COST) -> str:
    """Return the hash to keep for ``password``."""
    return bcrypt.hashpw(prehash(password).encode(), bcrypt.gensalt(cost)).decode()


def matches(password_hash: str, given: str) -> bool:
    """Say whether ``given``, a prehash, is the password behind ``password_hash``."""
    return bcrypt.checkpw(given.encode(), password_hash.encode())


def check(password: str, email: str, familiar: Iterable[str] = ()) -> None:
    """Stop unless ``password`` is fit for the account of ``email``.

    Args:
        familiar: Names that somebody would try first here.

    Raises:
        Invalid: as ``coalition.domain.people.accounts.check_password``.
    """
    rules.check_password(password, email, _common(), (*ALWAYS, *familiar))


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
