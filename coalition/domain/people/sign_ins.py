"""How a person proved who they are, what became of it, and what the table asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coalition.domain.ground.errors import NotPermitted, RuleBroken
from coalition.domain.ground.permissions import Role

CHALLENGE = timedelta(minutes=5)  # from the right password to the code
SHOWN = 20  # tries that My account lists
KEPT_DAYS = 90  # of a try


class Way(StrEnum):
    """What somebody came in by; the last proof where there were two."""

    PASSWORD = "password"  # noqa: S105 (a kind of proof, not one)
    LINK = "link"
    CODE = "code"
    RECOVERY = "recovery"
    PROVIDER = "provider"


class Outcome(StrEnum):
    """What became of a try to come in."""

    IN = "in"
    REFUSED = "refused"  # the password was wrong
    CODE_MISSING = "code_missing"  # the password was right, no right code followed
    CODE_REFUSED = "code_refused"


class ChallengeSpent(NotPermitted):
    """The sign-in that waited for a code was finished, took too long, or never was."""

    code = "sign_in.challenge"


class ProviderUnverified(NotPermitted):
    """The provider does not vouch for the address."""

    code = "sign_in.provider_unverified"


class ProviderStale(NotPermitted):
    """What the provider said was said too long ago, or was used already."""

    code = "sign_in.provider_stale"


class ProviderUnknown(NotPermitted):
    """No active account has the address the provider names; which of the two is not said."""

    code = "sign_in.provider_unknown"


class OwnFactorFirst(RuleBroken):
    """Whoever asks others for a second factor has one, so that nobody is shut out by mistake."""

    code = "sign_in.own_factor_first"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the table asks of those who sign in, as an administrator set it.

    Args:
        second_factor: Conveners and administrators need one.
        trusts_provider: Who comes through the provider has met a second factor there.
    """

    second_factor: bool = False
    trusts_provider: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """One line of a person's own history.

    Args:
        agent: What the browser called itself, shortened, or "".
    """

    at: datetime
    outcome: Outcome
    way: Way
    agent: str


KEEPERS = frozenset({Role.CONVENER, Role.ADMINISTRATOR})


def is_bound(policy: Policy, role: Role) -> bool:
    """Say whether the policy asks ``role`` for a second factor."""
    return policy.second_factor and role in KEEPERS


def must_enrol(policy: Policy, role: Role, *, enrolled: bool, way: str) -> bool:
    """Say whether somebody may do nothing but set up a second factor.

    Args:
        enrolled: They have one.
        way: The session's ``Way``; "" for one begun before ways were kept.
    """
    vouched = policy.trusts_provider and way == Way.PROVIDER
    return is_bound(policy, role) and not enrolled and not vouched
