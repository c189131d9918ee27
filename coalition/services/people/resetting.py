"""A forgotten password: a link by mail, to whoever has the mailbox."""

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.telling import Transactional
from coalition.services.people.patience import ANYWHERE, BY_SOURCE, attempt_keys
from coalition.services.people.sessions import plain
from coalition.store.database import Database
from coalition.store.ground import attempts, audit, outbox
from coalition.store.people import accounts


def ask_for_reset(db: Database, clock: Clock, *, email: str, source: str) -> None:
    """Mail a link to choose a new password, if the address has an open account with one.

    The answer is the same whether it has. Nothing changes before the link is used.

    Args:
        source: Generic key of the connection, hashed by the door.

    Raises:
        TooManyAttempts: from this source or for this address, wait first.

    Audited as: ``account.reset_asked`` by ``public``, where there is such an account.
    """
    anywhere, _, by_source = attempt_keys(email, source)
    keys = {f"reset:{anywhere}"[:80]: ANYWHERE, f"reset:{by_source}"[:80]: BY_SOURCE}
    with db.writing() as conn:
        now = clock()
        for key in keys:
            if made := attempts.find(conn, key):
                made.check(now)
        for key, patience in keys.items():
            attempts.note(conn, key, patience, at=now)
        found = accounts.find_credentials(conn, plain(email))
        if found is not None and accounts.get(conn, found[0]).active:
            subject = f"account:{found[0]}"
            outbox.put(conn, Transactional.RESET, subject, by=None, at=now)
            audit.append(conn, "public", "account.reset_asked", subject, at=now)
