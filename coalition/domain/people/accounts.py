"""Accounts: who is let in, by which role's hand, and what makes a password."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import AccountId, Permission, Role

EMAIL = 254  # characters, RFC 5321
SHORTEST, LONGEST = 12, 200  # characters of a password
LEAST_DIFFERENT = 5  # different characters in a password
INVITATION = timedelta(days=7)
LEAST_OWN = 8  # characters of a password beside the words that everybody here knows
WORD_KNOWN = 4  # from this many characters on, a name's word is one of those
NAME_TOLD = 4  # from this many characters on, an e-mail name may not be in the password


class EmailInvalid(Invalid):
    """No mail could arrive at this address."""

    code = "account.email_invalid"


class EmailTaken(Conflict):
    """Another account has this address."""

    code = "account.email_taken"


class EmailLooksAlike(Conflict):
    """It differs from somebody's address only in letters that look the same."""

    code = "account.email_looks_alike"


class AccountNotFound(NotFound):
    """There is no such account."""

    code = "account.not_found"


class AccountInactive(RuleBroken):
    """The account was deactivated."""

    code = "account.inactive"


class OwnAccount(RuleBroken):
    """Nobody may take their own access away by mistake."""

    code = "account.own"


class LastAdministrator(RuleBroken):
    """A table keeps at least one active administrator."""

    code = "account.last_administrator"


class AdministratorThere(RuleBroken):
    """The first administrator was made already."""

    code = "account.administrator_there"


class RoleNotYours(NotPermitted):
    """This role is given by administrators only."""

    code = "account.role_not_yours"


class InvitationUnknown(NotFound):
    """The link was mistyped, or a newer one took its place."""

    code = "invitation.unknown"


class InvitationUsed(RuleBroken):
    """The link has done its work."""

    code = "invitation.used"


class InvitationExpired(RuleBroken):
    """The link is too old."""

    code = "invitation.expired"


class PasswordShort(Invalid):
    """Fewer characters than the shortest allowed."""

    code = "password.short"


class PasswordLong(Invalid):
    """More characters than the longest allowed."""

    code = "password.long"


class PasswordCommon(Invalid):
    """Among the first that anybody would try."""

    code = "password.common"


class PasswordTellsName(Invalid):
    """Holds the name of the account's own address."""

    code = "password.tells_name"


class PasswordFamiliar(Invalid):
    """Little more than words that everybody at this table knows."""

    code = "password.familiar"


class PasswordWrong(NotPermitted):
    """Not the present password of this account."""

    code = "password.wrong"


@dataclass(frozen=True, slots=True)
class Account:
    """A person's access to the table; the password's hash never leaves the store.

    Args:
        has_password: False until the first invitation is accepted.
        language, zone: The person's choices, or "".
    """

    id: AccountId
    name: str
    email: str
    role: Role
    active: bool
    has_password: bool
    language: str
    zone: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-use link as the database knows it: never its secret.

    Half-open: good in ``[made_at, expires_at)``.
    """

    account_id: AccountId
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None

    def check(self, now: datetime) -> None:
        """Stop unless the link still opens.

        Raises:
            InvitationUsed: it was used, or a newer one took its place.
            InvitationExpired: its days are over.
        """
        if self.used_at is not None:
            raise InvitationUsed
        if now >= self.expires_at:
            raise InvitationExpired


def invitable(role: Role) -> frozenset[Role]:
    """Return the roles that a person of ``role`` may give to others."""
    if role is Role.ADMINISTRATOR:
        return frozenset(Role)
    return frozenset({Role.MEMBER, Role.OBSERVER}) if role is Role.CONVENER else frozenset()


def require_invitable(giver: Role, given: Role) -> None:
    """Stop unless ``giver`` may give the role ``given``.

    Raises:
        RoleNotYours: only an administrator gives it.
    """
    if given not in invitable(giver):
        raise RoleNotYours(permission=Permission.INVITE_ACCOUNT.value, role=given.value)


def address(email: str) -> str:
    """Return an e-mail address as it is kept.

    Only what mail itself demands is asked, because real addresses are stranger
    than most patterns: one ``@``, something before it, a dotted name after it.

    Raises:
        EmailInvalid: mail could not arrive.
        Invalid: as ``text.line``.
    """
    kept = text.line(email, "email", limit=EMAIL)
    name, at, host = kept.rpartition("@")
    dotted = "." in host.strip(".") and not host.startswith(".") and ".." not in host
    if not (at and name and dotted) or any(c.isspace() for c in kept) or "@" in name:
        raise EmailInvalid(field="email")
    return kept


def check_password(
    password: str, email: str, common: frozenset[str], familiar: Iterable[str] = ()
) -> None:
    """Stop unless ``password`` is fit to be one.

    Length is asked for, kinds of characters are not; nothing is cut or changed.

    Args:
        common: Passwords tried first by everybody, in lower case.
        familiar: Names that somebody would try first here: the table's, the person's, the
            organisation's.

    Raises:
        PasswordShort, PasswordLong, PasswordCommon, PasswordTellsName, PasswordFamiliar:
            named reasons.

    Source:
        NIST SP 800-63B, section 3.1.1.2; OWASP ASVS 5.0, 6.2.
    """
    seen = unicodedata.normalize("NFKC", password)
    if len(seen) < SHORTEST:
        raise PasswordShort(field="password", least=SHORTEST)
    if len(seen) > LONGEST:
        raise PasswordLong(field="password", most=LONGEST)
    low = seen.casefold()
    if low in common or len(set(low)) < LEAST_DIFFERENT:
        raise PasswordCommon(field="password")
    name, _, host = email.casefold().rpartition("@")
    if len(name) >= NAME_TOLD and name in low:
        raise PasswordTellsName(field="password")
    if len(_without(low, _words([host, *familiar]))) < LEAST_OWN:
        raise PasswordFamiliar(field="password")


def _words(names: Iterable[str]) -> list[str]:
    """Return the words of names that are long enough to be known, the longest first."""
    parts = "".join(c if c.isalnum() else " " for name in names for c in f"{name} ")
    folded = unicodedata.normalize("NFKC", parts).casefold().split()
    return sorted({word for word in folded if len(word) >= WORD_KNOWN}, key=len, reverse=True)


def _without(password: str, words: Iterable[str]) -> str:
    """Return the letters and digits of a password that are not one of ``words``."""
    left = password
    for word in words:
        left = left.replace(word, " ")
    return "".join(c for c in left if c.isalnum())
