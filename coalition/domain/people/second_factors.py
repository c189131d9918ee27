"""The second factor: a code of six digits that changes every thirty seconds, used once.

Source: RFC 6238, sections 5.2 and 6; OWASP ASVS 5.0, 6.5.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from coalition.domain.ground.errors import Conflict, NotPermitted, RuleBroken

STEP = timedelta(seconds=30)
DRIFT = 1  # steps that a telephone's clock may be off, either way
DIGITS = 6
CODES = 10  # recovery codes a person is given
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none is taken for another
LENGTH, GROUP = 16, 4  # characters of a recovery code: 78 bits, so a plain hash will do
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class CodeWrong(NotPermitted):
    """Not a code that counts now: mistyped, too old, or used already."""

    code = "second_factor.code_wrong"


class SecondFactorOn(Conflict):
    """There is a second factor already."""

    code = "second_factor.on"


class SecondFactorOff(RuleBroken):
    """There is no second factor here."""

    code = "second_factor.off"


class SecondFactorUnreadable(RuleBroken):
    """The secret was sealed under another key than the table has now."""

    code = "second_factor.unreadable"


class OwnFactor(RuleBroken):
    """One's own second factor is ended with its code, not by an administrator's power."""

    code = "second_factor.own"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A secret that waits for its first code; told to its owner alone.

    Args:
        secret: In base 32, for typing.
        address: The same as an ``otpauth`` address, for an app.
    """

    secret: str
    address: str

    @property
    def groups(self) -> str:
        """Return the secret in groups of four."""
        return grouped(self.secret)


@dataclass(frozen=True, slots=True)
class Standing:
    """How things are with a person's second factor.

    Args:
        since: When it was confirmed, or None while there is none.
        codes_left: Recovery codes not used yet.
        bound: The table asks this person's role for one.
    """

    since: datetime | None
    codes_left: int
    bound: bool


def step_of(now: datetime) -> int:
    """Return the number of the time step that ``now`` lies in."""
    return (now - _EPOCH) // STEP


def steps(now: datetime, last: int) -> tuple[int, ...]:
    """Return the steps whose code counts at ``now``, none of them used before.

    Args:
        last: The latest step of which a code was used.
    """
    here = step_of(now)
    return tuple(step for step in range(here - DRIFT, here + DRIFT + 1) if step > last)


def plain(code: str) -> str:
    """Return a code as it is compared: no spaces or hyphens, whatever width or case."""
    seen = unicodedata.normalize("NFKC", code[:200])
    return "".join(c for c in seen if c.isalnum()).upper()


def is_timed(code: str) -> bool:
    """Say whether a plain code looks like one of an app, not like a recovery code."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def grouped(code: str) -> str:
    """Return ``code`` in groups of four, as people read it."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
