"""Signing in by the word of an OpenID Connect provider, on a verified address and on nothing else.

The claims are what the provider signed and Streamlit checked; here they are matched with
an account that is there already. None is ever made.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId
from coalition.domain.people import browsers
from coalition.domain.people.sign_ins import (
    ProviderStale,
    ProviderUnknown,
    ProviderUnverified,
    Way,
)
from coalition.services.people.tickets import Challenge, admit, fingerprint, issue_ticket
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, tokens
from coalition.store.people import accounts, sign_ins

FRESH = timedelta(minutes=10)  # from the provider's word to the session
SLACK = timedelta(minutes=1)  # the provider's clock may be ahead of ours
_DEED = "sign_in.provider"


def sign_in(
    db: Database, clock: Clock, *, claims: Mapping[str, object], agent: str = ""
) -> str | Challenge:
    """Return a ticket for the account with the claims' address, or a challenge.

    Each word of the provider counts once and for ten minutes, because the cookie that
    carries it lives for thirty days and knows no sign-out. Where the account has a second
    factor, its code is asked for, unless the table trusts the provider with that.

    Args:
        claims: Of the ID token, as Streamlit hands them on.
        agent: What the browser calls itself, for the history its owner reads.

    Raises:
        ProviderUnverified: no address, or the provider does not vouch for it.
        ProviderStale: said too long ago, or used already.
        ProviderUnknown: no active account has this address.

    Audited as: ``session.vouched``; ``session.begun`` by ``enter``.
    """
    email = _vouched(claims)
    with db.writing() as conn:
        now = clock()
        word = fingerprint("|".join(str(claims.get(one)) for one in ("iss", "sub", "iat", "nonce")))
        if not _is_fresh(claims.get("iat"), now) or tokens.find(conn, word, _DEED):
            raise ProviderStale
        account_id = _account(conn, email)
        tokens.keep(conn, word, _DEED, str(account_id), at=now)
        subject = f"account:{account_id}"
        audit.append(conn, "public", "session.vouched", subject, at=now)
        if sign_ins.policy(conn).trusts_provider:
            return issue_ticket(conn, account_id, way=Way.PROVIDER, at=now)
        label = browsers.label(agent)
        return admit(conn, account_id, way=Way.PROVIDER, at=now, agent=label)


def _vouched(claims: Mapping[str, object]) -> str:
    email, verified = claims.get("email"), claims.get("email_verified")
    is_verified = verified is True or (isinstance(verified, str) and verified.lower() == "true")
    if not isinstance(email, str) or not email.strip() or not is_verified:
        raise ProviderUnverified
    return email.strip()


def _is_fresh(said: object, now: datetime) -> bool:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return False
    age = now.timestamp() - said
    return -SLACK.total_seconds() <= age < FRESH.total_seconds()


def _account(conn: Connection, email: str) -> AccountId:
    """Return the active account with exactly this address, but for its case.

    At the door a person may be lenient with their own address; somebody else's word about
    it is taken letter by letter, so that no look-alike opens an account.
    """
    found = accounts.find_active(conn, email)
    if found is None or _letters(found[1]) != _letters(email):
        raise ProviderUnknown
    return found[0]


def _letters(email: str) -> str:
    return unicodedata.normalize("NFC", email).casefold()
